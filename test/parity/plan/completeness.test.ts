import {describe, expect, test} from 'vitest'
import type {JsonObject} from '../../../src/parity/json.js'
import {readPlan} from '../../../src/parity/plan/plan.js'
import {recognise} from '../../../src/parity/plan/recognise.js'
import {planDocument, planOf, recorded} from './documents.js'

type Entry = JsonObject & {address: string}

const whole = recognise(recorded('domain-use1'), 'plan', 'plan')
const changes = whole.resource_changes as readonly Entry[]

function without(isLeftOut: (address: string) => boolean): JsonObject {
  return {...whole, resource_changes: changes.filter(({address}) => !isLeftOut(address))}
}

function codesOf(document: JsonObject): string[] {
  return planOf(document).partial.map(({code}) => code)
}

describe('a whole plan', () => {
  test('is one, though most of what its modules declare has no instance', () => {
    expect(readPlan(recorded('domain-use1'), 'plan').partial).toEqual([])
  })

  test('may have nothing to change, and cannot be applied then', () => {
    const unchanged = planDocument(
      {'aws_x.y': {actions: ['no-op']}},
      {applyable: false, complete: true, configuration: {root_module: {resources: [declared('aws_x.y')]}}},
    )
    expect(codesOf(unchanged)).toEqual([])
  })

  test('may delete what the configuration does not declare any more', () => {
    const document = planDocument({
      'aws_x.y': {},
      'aws_x.gone': {actions: ['delete'], before: {}, after: null},
    })
    expect(codesOf(document)).toEqual([])
  })
})

describe('a plan that failed', () => {
  test('is partial for this reason alone', () => {
    const {partial, resources} = readPlan(recorded('oneshot-errored'), 'plan')
    expect(partial.map(({code}) => code)).toEqual(['errored'])
    expect(resources).toHaveLength(274)
  })
})

describe('a plan made with -destroy', () => {
  const gone = {actions: ['delete'], before: {a: 1, b: 's'}, before_sensitive: {b: true}, after: null}

  test('is partial, and tells what is there now', () => {
    const {partial, resources} = planOf(planDocument({'aws_x.y': gone, 'aws_x.z': gone}))
    expect(partial.map(({code}) => code)).toEqual(['destroy'])
    expect(resources.map(({values, sensitive, unknown}) => ({values, sensitive, unknown}))).toEqual([
      {values: {a: 1, b: 's'}, sensitive: {b: true}, unknown: false},
      {values: {a: 1, b: 's'}, sensitive: {b: true}, unknown: false},
    ])
  })
})

describe('a plan made with -target', () => {
  test.each(['module.vpc', 'module.mcp_gateway.module.efs', 'aws_kms_key.rds'])(
    'of %s is found by what it leaves out',
    target => {
      const document = without(address => !(address === target || address.startsWith(`${target}.`)))
      const [reason, ...others] = planOf(document).partial
      expect(others).toEqual([])
      expect(reason).toMatchObject({code: 'targeted'})
      expect(reason?.detail).toMatch(
        /^\d+ things that the configuration declares .* \(.+, .+, .+, …\): it was made with -target/,
      )
    },
  )

  test('is found by one resource that is always there', () => {
    expect(planOf(without(address => address === 'aws_ssm_parameter.keycloak_admin')).partial).toEqual([
      {
        code: 'targeted',
        detail: expect.stringContaining(
          '1 thing that the configuration declares or the state holds is not in it (aws_ssm_parameter.keycloak_admin)',
        ),
      },
    ])
  })

  test('is found by a gap in the numbers of a resource', () => {
    const document = without(address => address === 'module.vpc.aws_subnet.private[0]')
    expect(planOf(document).partial[0]?.detail).toContain('(module.vpc.aws_subnet.private[0])')
  })

  test('is not looked for without end where a number is made up', () => {
    const {partial} = planOf(planDocument({'aws_x.y[1000000000]': {}}))
    expect(partial[0]?.detail).toMatch(/^10000 things .* \(aws_x\.y\[0\], /)
  })

  test('is not taken for one where keys are written in another way', () => {
    const root_module = {module_calls: {m: {module: {resources: [declared('aws_x.y')]}}}}
    const document = planDocument({'module.m["a\\x1bb"].aws_x.y': {}}, {configuration: {root_module}})
    expect(codesOf(document)).toEqual([])
  })

  test('is found by an output that was not planned', () => {
    const {ecs_cluster_arn: _, ...output_changes} = whole.output_changes as JsonObject
    expect(planOf({...whole, output_changes}).partial[0]?.detail).toContain('(output.ecs_cluster_arn)')
  })

  test('is found by what the state held before', () => {
    const resources: JsonObject[] = [
      {mode: 'managed', address: 'aws_x.y', values: {}},
      {mode: 'managed', address: 'aws_x.old', values: {}},
      {mode: 'managed', address: 'aws_x.deposed', deposed_key: '01', values: {}},
      {mode: 'data', address: 'data.aws_x.z', values: {}},
    ]
    const child_modules = [{address: 'module.m', resources: [{mode: 'managed', address: 'module.m.aws_x.y'}]}]
    const prior_state = {format_version: '1.0', values: {root_module: {resources, child_modules}}}
    const document = planDocument({'aws_x.y': {}, 'aws_x.new': {}}, {prior_state})
    const moved = (document.resource_changes as Entry[]).map(change =>
      change.address === 'aws_x.new' ? {...change, previous_address: 'aws_x.old'} : change,
    )
    expect(planOf({...document, resource_changes: moved}).partial[0]?.detail).toContain('1 thing that')
    expect(planOf({...document, resource_changes: moved}).partial[0]?.detail).toContain('(module.m.aws_x.y)')
  })

  test('is found in each instance of a module that is there, and in no other', () => {
    const module = {
      resources: [declared('aws_x.y'), declared('aws_x.z'), declared('aws_x.maybe', {references: ['var.n']})],
    }
    const module_calls = {
      many: {for_each_expression: {references: ['var.all']}, module},
      none: {count_expression: {references: ['var.n']}, module},
    }
    const complete = ['a', 'b.c'].flatMap(key => [
      `module.many["${key}"].aws_x.y`,
      `module.many["${key}"].aws_x.z`,
    ])
    const of = (addresses: readonly string[]) =>
      planOf(
        planDocument(Object.fromEntries(addresses.map(address => [address, {}])), {
          configuration: {root_module: {module_calls}},
        }),
      ).partial
    expect(of(complete)).toEqual([])
    expect(of(complete.slice(0, 3))[0]?.detail).toContain('(module.many["b.c"].aws_x.z)')
  })

  test('is not taken for one where something is repeated over constants, which leaves no mark either', () => {
    const root_module = {
      resources: [declared('aws_x.y')],
      module_calls: {m: {module: {resources: [declared('aws_x.z')]}}},
    }
    const keyed = {'aws_x.y["a"]': {}, 'module.m["b"].aws_x.z': {}}
    expect(codesOf(planDocument(keyed, {configuration: {root_module}}))).toEqual([])
    expect(codesOf(planDocument({'aws_x.y["a"]': {}}, {configuration: {root_module}}))).toEqual(['targeted'])
  })

  test('is found by a number of instances that is constant', () => {
    const resources = [
      declared('aws_x.two', {constant_value: 2}),
      declared('aws_x.none', {constant_value: 0}),
      declared('aws_x.y'),
    ]
    const document = planDocument(
      {'aws_x.y': {}, 'aws_x.two[0]': {}},
      {configuration: {root_module: {resources}}},
    )
    expect(planOf(document).partial[0]?.detail).toContain(
      '1 thing that the configuration declares or the state holds is not in it (aws_x.two[1])',
    )
  })
})

describe('a plan that is not the last one', () => {
  test('names what was put off', () => {
    const deferred_changes = [{reason: 'resource_config_unknown', resource_change: {address: 'aws_x.later'}}]
    const {partial} = planOf(planDocument({'aws_x.y': {}}, {deferred_changes, complete: false}))
    expect(partial).toEqual([{code: 'deferred', detail: expect.stringContaining('(aws_x.later)')}])
  })

  test('is known by what Terraform says of it', () => {
    expect(codesOf(planDocument({'aws_x.y': {}}, {complete: false}))).toEqual(['incomplete'])
  })

  test('holds something, else it tells nothing', () => {
    expect(codesOf(planDocument({}))).toEqual(['incomplete'])
  })

  test('is found where it only refreshed', () => {
    const configuration = {root_module: {resources: [declared('aws_x.y')]}}
    expect(codesOf(planDocument({}, {configuration, resource_drift: []}))).toEqual(['targeted'])
  })
})

function declared(address: string, count?: JsonObject): JsonObject {
  const [type = '', name = ''] = address.split('.')
  return {address, mode: 'managed', type, name, ...(count && {count_expression: count})}
}
