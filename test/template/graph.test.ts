// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the braces are CloudFormation's
import {describe, expect, test} from 'vitest'
import {
  creationNeeds,
  creationOrder,
  dependenciesOf,
  dependencyGraph,
  exportsOf,
  importsOf,
  parseTemplate,
} from '../../src/template/index.js'
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
Outputs:
  Url:
    Value: !ImportValue {'Fn::Sub': '\${Env}-url'}
    Condition: IsProd
    Export: {Name: !Sub '\${Env}-out'}
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

describe('creationOrder', () => {
  test('makes waves of what can be created together', () => {
    expect(creationOrder(template, resolverFor(text))).toEqual([['Vpc'], ['Subnet'], ['App']])
    expect(creationOrder(template)).toEqual([['Vpc', 'Prod'], ['Subnet'], ['App']])
  })

  test('refuses circles in the words of CloudFormation', () => {
    const circular = parseTemplate(
      'Resources:\n  A: {Type: T::A::B, DependsOn: B}\n  B: {Type: T::A::B, DependsOn: A}\n',
    )
    expect(() => creationOrder(circular)).toThrow('Circular dependency between resources: [A, B]')
  })
})

test('the graph knows both directions', () => {
  const graph = dependencyGraph(template)
  expect(graph.neededBy.get('Subnet')).toEqual(['App'])
  expect(graph.needs.get('Subnet')).toEqual(['Vpc'])
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

test('imports and exports are listed with their expressions', () => {
  expect(importsOf(template)).toEqual([
    {
      expression: 'shared',
      path: ['Resources', 'App', 'Properties', 'B', 'Fn::If', 2, 'Fn::ImportValue'],
      line: 14,
      logicalId: 'App',
    },
    {expression: {'Fn::Sub': `\${Env}-url`}, path: ['Outputs', 'Url', 'Value', 'Fn::ImportValue'], line: 17},
  ])
  expect(exportsOf(template)).toEqual([
    {output: 'Url', expression: {'Fn::Sub': `\${Env}-out`}, condition: 'IsProd', line: 16},
  ])
})
