import {describe, expect, test} from 'vitest'
import {engineWorld, logGroup} from './engine-world.js'

const exporting = (...names: unknown[]) => ({
  Parameters: {One: {Type: 'String', Default: 'one'}},
  Resources: {A: logGroup('a')},
  Outputs: Object.fromEntries(
    names.map((name, index) => [`O${index}`, {Value: 'value', Export: {Name: name}}]),
  ),
})
const byStack = {'Fn::Join': ['-', [{Ref: 'AWS::StackName'}, 'one']]}
const duplicate = (name: string) =>
  `Template format error: The Outputs section contains duplicate Export names: [${name}]. Specify a unique name for each export.`

describe('two outputs with one export name', () => {
  test.each([
    ['as they are written', ['one', 'two', 'one'], 'one'],
    ['when a parameter makes them the same', ['one', {Ref: 'One'}], 'one'],
    ["when the stack's name makes them the same", [byStack, 'demo-one'], 'demo-one'],
  ])('are refused on arrival %s', (_, names, repeated) => {
    const {create, changeSet, update, pass, region} = engineWorld()
    expect(() => create('demo', exporting(...names))).toThrow(duplicate(repeated))
    expect(() => changeSet('demo', exporting(...names), {type: 'CREATE'})).toThrow(duplicate(repeated))
    expect(region.stacks).toEqual({})
    create('demo', exporting('one'))
    pass(60)
    expect(() => update('demo', exporting(...names))).toThrow(duplicate(repeated))
  })

  test('pass when only one of them is there', () => {
    const {create, pass, find} = engineWorld()
    const output = (condition: string) => ({
      Condition: condition,
      Value: condition,
      Export: {Name: 'the-export'},
    })
    create('demo', {
      Conditions: {Yes: {'Fn::Equals': ['a', 'a']}, No: {'Fn::Not': [{Condition: 'Yes'}]}},
      Resources: {A: logGroup('a')},
      Outputs: {First: output('Yes'), Second: output('No')},
    })
    pass(60)
    expect(find('demo').outputs).toMatchObject([{key: 'First', exportName: 'the-export'}])
  })

  test('fail a nested stack whose parameters make them the same', () => {
    const {create, upload, pass, events} = engineWorld()
    const TemplateURL = upload('child.json', exporting('same', {Ref: 'One'}))
    const stack = create('demo', {
      Resources: {
        Child: {Type: 'AWS::CloudFormation::Stack', Properties: {TemplateURL, Parameters: {One: 'same'}}},
      },
    })
    pass(120)
    expect(events(stack).find(line => line.includes('Child CREATE_FAILED'))).toContain(duplicate('same'))
  })
})

test('an export name that depends on a resource is refused on arrival', () => {
  const {create} = engineWorld()
  expect(() => create('demo', exporting({Ref: 'A'}))).toThrow(
    'Template format error: Output O0 is malformed.  The Name field of Export must not depend on any resources, imported values, or Fn::GetAZs.',
  )
})
