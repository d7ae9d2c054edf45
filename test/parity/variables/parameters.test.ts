import {readFileSync} from 'node:fs'
import {describe, expect, test} from 'vitest'
import type {JsonObject} from '../../../src/parity/json.js'
import type {TerraformPlan} from '../../../src/parity/plan/resource.js'
import {SecretValues} from '../../../src/parity/plan/secret-values.js'
import {parametersOf} from '../../../src/parity/variables/parameters.js'
import {readVariables} from '../../../src/parity/variables/table.js'
import {parseTemplate} from '../../../src/template/index.js'

const read = (path: string) => readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8')
const table = readVariables(read('parity/variables.yaml'))
const main = parseTemplate(read('cloudformation/main-stack.yaml'), 'main-stack.yaml')

function derived(
  variables: JsonObject,
  plan: Partial<TerraformPlan> = {},
  given: Record<string, string> = {},
) {
  const whole: TerraformPlan = {
    tool: 'opentofu',
    version: null,
    formatVersion: '1.2',
    resources: [],
    variables: {aws_region: 'eu-central-1', ...variables},
    inputs: {},
    caller: {account: undefined, region: undefined},
    partial: [],
    secrets: new SecretValues({secrets: new Set(), names: '', open: new Set()}),
    ...plan,
  }
  const {choice, ...rest} = parametersOf(whole, {table, main, given})
  return {...choice, ...rest}
}

const resource = (type: string, values: JsonObject) =>
  ({type, values, address: `${type}.x`}) as unknown as TerraformPlan['resources'][number]

describe('the parameters that follow from a plan', () => {
  test.each<[string, JsonObject, Record<string, string>]>([
    ['a text', {vpc_cidr: '10.7.0.0/16'}, {VpcCidr: '10.7.0.0/16'}],
    ['a number', {keycloak_database_min_acu: 0.5}, {DatabaseMinACU: '0.5'}],
    ['true and false', {enable_monitoring: false}, {EnableMonitoring: 'false'}],
    [
      'a list',
      {ingress_cidr_blocks: ['10.0.0.0/8', '1.2.3.4/32']},
      {IngressCidrBlocks: '10.0.0.0/8,1.2.3.4/32'},
    ],
    [
      'an image',
      {registry_image_uri: '123456789012.dkr.ecr.eu-central-1.amazonaws.com/team/registry:v1.0.16'},
      {RegistryImageRepo: 'team/registry', RegistryImageTag: 'v1.0.16'},
    ],
    [
      'an image of China without a tag',
      {mcpgw_image_uri: '123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn/mcpgw'},
      {McpgwImageRepo: 'mcpgw', McpgwImageTag: 'latest'},
    ],
    ['no image', {mcpgw_image_uri: ''}, {}],
    ['nothing', {vpc_cidr: null}, {}],
    [
      'a domain with the region in it',
      {use_regional_domains: true, base_domain: 'a.example', root_domain: 'b.example'},
      {BaseDomain: 'a.example', HostedZoneId: 'ZONEOFTHEPLAN', UseRegionalDomains: 'true'},
    ],
    [
      'a domain without it',
      {use_regional_domains: false, base_domain: 'a.example', root_domain: 'b.example'},
      {BaseDomain: 'b.example', HostedZoneId: 'ZONEOFTHEPLAN', UseRegionalDomains: 'false'},
    ],
    [
      'no domain',
      {use_regional_domains: true, base_domain: ''},
      {BaseDomain: '', UseRegionalDomains: 'true'},
    ],
  ])('%s', (_, variables, parameters) => {
    const {parameters: all, unused} = derived(variables)
    const {TemplateS3Bucket, ...rest} = all
    expect(rest).toEqual(parameters)
    expect(TemplateS3Bucket).toBe('templates')
    expect(unused).toEqual([])
  })

  test('the zone is that of the records', () => {
    const resources = [
      resource('aws_route53_record', {}),
      resource('aws_route53_record', {zone_id: 'Z0123456789'}),
    ]
    expect(
      derived({use_regional_domains: true, base_domain: 'a.example'}, {resources}).parameters.HostedZoneId,
    ).toBe('Z0123456789')
  })

  test.each([
    [true, '2'],
    [false, '3'],
  ])('with scaling %s the fewest tasks are %s', (enabled, tasks) => {
    const inputs = {
      'module.mcp_gateway.enable_autoscaling': enabled,
      'module.mcp_gateway.autoscaling_min_capacity': 2,
      'module.mcp_gateway.auth_replicas': 3,
    }
    expect(derived({}, {inputs}).parameters).toMatchObject({
      MinCapacity: tasks,
      EnableAutoScaling: String(enabled),
    })
  })

  test.each<[string, JsonObject, string, RegExp]>([
    ['a range that is no /16', {vpc_cidr: '10.0.0.0/20'}, 'VpcCidr', /A \/16 range/],
    [
      'an image of another registry',
      {mcpgw_image_uri: 'mcpgateway/mcpgw:latest'},
      'McpgwImageRepo',
      /no image of an ECR/,
    ],
    ['an object', {alarm_email: {a: 1}}, 'AlarmEmail', /no text, number/],
    ['a list of lists', {ingress_cidr_blocks: [['10.0.0.0/8']]}, 'IngressCidrBlocks', /no list of texts/],
  ])('%s is not passed on, and told', (_, variables, parameter, reason) => {
    const {parameters, unused} = derived(variables)
    expect(parameters).not.toHaveProperty(parameter)
    expect(unused[0]).toMatchObject({variable: Object.keys(variables)[0], parameter})
    expect(unused[0]?.reason).toMatch(reason)
  })

  test('a name that is too long for AWS makes no difference to the rest', () => {
    const {parameters, beyond, unused} = derived({name: 'a-name-of-more-than-nineteen'})
    expect(parameters.EnvironmentName).toBe('a-name-of-more-than-nineteen')
    expect(beyond).toEqual(['EnvironmentName'])
    expect(unused).toHaveLength(1)
  })

  test('what breaks a rule of the templates together is not passed on', () => {
    const inputs = {'module.mcp_gateway.cpu': '256', 'module.mcp_gateway.memory': '30720'}
    const {parameters, unused} = derived({}, {inputs})
    expect(parameters).not.toHaveProperty('ServiceMemory')
    expect(unused.map(({variable}) => variable)).toEqual(
      expect.arrayContaining(['module.mcp_gateway.memory']),
    )
  })

  test('what the user gives wins, also over what hangs on it', () => {
    const {parameters} = derived({use_regional_domains: true, base_domain: 'a.example'}, {}, {BaseDomain: ''})
    expect(parameters).toMatchObject({BaseDomain: ''})
    expect(parameters).not.toHaveProperty('HostedZoneId')
  })

  test('a variable that the table does not know is told', () => {
    expect(derived({enable_waf: true}).unused).toEqual([
      {variable: 'enable_waf', parameter: undefined, reason: expect.stringContaining('variables.yaml')},
    ])
  })
})

describe('the region', () => {
  test('is that of the variable', () => expect(derived({}).region).toBe('eu-central-1'))

  test('else that of the data source', () => {
    const caller = {account: '111122223333', region: 'cn-north-1'}
    expect(derived({aws_region: null}, {caller})).toMatchObject({...caller, partition: 'aws-cn'})
  })

  test('else that of most ARNs and zones', () => {
    const resources = [
      resource('a', {
        arn: 'arn:aws:ecs:ap-south-1:123456789012:cluster/x',
        zones: ['ap-south-1a', 'us-east-1a'],
      }),
    ]
    expect(derived({aws_region: null}, {resources})).toMatchObject({
      region: 'ap-south-1',
      account: '123456789012',
      partition: 'aws',
    })
  })

  test('else assumed, and told', () => {
    const {region, unused} = derived({aws_region: null})
    expect(region).toBe('us-east-1')
    expect(unused[0]?.reason).toContain('says nothing of its region')
  })
})

describe('parity/variables.yaml', () => {
  test.each([
    ['a: 1', 'is no list of rows'],
    ['- terraform: name', 'row 1: `terraform` is no list'],
    ['- {variables: [name]}', '`variables` means nothing'],
    ['- parameters: {A: {from: b, as: date}}', 'row 1, A: there is no conversion "date"'],
    ['- parameters: {A: {of: b}}', '`of` means nothing'],
    ['- parameters: {A: {attribute: zone}}', 'zone is not TYPE.NAME'],
    ['- parameters: {A: b}', 'a map is expected'],
  ])('%s is refused', (text, message) => {
    expect(() => readVariables(text)).toThrow(message)
  })

  test('gives no parameter that the templates lack, and each once', () => {
    const names = table.flatMap(({parameters}) => [...parameters.keys()])
    expect(names.sort()).toEqual(Object.keys(main.parameters).sort())
  })
})
