import {expect, test} from 'vitest'
import {changedExports} from '../../../src/steps/foresee/changed-exports.js'
import {parseTemplate} from '../../../src/template/index.js'

const text = (extra = '') => `
Parameters:
  Domain: {Type: String, Default: ''}
Conditions:
  HasDomain: !Not [!Equals [!Ref Domain, '']]
Resources:
  Network: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}
Outputs:
  Id: {Value: !Ref Network, Export: {Name: demo-Id}}
  Zone: {Value: !Select [5, !GetAtt Network.CidrBlockAssociations], Export: {Name: demo-Zone}}
  Url: {Value: !If [HasDomain, !Sub 'https://\${Domain}', !GetAtt Network.DnsName], Export: {Name: demo-Url}}
  Plain: {Condition: HasDomain, Value: x, Export: {Name: demo-Plain}}
  Unseen: {Value: !Ref Domain}
${extra}`
const pseudo = {'AWS::AccountId': '1', 'AWS::Region': 'us-west-2', 'AWS::Partition': 'aws'}
const version = (parameters: Record<string, string>, template = text()) => ({
  template: parseTemplate(template),
  parameters,
  pseudo,
})
const changed = (
  before: Record<string, string>,
  after: Record<string, string>,
  replaced: string[] = [],
  template = text(),
) => changedExports(version(before), version(after, template), id => replaced.includes(id))

test('nothing changes with the same parameters and resources', () => {
  expect(changed({Domain: 'a.org'}, {Domain: 'a.org'})).toEqual([])
})

test('an export changes with the resource that it reads', () => {
  expect(changed({}, {}, ['Network'])).toEqual(['demo-Id', 'demo-Url'])
})

test('an export changes with a condition, and goes with one', () => {
  expect(changed({Domain: 'a.org'}, {})).toEqual(['demo-Url', 'demo-Plain'])
})

test('an export changes with a template that calls the resource otherwise', () => {
  const other = text().replace('Id: {Value: !Ref Network', 'Id: {Value: !GetAtt Network.VpcId')
  expect(changed({}, {}, [], other)).toEqual(['demo-Id'])
})

test('an export that is new changes nothing that is in use', () => {
  expect(changed({}, {}, [], text('  More: {Value: y, Export: {Name: demo-More}}'))).toEqual([])
})
