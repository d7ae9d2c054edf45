// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the braces are CloudFormation's
import {describe, expect, test} from 'vitest'
import {parseTemplate, TemplateError} from '../../src/template/index.js'
import {minimal} from './sample.js'

const refusal = (text: string) => {
  try {
    parseTemplate(text, 'x.yaml')
  } catch (error) {
    if (error instanceof TemplateError)
      return {message: error.message, line: error.line, location: error.location}
    throw error
  }
  throw new Error('was accepted')
}

describe('parseTemplate', () => {
  test('reads every section with its lines', () => {
    const template = parseTemplate(
      `AWSTemplateFormatVersion: 2010-09-09
Description: A sample
Parameters:
  Size:
    Type: Number
    Default: 3
    MinValue: 1
    AllowedValues: [1, 2, 3]
    NoEcho: true
Mappings:
  M: {a: {b: c}}
Conditions:
  Big: !Equals [!Ref Size, 3]
Resources:
  Vpc:
    Type: AWS::EC2::VPC
    Condition: Big
    DeletionPolicy: Retain
    DependsOn: [Role]
    Properties:
      Tags:
        - Key: Name
          Value: !Sub '\${AWS::StackName}-vpc'
  Role:
    Type: AWS::IAM::Role
    DependsOn: Other
Outputs:
  Id:
    Description: The id
    Condition: Big
    Value: !GetAtt Vpc.CidrBlock
    Export:
      Name: !Sub '\${AWS::StackName}-id'
`,
      'main.yaml',
    )
    expect(template.source).toBe('main.yaml')
    expect(template.description).toBe('A sample')
    expect(template.parameters).toEqual({
      Size: {
        type: 'Number',
        default: '3',
        minValue: 1,
        allowedValues: ['1', '2', '3'],
        noEcho: true,
        line: 4,
      },
    })
    expect(template.conditions).toEqual({Big: {'Fn::Equals': [{Ref: 'Size'}, 3]}})
    expect(template.resources).toEqual({
      Vpc: {
        type: 'AWS::EC2::VPC',
        condition: 'Big',
        deletionPolicy: 'Retain',
        dependsOn: ['Role'],
        properties: {Tags: [{Key: 'Name', Value: {'Fn::Sub': `\${AWS::StackName}-vpc`}}]},
        line: 15,
      },
      Role: {type: 'AWS::IAM::Role', dependsOn: ['Other'], properties: {}, line: 24},
    })
    expect(template.outputs).toEqual({
      Id: {
        description: 'The id',
        condition: 'Big',
        value: {'Fn::GetAtt': ['Vpc', 'CidrBlock']},
        exportName: {'Fn::Sub': `\${AWS::StackName}-id`},
        line: 28,
      },
    })
    expect(template.lineOf(['Resources', 'Vpc', 'Properties', 'Tags', 0, 'Value'])).toBe(23)
    expect(template.lineOf(['Resources', 'Vpc', 'Properties', 'Nowhere'])).toBe(20)
  })

  test('keeps the last of duplicate keys and tells where they are', () => {
    const template = parseTemplate('Resources:\n  A:\n    Type: A::B::C\n    Type: D::E::F\n')
    expect(template.resources.A?.type).toBe('D::E::F')
    expect(template.duplicateKeys).toEqual([{key: 'Type', line: 4}])
  })

  test('is not misled by names that every object has', () => {
    const template = parseTemplate(
      'Resources:\n  toString:\n    Type: A::B::C\n    Properties:\n      __proto__: x\n',
    )
    expect(Object.keys(template.resources)).toEqual(['toString'])
    expect(Object.values(template.resources).flatMap(({properties}) => Object.keys(properties))).toEqual([
      '__proto__',
    ])
    expect(template.parameters.constructor).toBeUndefined()
  })

  test.each([
    ['A: [1', 'Template format error: YAML not well-formed. (line 1, column 6)'],
    ['{"Resources": {,', 'Template format error: JSON not well-formed. (line 1, column 16)'],
    ['{\n  "Resources": {}\n  "x": 1\n}', 'Template format error: JSON not well-formed. (line 3, column 3)'],
    ['{"a": 1} x', 'Template format error: JSON not well-formed. (line 1, column 10)'],
    ['', 'Template format error: unsupported structure.'],
    ['just text', 'Template format error: unsupported structure.'],
    ['[1, 2]', 'Template format error: unsupported structure.'],
    ['Description: x', 'Template format error: At least one Resources member must be defined.'],
    ['Resources: {}', 'Template format error: At least one Resources member must be defined.'],
    [
      'Resources:\n  A:\n    Properties: {}',
      'Template format error: [/Resources/A] Every Resources object must contain a Type member.',
    ],
    [
      'Resources:\n  A: text',
      'Template format error: [/Resources/A] Every Resources member must be an object.',
    ],
    ['Resources:\n  A:\n    Type: A::B::C\n    Invalid: 1', "Invalid template resource property 'Invalid'"],
    [minimal('Bogus: 1\nOther: 2'), 'Invalid template property or properties [Bogus, Other]'],
    [minimal('Outputs:\n  X:\n    Value:'), "[/Outputs/X/Value] 'null' values are not allowed in templates"],
    [
      minimal('Outputs:\n  X:\n    Fn::Sub: a'),
      'Template format error: Invalid outputs property : [Fn::Sub]',
    ],
    [
      minimal('Outputs:\n  X:\n    Description: a'),
      'Template format error: Every Outputs member must contain a Value object',
    ],
    [
      minimal('Parameters:\n  P:\n    Default: a'),
      'Template format error: [/Parameters/P] Every Parameters object must contain a Type member.',
    ],
    [
      minimal('Parameters:\n  P:\n    Type: String\n    Default: [a]'),
      'Template format error: Every Default member must be a string.',
    ],
    [
      minimal('Parameters:\n  P:\n    Type: String\n    Bogus: a'),
      "Invalid template parameter property 'Bogus'",
    ],
    [
      minimal('Mappings:\n  M:\n    a: b'),
      'Template format error: [/Mappings/M/a] Every Mappings attribute must be a map',
    ],
    [
      minimal('AWSTemplateFormatVersion: 2011-01-01'),
      'Template format error: 2011-01-01 is not a supported value for AWSTemplateFormatVersion.',
    ],
    [
      minimal('Description: &a x\nMetadata: *a'),
      'Template error: YAML aliases are not allowed in CloudFormation templates',
    ],
    [
      minimal('Transform: AWS::Serverless-2016-10-31'),
      'Transform AWS::Serverless-2016-10-31 is not supported: mcpgw reads templates that need no macro',
    ],
    [
      minimal('Conditions:\n  C: !Nonsense x'),
      'Template format error: YAML not well-formed. (line 2, column 16)',
    ],
  ])('refuses %j in the words of CloudFormation', (text, message) => {
    expect(refusal(text).message).toBe(message)
  })

  test.each([5000, 200_000])('refuses JSON of %i levels, where a reader would overflow', levels => {
    const text = `{"Resources": ${'['.repeat(levels)}${']'.repeat(levels)}}`
    expect(refusal(text).message).toMatch(
      /^Template format error: JSON not well-formed\. \(line 1, column \d+\)$/,
    )
  })

  test.each([
    ["!Transform {Name: 'AWS::Include'}", /^Transform AWS::Include is not supported/],
    [
      '!ToJsonString {a: b}',
      /^Template error: Encountered unsupported function: Fn::ToJsonString Supported functions are: \[Fn::Base64, /,
    ],
    ['{"Fn::ForEach::Loop": [a, [b], {}]}', /Fn::ForEach/],
    ['!Length [a]', /unsupported function: Fn::Length/],
  ])('refuses the function %s by name', (expression, message) => {
    const text = `Resources:\n  A:\n    Type: A::B::C\n    Properties:\n      P: ${expression}\n`
    expect(refusal(text)).toMatchObject({message: expect.stringMatching(message), line: 5})
  })

  test('tells file, line and column of a mistake in the text', () => {
    expect(refusal('a: 1\nb: [1\nc: 2\n').location).toMatch(/^x\.yaml:[23]:\d+$/)
  })

  test('allows null inside the Metadata of a resource', () => {
    expect(() =>
      parseTemplate('Resources:\n  A:\n    Type: A::B::C\n    Metadata:\n      x:\n'),
    ).not.toThrow()
  })
})
