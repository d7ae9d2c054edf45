import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {McpgwError} from '../../../src/errors.js'
import type {JsonObject} from '../../../src/parity/json.js'
import {readPlan} from '../../../src/parity/plan/plan.js'
import {recognise} from '../../../src/parity/plan/recognise.js'
import {addState} from '../../../src/parity/plan/state.js'
import {planDocument, planOf, recorded} from './documents.js'

const document = recognise(recorded('domain-use1'), 'p', 'plan')
const planText = JSON.stringify(document)
const stateText = JSON.stringify(recognise(recorded('applied-state'), 's', 'state'))
const secrets = [
  'Dummy-Admin-Passw0rd-1',
  'Dummy-Db-Passw0rd-1',
  'placeholder-will-be',
  'result-random_password',
  'jdbc:mysql',
]
const withSecrets = (document.resource_changes as readonly JsonObject[]).filter(change =>
  JSON.stringify(change).includes('Passw0rd'),
)
const small = planOf(planDocument({'aws_x.y': {}}))

/** Everything that a failure could show to anybody. */
function shownBy(attempt: () => unknown): string {
  try {
    attempt()
    return ''
  } catch (error) {
    if (!(error instanceof McpgwError)) throw error
    const {message, hint, points, cause, stack} = error
    return JSON.stringify({message, hint, points, cause: String(cause), stack})
  }
}

function expectNoSecret(shown: string): void {
  for (const secret of secrets) expect(shown).not.toContain(secret)
}

describe('a failure to read', () => {
  test.each([
    ['a plan', planText, (bytes: Buffer) => readPlan(bytes, 'plan.json')],
    ['a state', stateText, (bytes: Buffer) => addState(small, bytes, 'state.json')],
  ])('shows no secret of %s that was cut off or damaged around one', (_, text, read) => {
    const places = secrets.flatMap(secret =>
      [...text.matchAll(new RegExp(secret, 'g'))].map(({index}) => index),
    )
    const place = fc.record({at: fc.constantFrom(...places), offset: fc.integer({min: -12, max: 30})})
    fc.assert(
      fc.property(place, fc.constantFrom('', '"', '}', '\n', '\\q', ',,'), ({at, offset}, damage) => {
        const head = text.slice(Math.max(0, at + offset - 3000), at + offset)
        const piece = damage === '' ? head : `${head}${damage}${text.slice(at + offset, at + 300)}`
        expectNoSecret(shownBy(() => read(Buffer.from(`{"format_version":"1.2","x":"${piece}`))))
        expectNoSecret(shownBy(() => read(Buffer.from(piece))))
      }),
      {numRuns: 60},
    )
  })

  test('shows no secret where a member is not as the format has it', () => {
    const secret = secrets[0]
    const wrong = [
      secret,
      [secret],
      {[`${secret}`]: secret},
      [{mode: secret, address: secret, change: secret}],
      [[secret]],
    ]
    // Two resources with secrets are enough; the whole document takes seconds.
    const few = {
      ...planDocument({}),
      resource_changes: withSecrets.slice(0, 2),
      variables: document.variables ?? {},
    }
    for (const member of Object.keys(document)) {
      for (const value of wrong)
        expectNoSecret(shownBy(() => readPlan(Buffer.from(JSON.stringify({...few, [member]: value})), 'p')))
    }
  })
})
