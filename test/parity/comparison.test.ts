import {readFileSync} from 'node:fs'
import {describe, expect, test} from 'vitest'
import {compareWithPlan} from '../../src/parity/comparison.js'
import {isObject, type Json} from '../../src/parity/json.js'
import {readMappings} from '../../src/parity/mapping/index.js'
import {readPlan} from '../../src/parity/plan/plan.js'
import type {TerraformPlan} from '../../src/parity/plan/resource.js'
import type {ParityResult} from '../../src/results/parity.js'
import {loadTemplates} from '../properties/templates/template-set.js'
import {added, removed, renamed} from './mutations/plan-changes.js'
import {accepted, choice, compare, mappings, plan, planAlone} from './whole.js'

const withState = compare()
const alone = compare({plan: planAlone})

function verdictOf({resources}: ParityResult, address: string) {
  return resources.find(one => one.address === address)
}

describe.each([
  ['the plan', alone],
  ['plan and state', withState],
])('%s of v1.0.7', (_, result) => {
  test('has a verdict for each resource, and totals that add up to them', () => {
    const {totals, resources} = result
    expect(resources).toHaveLength(278)
    expect(totals.same + totals.accepted + totals.different + totals.unknown + totals.missing).toBe(278)
    expect(totals.missing).toBe(0)
    expect(totals.onlyHere).toBe(result.onlyHere.length)
  })

  test('is about the environment and the Region of the plan', () => {
    expect(result).toMatchObject({
      environment: 'mcp-gateway',
      region: 'us-east-1',
      layout: 'nested',
      plan: {tool: 'opentofu', resources: 278},
      partial: [],
      deadPatterns: [],
    })
  })

  test('knows a reason for what is accepted and for what is unknown', () => {
    const told = result.resources.flatMap(({differences}) =>
      differences.filter(({verdict}) => verdict === 'accepted' || verdict === 'unknown'),
    )
    expect(told.length).toBeGreaterThan(100)
    expect(told.filter(({reason}) => !reason)).toEqual([])
  })
})

test('a state fills in what the plan leaves unknown: every container and every policy', () => {
  const unknown = (result: ParityResult, attribute: string) =>
    result.resources.filter(({differences}) =>
      differences.some(one => one.verdict === 'unknown' && one.attribute === attribute),
    ).length
  expect(unknown(alone, 'container_definitions')).toBe(8)
  expect(unknown(withState, 'container_definitions')).toBe(0)
  expect(unknown(alone, 'policy')).toBeGreaterThan(10)
  expect(unknown(withState, 'policy')).toBe(0)
})

test('no secret of plan, state, or parameters is in a result', () => {
  const given = 'Given-Passw0rd-9'
  const parameters = {...choice.parameters, KeycloakDatabasePassword: given}
  const templates = loadTemplates()
  const result = compareWithPlan({plan, templates, choice: {...choice, parameters}, mappings, accepted})
  expect(result.parameters).not.toHaveProperty('KeycloakDatabasePassword')
  const text = JSON.stringify(result)
  const secrets = plan.resources.flatMap(({values, sensitive}) => textsUnder(values, sensitive))
  expect(secrets.length).toBeGreaterThan(10)
  for (const secret of [given, ...secrets.filter(one => one.length > 8)]) expect(text).not.toContain(secret)
  expect(text).toContain('****')
})

describe('a plan that is no whole one', () => {
  const errored = readPlan(
    readFileSync(new URL('../fixtures/parity/v107-oneshot-errored.json.gz', import.meta.url)),
    'plan.json',
  )

  test('is not blamed for what it lacks', () => {
    const result = compare({plan: errored})
    expect(result.partial.map(({code}) => code)).toContain('errored')
    expect(result.resources).toHaveLength(274)
    expect(result.onlyHere.filter(({verdict}) => verdict === 'different')).toEqual([])
    expect([result.stale, result.deadPatterns]).toEqual([[], []])
  })

  test('unlike a whole one', () => {
    const result = compare({plan: removed('aws_lb_listener.keycloak_https')(plan)})
    expect(result.onlyHere.filter(({verdict}) => verdict === 'different')).toMatchObject([
      {stack: 'compute', logicalId: 'KeycloakHttpsListener', reason: null},
    ])
    expect(result.deadPatterns).toEqual(['aws_lb_listener.keycloak_https'])
  })
})

describe('missing is', () => {
  test('what no pattern takes', () => {
    const result = compare({plan: renamed('aws_kms_key.rds', 'aws_kms_key.new')(plan)})
    expect(verdictOf(result, 'aws_kms_key.new')).toMatchObject({verdict: 'missing', counterpart: null})
  })

  test('what another one of its type is already', () => {
    const pattern = readMappings(
      'aws_vpc_endpoint.s3: network.S3Endpoint\naws_vpc_endpoint.more[*]: network.S3Endpoint',
      'mapping.yaml',
    )
    const result = compareWithPlan({
      plan: added('aws_vpc_endpoint.more[0]', 'aws_vpc_endpoint.s3')(plan),
      templates: loadTemplates(),
      choice,
      mappings: pattern,
      accepted,
    })
    expect(result.resources.at(-1)?.differences).toContainEqual(
      expect.objectContaining({
        verdict: 'missing',
        reason: 'network.S3Endpoint is aws_vpc_endpoint.s3, and only once',
      }),
    )
  })

  test('what the templates do not make', () => {
    const templates = loadTemplates(({network}) => void delete network.Resources.StsEndpoint)
    expect(verdictOf(compare({templates}), 'aws_vpc_endpoint.sts')).toMatchObject({
      verdict: 'missing',
      counterpart: {kind: 'resource', resource: 'network.StsEndpoint'},
    })
  })
})

test('types that no table compares are different', () => {
  const result = compareWithPlan({
    plan,
    templates: loadTemplates(),
    choice,
    mappings: readMappings('aws_kms_key.rds: network.Vpc', 'mapping.yaml'),
    accepted,
  })
  expect(verdictOf(result, 'aws_kms_key.rds')?.differences).toContainEqual(
    expect.objectContaining({
      verdict: 'different',
      reason: 'no table compares aws_kms_key with AWS::EC2::VPC',
    }),
  )
})

test('what is mapped to nothing is accepted, with the reason of the mapping', () => {
  expect(verdictOf(withState, 'module.vpc.aws_default_network_acl.this[0]')).toMatchObject({
    verdict: 'accepted',
    counterpart: {kind: 'nothing', resource: null, reason: expect.stringMatching(/^CloudFormation/)},
    differences: [],
  })
})

describe('what has no row is told', () => {
  test('of the plan', () => {
    const more: TerraformPlan = {
      ...plan,
      resources: plan.resources.map(one =>
        one.address === 'aws_lb.keycloak'
          ? {...one, values: {...one.values, brand_new: {inside: [true]}}}
          : one,
      ),
    }
    expect(verdictOf(compare({plan: more}), 'aws_lb.keycloak')?.differences).toContainEqual(
      expect.objectContaining({attribute: 'brand_new.inside.0', property: null, verdict: 'different'}),
    )
  })

  test('of the templates', () => {
    const templates = loadTemplates(({compute}) => {
      compute.Resources.KeycloakAlb.Properties.BrandNew = {Inside: [1]}
    })
    expect(verdictOf(compare({templates}), 'aws_lb.keycloak')?.differences).toContainEqual(
      expect.objectContaining({attribute: null, property: 'BrandNew.Inside.0', verdict: 'different'}),
    )
  })
})

test('what is compared again is found as if it were compared for the first time', () => {
  const changed = removed('aws_vpc_endpoint.s3')(plan)
  const afresh = compareWithPlan({plan: changed, templates: loadTemplates(), choice, mappings, accepted})
  expect(compare({plan: changed})).toEqual(afresh)
})

test('a result is JSON', () => {
  expect(JSON.parse(JSON.stringify(withState))).toEqual(withState)
})

/** Every text that a mask covers. */
function textsUnder(value: Json | undefined, mask: Json | undefined, isCovered = false): string[] {
  const covered = isCovered || mask === true
  if (typeof value === 'string') return covered ? [value] : []
  if (Array.isArray(value)) {
    return value.flatMap((one, at) => textsUnder(one, Array.isArray(mask) ? mask[at] : undefined, covered))
  }
  if (!isObject(value)) return []
  return Object.entries(value).flatMap(([name, one]) =>
    textsUnder(one, isObject(mask) ? mask[name] : undefined, covered),
  )
}
