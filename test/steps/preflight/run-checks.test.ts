import {describe, expect, it} from 'vitest'
import {failed, invalidInput, McpgwError, refused} from '../../../src/errors.js'
import {type Check, pass, warn} from '../../../src/steps/preflight/check.js'
import {runChecks} from '../../../src/steps/preflight/run-checks.js'
import {checkContext, emptyAws} from './fixture.js'

const signal = new AbortController().signal
const named = (id: string, run: Check['run']): Check => ({id, title: id.toUpperCase(), looksAt: id, run})
const throwing = (id: string, error: unknown) => named(id, () => Promise.reject(error))

async function run(checks: readonly Check[], silenced: readonly string[] = [], stop = signal) {
  const context = await checkContext(emptyAws())
  return runChecks(checks, context, {silenced: new Set(silenced), signal: stop})
}

describe('the checks', () => {
  it('are all made, and shown in the order of the list whichever ends first', async () => {
    const slow = named('a', async () => {
      await new Promise(resolve => setImmediate(resolve))
      return pass('slow')
    })
    expect(await run([slow, named('b', async () => warn('fast', 'Wait.'))])).toEqual([
      {id: 'a', title: 'A', verdict: 'pass', detail: 'slow', advice: null},
      {id: 'b', title: 'B', verdict: 'warn', detail: 'fast', advice: 'Wait.'},
    ])
  })

  it('run side by side, six at a time', async () => {
    let running = 0
    let most = 0
    const busy = Array.from({length: 20}, (_, index) =>
      named(String(index), async () => {
        running += 1
        most = Math.max(most, running)
        await new Promise(resolve => setImmediate(resolve))
        running -= 1
        return pass('')
      }),
    )
    expect(await run(busy)).toHaveLength(20)
    expect(most).toBe(6)
  })

  it('warn of what the caller may not ask, and name the permission', async () => {
    const denied = failed('ACCESS_DENIED', 'This identity may not call ecr:DescribeRepositories: no.')
    expect(await run([throwing('a', denied), named('b', async () => pass('well'))])).toMatchObject([
      {
        verdict: 'warn',
        detail: 'Not checked: This identity may not call ecr:DescribeRepositories: no.',
        advice:
          'Attach docs/iam-policy-reads.json, which allows everything that the checks read, or leave this check out with --skip-check a.',
      },
      {verdict: 'pass'},
    ])
  })

  it.each(['THROTTLED', 'AWS_FAULT', 'AWS_ERROR'])('leave out what AWS does not answer: %s', async code => {
    const error = new McpgwError('No.', {code, exitCode: 1})
    expect(await run([throwing('a', error)])).toMatchObject([{verdict: 'skip', detail: 'No.'}])
  })

  it.each([
    refused('NOT_OURS', 'It is not ours.', 'Go away.'),
    invalidInput('NO_SUCH_BUCKET', 'It is not ours.', 'Go away.'),
  ])('block with a refusal in its own words: $code', async refusal => {
    expect(await run([throwing('a', refusal)])).toEqual([
      {
        id: 'a',
        title: 'A',
        verdict: 'block',
        detail: 'It is not ours.',
        advice: 'Go away.',
        failure: refusal,
      },
    ])
  })

  it.each(['CREDENTIALS_EXPIRED', 'INVALID_CREDENTIALS', 'SIGNATURE_REJECTED', 'UNREACHABLE'])(
    'end when nothing can be known: %s',
    async code => {
      const error = new McpgwError('No.', {code, exitCode: code === 'UNREACHABLE' ? 1 : 2})
      const later: string[] = []
      const rest = Array.from({length: 10}, (_, index) =>
        named(String(index), async () => {
          later.push(String(index))
          await new Promise(resolve => setImmediate(resolve))
          return pass('')
        }),
      )
      await expect(run([throwing('a', error), ...rest])).rejects.toBe(error)
      expect(later.length).toBeLessThan(10)
    },
  )

  it('let a defect through', async () => {
    const defect = new TypeError('x is undefined')
    await expect(run([throwing('a', defect)])).rejects.toBe(defect)
  })

  it('do not begin once the user has interrupted', async () => {
    const reason = new Error('stop')
    await expect(run([named('a', async () => pass(''))], [], AbortSignal.abort(reason))).rejects.toBe(reason)
  })

  it('are silenced one by one, without asking anything', async () => {
    expect(
      await run([throwing('a', new Error('asked')), named('b', async () => pass('well'))], ['a']),
    ).toEqual([
      {id: 'a', title: 'A', verdict: 'skip', detail: 'left out, as --skip-check asks', advice: null},
      {id: 'b', title: 'B', verdict: 'pass', detail: 'well', advice: null},
    ])
  })
})
