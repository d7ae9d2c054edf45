import {readFileSync} from 'node:fs'
import {gunzipSync} from 'node:zlib'
import {describe, expect, test} from 'vitest'
import {readAccepted} from '../../src/parity/compare/read-accepted.js'
import {compareWithPlan} from '../../src/parity/comparison.js'
import {readMappings} from '../../src/parity/mapping/index.js'
import {readPlan} from '../../src/parity/plan/plan.js'
import {addState} from '../../src/parity/plan/state.js'
import {parametersOf} from '../../src/parity/variables/parameters.js'
import {readVariables} from '../../src/parity/variables/table.js'
import type {ParityResult} from '../../src/results/parity.js'
import {loadTemplates} from '../properties/templates/template-set.js'

const root = new URL('../../', import.meta.url)
const text = readFileSync(new URL('parity/accepted.yaml', root), 'utf8')
const accepted = readAccepted(text, 'parity/accepted.yaml')
const mappings = readMappings(
  readFileSync(new URL('parity/mapping.yaml', root), 'utf8'),
  'parity/mapping.yaml',
)

type Change = (document: string) => string

function documentOf(name: string, change: Change): Buffer {
  const bytes = readFileSync(new URL(`test/fixtures/parity/${name}.json.gz`, root))
  return Buffer.from(change(gunzipSync(bytes).toString('utf8')))
}

const table = readVariables(readFileSync(new URL('parity/variables.yaml', root), 'utf8'))

interface Place {
  readonly region: string
  readonly account: string
  readonly environment: string
  readonly range: string
  readonly domain: string
}

const usual: Place = {
  region: 'us-east-1',
  account: '123464709005',
  environment: 'mcp-gateway',
  range: '10.0.',
  domain: 'mycorp.click',
}

/** The plan of v1.0.7, or what it would be in another place. */
function compare({region, account, environment, range, domain}: Place, withState: boolean): ParityResult {
  const change: Change = document =>
    document
      .replaceAll(/mcp-gateway(?=-v2|-vpc|-ecs-cluster|-task-execution| ECS Cluster)/g, environment)
      .replace('"name":{"value":"mcp-gateway"}', `"name":{"value":"${environment}"}`)
      .replaceAll(usual.region, region)
      .replaceAll(usual.account, account)
      .replaceAll(usual.range, range)
      .replaceAll(usual.domain, domain)
  const plan = readPlan(documentOf('v107-domain-use1', change), 'plan.json')
  return compareWithPlan({
    plan: withState ? addState(plan, documentOf('v107-applied-state', change), 'state.json') : plan,
    templates: loadTemplates(),
    mappings,
    accepted,
    choice: parametersOf(plan, {table, main: loadTemplates().main, given: {}}).choice,
  })
}

function differencesIn({resources, onlyHere}: ParityResult): unknown[] {
  const open = resources.flatMap(({address, differences}) =>
    differences
      .filter(({verdict}) => verdict === 'different' || verdict === 'missing')
      .map(difference => ({address, ...difference})),
  )
  return [...open, ...onlyHere.filter(({verdict}) => verdict === 'different')]
}

describe('parity/accepted.yaml', () => {
  test('accepts every difference of plan and state of v1.0.7, and every entry occurs', () => {
    const result = compare(usual, true)
    expect(differencesIn(result)).toEqual([])
    expect(result.stale).toEqual([])
    const {same, accepted, different, unknown, missing} = result.totals
    expect(same + accepted + different + unknown + missing).toBe(278)
    expect(unknown).toBeLessThan(10)
  })

  test('accepts every difference of the plan alone, and no entry is missed', () => {
    const result = compare(usual, false)
    expect(differencesIn(result)).toEqual([])
    expect(result.stale).toEqual([])
  })

  test('is the same list for another name, account, Region, range and domain', () => {
    const elsewhere = {
      region: 'eu-central-1',
      account: '111122223333',
      environment: 'seventeen',
      range: '10.7.',
      domain: 'example.org',
    }
    const result = compare(elsewhere, true)
    expect(differencesIn(result)).toEqual([])
    expect(result.stale).toEqual([])
  })

  test('accepts the values of both sides, and any value only of passwords', () => {
    const open = accepted.differences.filter(
      ({terraform, here, property}) =>
        property !== null && (terraform === undefined || here === undefined || here === '{any}'),
    )
    expect([...new Set(open.map(({attribute}) => attribute))]).toEqual(['value'])
    const everywhere = accepted.differences.filter(({names}) => names.includes('*'))
    expect(everywhere.filter(({attribute}) => !attribute?.startsWith('tags.'))).toEqual([])
  })

  test('says a reason in a sentence, and nothing twice', () => {
    const entries = [...accepted.differences, ...accepted.onlyHere]
    expect(entries.map(({reason}) => reason).filter(reason => !/^["A-Z].*\.$/s.test(reason))).toEqual([])
    const signs = accepted.differences.map(entry => JSON.stringify({...entry, line: 0, reason: ''}))
    expect(signs.filter((sign, at) => signs.indexOf(sign) !== at)).toEqual([])
  })
})
