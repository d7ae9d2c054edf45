import {describe, expect, test} from 'vitest'
import {compareSecurityGroup} from '../../../src/parity/compare/security-group.js'
import type {Json, JsonObject} from '../../../src/parity/json.js'
import type {TerraformResource} from '../../../src/parity/plan/resource.js'
import {comparing, made, planned} from './small.js'

const places: Record<string, string> = {
  'aws_security_group.app': 'network.App',
  'aws_security_group.db': 'network.Db',
  'aws_security_group_rule.a': 'network.App',
}
const app = planned('aws_security_group.app', {id: 'sg-app'})
const db = planned('aws_security_group.db', {id: 'sg-db'})
const nothingOut = {IpProtocol: 'tcp', FromPort: 1, ToPort: 1, CidrIp: '127.0.0.1/32'}
const out = planned('aws_security_group_rule.out', {
  ...{type: 'egress', protocol: 'tcp', from_port: 1, to_port: 1, security_group_id: 'sg-app'},
  cidr_blocks: ['127.0.0.1/32'],
})

function compare(
  rules: readonly TerraformResource[],
  properties: JsonObject,
  standalone: readonly JsonObject[] = [],
) {
  const here = made('network.App', 'AWS::EC2::SecurityGroup', {
    SecurityGroupEgress: [nothingOut],
    ...properties,
  })
  const parts = standalone.map((one, index) =>
    made(`network.Rule${index}`, 'AWS::EC2::SecurityGroupIngress', one),
  )
  const all = [app, db, out, ...rules]
  const {
    byAddress,
    onlyHere,
    parts: found,
  } = compareSecurityGroup(
    {here, pointer: '<network.App>', resources: [app, out, ...rules]},
    [here, ...parts],
    comparing(all, places, [here, ...parts]),
  )
  const verdicts = rules.flatMap(({address}) => byAddress.get(address) ?? [])
  return {verdicts, onlyHere, parts: found}
}

const old = (values: JsonObject, more?: Partial<TerraformResource>) =>
  planned(
    'aws_security_group_rule.a',
    {type: 'ingress', protocol: 'tcp', from_port: 443, to_port: 443, security_group_id: 'sg-app', ...values},
    more,
  )
const https = {IpProtocol: 'tcp', FromPort: 443, ToPort: 443}

describe('a rule is the same in whatever form it is written', () => {
  test.each<[string, TerraformResource, Json]>([
    ['a range', old({cidr_blocks: ['10.0.0.0/16']}), {...https, CidrIp: '10.0.0.0/16'}],
    [
      'a group',
      old({source_security_group_id: 'sg-db'}),
      {...https, SourceSecurityGroupId: '<ref:network.Db>'},
    ],
    ['itself', old({self: true}), {...https, SourceSecurityGroupId: '<ref:network.App>'}],
    ['a prefix list', old({prefix_list_ids: ['pl-1']}), {...https, SourcePrefixListId: 'pl-1'}],
    [
      'its newer form',
      planned('aws_vpc_security_group_ingress_rule.a', {
        ...{ip_protocol: 'tcp', from_port: 443, to_port: 443, security_group_id: 'sg-app'},
        referenced_security_group_id: 'sg-db',
      }),
      {...https, SourceSecurityGroupId: '<ref:network.Db>'},
    ],
    [
      'a block of the group',
      planned('aws_security_group.inline', {
        ingress: [{protocol: 'tcp', from_port: 443, to_port: 443, cidr_blocks: ['10.0.0.0/16'], self: false}],
      }),
      {...https, CidrIp: '10.0.0.0/16'},
    ],
    [
      'every protocol',
      old({protocol: '-1', from_port: 0, to_port: 0, cidr_blocks: ['::/0']}),
      {IpProtocol: -1, CidrIpv6: '::/0'},
    ],
    [
      'a protocol by number',
      old({protocol: '6', cidr_blocks: ['10.0.0.0/16']}),
      {...https, CidrIp: '10.0.0.0/16'},
    ],
  ])('%s', (_, rule, here) => {
    expect(compare([rule], {SecurityGroupIngress: [here]})).toMatchObject({verdicts: [], onlyHere: []})
  })

  test('a resource of its own', () => {
    const standalone = {...https, GroupId: '<ref:network.App>', SourceSecurityGroupId: '<ref:network.Db>'}
    const other = {...https, GroupId: '<ref:network.Db>', CidrIp: '0.0.0.0/0'}
    expect(compare([old({source_security_group_id: 'sg-db'})], {}, [standalone, other])).toEqual({
      verdicts: [],
      onlyHere: [],
      parts: ['network.Rule0'],
    })
  })
})

test('each peer of a rule is a rule', () => {
  const rule = old({cidr_blocks: ['10.0.0.0/16', '10.1.0.0/16']})
  const {verdicts} = compare([rule], {SecurityGroupIngress: [{...https, CidrIp: '10.0.0.0/16'}]})
  expect(verdicts).toEqual([
    {attribute: 'rule', property: null, verdict: 'different', terraform: 'ingress tcp 443 from 10.1.0.0/16'},
  ])
})

describe('a rule differs in', () => {
  test.each<[string, JsonObject]>([
    ['its range', {...https, CidrIp: '0.0.0.0/0'}],
    ['a port', {...https, ToPort: 444, CidrIp: '10.0.0.0/16'}],
    ['its protocol', {...https, IpProtocol: 'udp', CidrIp: '10.0.0.0/16'}],
    ['having no peer', https],
    ['its peer', {...https, SourceSecurityGroupId: '<ref:network.Db>'}],
  ])('%s: what only one side has is told of both', (_, here) => {
    const {verdicts, onlyHere} = compare([old({cidr_blocks: ['10.0.0.0/16']})], {
      SecurityGroupIngress: [here],
    })
    expect(verdicts).toMatchObject([{terraform: 'ingress tcp 443 from 10.0.0.0/16'}])
    expect(onlyHere).toMatchObject([
      {attribute: null, property: 'SecurityGroupIngress', verdict: 'different'},
    ])
  })
})

test('a group without a rule for what goes out lets everything out', () => {
  expect(compare([], {SecurityGroupEgress: []}).onlyHere).toEqual([
    {attribute: null, property: 'SecurityGroupEgress', verdict: 'different', here: 'egress all to 0.0.0.0/0'},
  ])
})

test('a rule of another group is told', () => {
  const {verdicts} = compare([old({security_group_id: 'sg-db', cidr_blocks: ['10.0.0.0/16']})], {
    SecurityGroupIngress: [{...https, CidrIp: '10.0.0.0/16'}],
  })
  expect(verdicts).toEqual([
    {
      attribute: 'security_group_id',
      property: null,
      verdict: 'different',
      terraform: '<network.Db>',
      here: '<network.App>',
    },
  ])
})

describe('a peer that is known after an apply only', () => {
  const unknown = {source_security_group_id: true}
  const peer = (...references: string[]) =>
    old({}, {unknown, unknownInPlan: unknown, references: {source_security_group_id: references}})
  const fromDb = {...https, SourceSecurityGroupId: '<ref:network.Db>'}

  test('is what the configuration refers to', () => {
    expect(compare([peer('aws_security_group.db.id')], {SecurityGroupIngress: [fromDb]}).verdicts).toEqual([])
    expect(
      compare([peer('aws_security_group.app.id')], {SecurityGroupIngress: [fromDb]}).verdicts,
    ).toHaveLength(1)
  })

  test('may be that of a rule with its ports', () => {
    const {verdicts, onlyHere} = compare([peer('each.value.group')], {SecurityGroupIngress: [fromDb]})
    expect([...verdicts, ...onlyHere].map(({verdict}) => verdict)).toEqual(['unknown', 'unknown'])
  })

  test('cannot be that of a rule with other ports', () => {
    const ssh = {IpProtocol: 'tcp', FromPort: 22, ToPort: 22, CidrIp: '0.0.0.0/0'}
    const {verdicts, onlyHere} = compare([peer('each.value.group')], {SecurityGroupIngress: [ssh]})
    expect([...verdicts, ...onlyHere].map(({verdict}) => verdict)).toEqual(['different', 'different'])
  })

  test('is none where nobody configures it, though a state has one', () => {
    const left = old(
      {cidr_blocks: ['10.0.0.0/16'], source_security_group_id: 'sg-made'},
      {unknownInPlan: unknown},
    )
    expect(compare([left], {SecurityGroupIngress: [{...https, CidrIp: '10.0.0.0/16'}]}).verdicts).toEqual([])
  })
})
