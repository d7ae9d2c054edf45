import {describe, expect, test} from 'vitest'
import type {Json, JsonObject} from '../../../src/parity/json.js'
import {readPlan} from '../../../src/parity/plan/plan.js'
import {bytesOf, changeOf, planDocument, planOf, recorded} from './documents.js'

const whole = readPlan(recorded('domain-use1'), 'plan.json')

describe('readPlan', () => {
  test('reads the managed resources of v1.0.7, and no data sources', () => {
    expect(whole).toMatchObject({tool: 'opentofu', version: '1.12.6-dev', formatVersion: '1.2', partial: []})
    expect(whole.resources).toHaveLength(278)
    expect(
      whole.resources.filter(({actions}) => actions[0] === 'update').map(({address}) => address),
    ).toEqual(['aws_acm_certificate.keycloak', 'aws_acm_certificate.registry'])
    expect(whole.variables).toMatchObject({
      aws_region: 'us-east-1',
      mcpgw_replicas: 1,
      ingress_cidr_blocks: ['0.0.0.0/0'],
    })
  })

  test('refuses what is nested beyond measure, in values and in masks', () => {
    const deep = (levels: number): Json => (levels === 0 ? true : [deep(levels - 1)])
    expect(() => planOf(planDocument({'aws_x.y': {after: {a: deep(90)}}}))).not.toThrow()
    for (const member of ['after', 'after_unknown', 'after_sensitive']) {
      const document = planDocument({'aws_x.y': {[member]: {a: deep(200)}}})
      expect(() => planOf(document), member).toThrow(/nested less deeply/)
    }
  })

  test('leaves out what will be gone, what is deposed, and what nobody manages', () => {
    const document = planDocument({
      'aws_x.kept': {actions: ['no-op'], before: {a: 1}, after: {a: 1}},
      'aws_x.replaced': {actions: ['delete', 'create'], before: {a: 1}, after: {a: 2}},
      'aws_x.gone': {actions: ['delete'], before: {a: 1}, after: null},
      'aws_x.forgotten': {actions: ['forget'], before: {a: 1}, after: null},
      'data.aws_x.read': {actions: ['read'], after: {a: 1}},
    })
    const deposed = {
      ...changeOf('aws_x.kept', {actions: ['delete'], before: {a: 0}, after: null}),
      deposed: '01',
    }
    const changes = [...(document.resource_changes as JsonObject[]), deposed]
    const {resources} = planOf({...document, resource_changes: changes})
    expect(resources.map(({address, values}) => [address, values])).toEqual([
      ['aws_x.kept', {a: 1}],
      ['aws_x.replaced', {a: 2}],
    ])
  })

  test('keeps what is not known apart from what is null', () => {
    const after_unknown = {id: true, list: [true, false], nested: [{a: true}]}
    const after = {list: [null, null], nested: [{b: null}], gone: null}
    const [resource] = planOf(planDocument({'aws_x.y': {after, after_unknown}})).resources
    expect(resource).toMatchObject({values: after, unknown: after_unknown})
    expect(resource?.values).not.toHaveProperty('id')
  })

  test('knows where a resource was before it was moved', () => {
    const moved = {...changeOf('aws_x.new[0]', {}), previous_address: 'aws_x.old'}
    const {resources} = planOf({...planDocument({}), resource_changes: [moved]})
    expect(resources[0]).toMatchObject({address: 'aws_x.new[0]', previousAddress: 'aws_x.old'})
  })

  test('takes a variable without a value for null', () => {
    const {variables} = planOf({...planDocument({'aws_x.y': {}}), variables: {a: {}, b: {value: false}}})
    expect(variables).toEqual({a: null, b: false})
  })

  test.each([
    ['registry.opentofu.org/hashicorp/aws', {}, 'opentofu'],
    ['registry.terraform.io/hashicorp/aws', {}, 'terraform'],
    ['registry.terraform.io/hashicorp/aws', {applyable: true, complete: true}, 'terraform'],
    ['terraform.io/builtin/terraform', {applyable: true}, 'terraform'],
    ['terraform.io/builtin/terraform', {}, 'unknown'],
  ])('knows the tool by %s and %j', (provider_name, rest, tool) => {
    const resource_changes = [{...changeOf('aws_x.y', {}), provider_name}]
    expect(planOf({...planDocument({}), resource_changes, ...rest}).tool).toBe(tool)
  })

  test.each<[string, JsonObject]>([
    ['resource_changes', {resource_changes: {}}],
    ['resource_changes.0', {resource_changes: ['x']}],
    ['resource_changes.0.mode', {resource_changes: [{}]}],
    ['resource_changes.0.address', {resource_changes: [{mode: 'managed', change: {}}]}],
    ['resource_changes.0.change', {resource_changes: [{mode: 'managed', address: 'aws_x.y', change: []}]}],
    ['resource_changes.0.change.after', {resource_changes: [changeOf('aws_x.y', {after: 'x'})]}],
    ['resource_changes.0.address', {resource_changes: [changeOf('aws_x', {})]}],
    ['resource_changes.1.address', {resource_changes: [changeOf('aws_x.y', {}), changeOf('aws_x.y', {})]}],
    ['variables.0', {variables: {a: 1}}],
    ['configuration', {configuration: 'x'}],
    [
      'configuration.root_module.module_calls.0.module',
      {configuration: {root_module: {module_calls: {m: {module: 1}}}}},
    ],
  ])('names %s where it is not as the format has it', (where, rest) => {
    const document = {...planDocument({}), ...rest}
    expect(() => readPlan(bytesOf(document), 'plan.json')).toThrow(
      expect.objectContaining({
        code: 'TERRAFORM_DOCUMENT_MALFORMED',
        message: expect.stringContaining(`In plan.json, ${where} is not `),
      }),
    )
  })

  test('names what is nested too deeply', () => {
    const deep = `${'['.repeat(50_000)}${']'.repeat(50_000)}`
    const text = JSON.stringify(planDocument({'aws_x.y': {after_sensitive: 'here'}})).replace('"here"', deep)
    expect(() => readPlan(Buffer.from(text), 'plan.json')).toThrow(
      expect.objectContaining({code: 'TERRAFORM_DOCUMENT_MALFORMED'}),
    )
  })

  test('takes names of JavaScript for names', () => {
    const text = JSON.stringify(planDocument({'aws_x.constructor': {after: {a: 1}}})).replace(
      '"a":1',
      '"__proto__":{"b":1},"toString":2',
    )
    const [resource] = readPlan(Buffer.from(text), 'plan.json').resources
    expect(Object.keys(resource?.values ?? {})).toEqual(['__proto__', 'toString'])
    expect(resource?.references).toEqual({})
  })
})

describe('references', () => {
  test('lead through variables and outputs of modules to resources', () => {
    const of = (address: string) => whole.resources.find(resource => resource.address === address)?.references
    expect(of('aws_rds_cluster.keycloak')).toMatchObject({
      kms_key_id: ['aws_kms_key.rds.arn', 'aws_kms_key.rds'],
    })
    expect(of('module.mcp_gateway.module.alb.aws_lb.this[0]')).toMatchObject({
      subnets: ['module.vpc.aws_subnet.private', 'module.vpc.aws_subnet.public'],
    })
  })

  test('have paths into blocks, keep locals as they are, and follow no circle', () => {
    const expressions = {
      plain: {
        references: [
          'aws_a.b["x.y"].id',
          'aws_a.b["x.y"]',
          'aws_a.b',
          'local.c',
          'each.value',
          'path.module',
        ],
      },
      block: [
        {
          inner: {references: ['module.m["k"].out', 'module.m["k"]', 'module.m']},
          constant: {constant_value: 1},
        },
      ],
    }
    const root_module = {
      resources: [{mode: 'managed', type: 'aws_x', name: 'y', expressions}],
      module_calls: {
        m: {
          expressions: {input: {references: ['module.m.out', 'data.aws_d.e.id', 'data.aws_d.e']}},
          module: {outputs: {out: {expression: {references: ['var.input', 'aws_i.j.arn']}}}},
        },
      },
    }
    const [resource] = planOf(planDocument({'aws_x.y[0]': {}}, {configuration: {root_module}})).resources
    expect(resource?.references).toEqual({
      plain: ['aws_a.b["x.y"].id', 'aws_a.b["x.y"]', 'aws_a.b', 'local.c', 'each.value'],
      'block.0.inner': ['module.m.aws_i.j.arn', 'data.aws_d.e.id', 'data.aws_d.e'],
    })
  })
})
