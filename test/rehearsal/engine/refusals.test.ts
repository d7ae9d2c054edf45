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

describe('a template', () => {
  const secrets = (count: number) => ({
    Resources: Object.fromEntries(
      Array.from({length: count}, (_, index) => [
        `P${index}`,
        {
          Type: 'AWS::SSM::Parameter',
          Properties: {
            Type: 'String',
            Value:
              index % 2
                ? '{{resolve:ssm:name:1}}'
                : {'Fn::Sub': '{{resolve:secretsmanager:$' + '{AWS::StackName}}}'},
          },
        },
      ]),
    ),
  })

  test('has 60 dynamic references at most', () => {
    const {create} = engineWorld()
    expect(() => create('demo', secrets(61))).toThrow(
      'Template format error: Number of dynamic references, 61, is greater than maximum allowed, 60',
    )
    expect(() => create('demo', secrets(60))).not.toThrow()
  })

  test('is given by its body or by its URL', () => {
    const {create, upload} = engineWorld()
    const template = {Resources: {A: logGroup('a')}}
    expect(() => create('demo', template, {templateUrl: upload('a.json', template)})).toThrow(
      'You cannot specify both Template URL and Template Body.',
    )
  })
})

describe('the previous value of a parameter', () => {
  const template = {
    Parameters: {Old: {Type: 'String'}, New: {Type: 'String', Default: 'new'}},
    Resources: {A: logGroup('a')},
  }
  const unknown = (name: string) =>
    `Invalid input for parameter key ${name}. Cannot specify usePreviousValue as true for a parameter key not in the previous template`

  test('has to be there, and to be all that is given', () => {
    const {create, update, changeSet, pass} = engineWorld()
    const previous = (...names: string[]) => ({
      parameters: names.map(name => ({name, usePrevious: true})),
    })
    expect(() => create('demo', template, previous('Old'))).toThrow(unknown('Old'))
    expect(() => changeSet('demo', template, {type: 'CREATE', ...previous('Old')})).toThrow(unknown('Old'))
    create(
      'demo',
      {...template, Parameters: {Old: {Type: 'String'}}},
      {parameters: [{name: 'Old', value: 'a'}]},
    )
    pass(60)
    expect(() => update('demo', template, previous('Old', 'New'))).toThrow(unknown('New'))
    expect(() =>
      update('demo', template, {parameters: [{name: 'Old', value: 'b', usePrevious: true}]}),
    ).toThrow(
      'Invalid input for parameter key Old. Cannot specify usePreviousValue as true and non empty value for a parameter',
    )
    expect(() => update('demo', template, previous('Old'))).toThrow('No updates are to be performed.')
  })
})

describe('resources that a deletion is to retain', () => {
  test('have to be there', () => {
    const {create, pass, remove, find, world} = engineWorld()
    create('demo', {
      Resources: {Bucket: {Type: 'AWS::S3::Bucket', Properties: {BucketName: 'full'}}, A: logGroup('a')},
    })
    pass(120)
    const bucket = world.account.buckets.full
    if (!bucket) throw new Error('no bucket')
    bucket.objects.key = {body: '', etag: 'e', size: 0, modifiedAt: 0}
    remove('demo')
    pass(120)
    for (const name of ['A', 'Nothing']) {
      expect(() => remove('demo', {retainResources: ['Bucket', name]})).toThrow(
        'The specified resources to retain must be in a valid state. Do not specify resources that are in the DELETE_COMPLETE state.',
      )
    }
    expect(find('demo').status).toBe('DELETE_FAILED')
  })
})
