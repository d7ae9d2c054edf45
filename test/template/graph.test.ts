// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the braces are CloudFormation's
import {describe, expect, test} from 'vitest'
import {dependenciesOf} from '../../src/template/dependencies.js'
import {creationNeeds, parseTemplate} from '../../src/template/index.js'
import {resolverFor} from './sample.js'

const text = `Parameters:
  Env: {Type: String, Default: dev}
Conditions:
  IsProd: !Equals [!Ref Env, prod]
Resources:
  Vpc: {Type: A::B::C}
  Subnet: {Type: A::B::C, Properties: {V: !Ref Vpc, W: !GetAtt Vpc.Arn}}
  Prod: {Type: A::B::C, Condition: IsProd}
  App:
    Type: A::B::C
    DependsOn: [Subnet, Prod]
    Properties:
      A: !Sub '\${Subnet.Arn}-\${AWS::Region}'
      B: !If [IsProd, !Ref Prod, !ImportValue shared]
`
const template = parseTemplate(text)

describe('dependenciesOf', () => {
  test('names each resource once with the first reason', () => {
    expect(dependenciesOf(template, 'App')).toEqual([
      {logicalId: 'Subnet', why: 'Sub'},
      {logicalId: 'Prod', why: 'Ref'},
    ])
    expect(dependenciesOf(template, 'Subnet')).toEqual([{logicalId: 'Vpc', why: 'Ref'}])
  })

  test('leaves out branches not taken and resources not made when conditions are known', () => {
    expect(dependenciesOf(template, 'App', resolverFor(text))).toEqual([{logicalId: 'Subnet', why: 'Sub'}])
    expect(dependenciesOf(template, 'App', resolverFor(text, {Env: 'prod'}))).toHaveLength(2)
  })
})

test('creationNeeds waits only for active resources', () => {
  expect(creationNeeds(template, ['Vpc', 'Subnet', 'App'])).toEqual(
    new Map([
      ['Vpc', []],
      ['Subnet', ['Vpc']],
      ['App', ['Subnet']],
    ]),
  )
})
