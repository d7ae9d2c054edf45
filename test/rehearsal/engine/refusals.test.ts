import {describe, expect, test} from 'vitest'
import {engineWorld, logGroup} from './engine-world.js'

describe('a template URL', () => {
  test('of the form s3://bucket/key is none that CloudFormation reads', () => {
    const {create, upload} = engineWorld()
    upload('a.json', {Resources: {A: logGroup('a')}})
    expect(() => create('demo', {}, {templateBody: undefined, templateUrl: 's3://templates/a.json'})).toThrow(
      'S3 error: Domain name specified in templates is not a valid S3 domain',
    )
  })
})

describe('a mapping', () => {
  test('that lacks what a template writes out is refused on arrival', () => {
    const {create, region} = engineWorld()
    const template = (...keys: unknown[]) => ({
      Parameters: {Top: {Type: 'String', Default: 'Here'}},
      Mappings: {Names: {Here: {Name: 'found'}}},
      Resources: {A: logGroup('a', {Properties: {LogGroupName: {'Fn::FindInMap': ['Names', ...keys]}}})},
    })
    expect(() => create('demo', template('There', 'Name'))).toThrow(
      'Template error: Unable to get mapping for Names::There::Name',
    )
    expect(() => create('demo', template('Here', 'constructor'))).toThrow(
      'Template error: Unable to get mapping for Names::Here::constructor',
    )
    expect(region.stacks).toEqual({})
    expect(() => create('demo', template({Ref: 'Top'}, 'Name'))).not.toThrow()
  })
})

describe('an output that asks for an attribute that the type does not have', () => {
  const template = {
    Resources: {Parameter: {Type: 'AWS::SSM::Parameter', Properties: {Type: 'String', Value: 'a'}}},
    Outputs: {InvalidOutput: {Value: {'Fn::GetAtt': ['Parameter', 'Invalid']}}},
  }

  test('fails a creation before its first resource', () => {
    const {create, pass, events} = engineWorld()
    const stack = create('demo', template)
    pass(60)
    expect(events(stack)).toEqual([
      'demo CREATE_IN_PROGRESS "User Initiated"',
      'demo ROLLBACK_IN_PROGRESS "[Error] /Outputs/InvalidOutput/Value/Fn::GetAtt: Resource type AWS::SSM::Parameter does not support attribute {Invalid}. Rollback requested by user."',
      'demo ROLLBACK_COMPLETE',
    ])
  })

  test('is refused in an update', () => {
    const {create, update, pass} = engineWorld()
    create('demo', {Resources: template.Resources})
    pass(60)
    expect(() => update('demo', template)).toThrow(
      'Template error: resource Parameter does not support attribute type Invalid in Fn::GetAtt',
    )
  })
})
