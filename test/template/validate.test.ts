// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the braces are CloudFormation's
import {describe, expect, test} from 'vitest'
import {parseTemplate} from '../../src/template/index.js'
import {findTemplateProblems, validateTemplate} from '../../src/template/validate.js'
import {minimal} from './sample.js'

const problemsOf = (text: string) =>
  findTemplateProblems(parseTemplate(text)).map(({line, message}) => [line, message])
const resource = (properties: string) =>
  `Resources:\n  A:\n    Type: A::B::C\n    Properties:\n      P: ${properties}\n`

describe('validateTemplate', () => {
  test.each([
    [
      resource('!Ref Nope'),
      5,
      'Template format error: Unresolved resource dependencies [Nope] in the Resources block of the template',
    ],
    [
      resource('!Sub "${AWS::Resion}"'),
      5,
      'Template format error: Unresolved resource dependencies [AWS::Resion] in the Resources block of the template',
    ],
    [
      resource('[!Ref B, !Ref C, !Ref B]'),
      5,
      'Template format error: Unresolved resource dependencies [B, C] in the Resources block of the template',
    ],
    [
      resource('!GetAtt Nope.Arn'),
      5,
      'Template error: instance of Fn::GetAtt references undefined resource Nope',
    ],
    [
      resource('!Sub "${Nope.Arn}"'),
      5,
      'Template error: instance of Fn::Sub references invalid resource attribute Nope.Arn',
    ],
    [resource('!If [Nope, a, b]'), 5, 'Template error: unresolved condition dependency Nope in Fn::If'],
    [
      resource('!FindInMap [Nope, a, b]'),
      5,
      "Template error: Mapping named 'Nope' is not present in the 'Mappings' section of template.",
    ],
    [
      `${resource('{"Fn::ImportValue": !Ref B}')}  B: {Type: A::B::C}\n`,
      5,
      'Template error: the attribute in Fn::ImportValue must not depend on any resources, imported values, or Fn::GetAZs',
    ],
    [resource('{Ref: [a]}'), 5, 'Template error: every Ref object must have a single String value.'],
    [
      'Resources:\n  A:\n    Type: A::B::C\n    DependsOn: Nope\n',
      4,
      'Template format error: Unresolved resource dependencies [Nope] in the Resources block of the template',
    ],
    [
      'Resources:\n  A:\n    Type: A::B::C\n    Condition: Nope\n',
      4,
      'Template format error: Unresolved condition dependency Nope in the Resources block of the template',
    ],
    [
      'Resources:\n  A-B:\n    Type: A::B::C\n',
      2,
      'Template format error: Resource name A-B is non alphanumeric.',
    ],
    [
      'Resources:\n  A:\n    Type: A::B::C\n    DependsOn: A\n',
      2,
      'Circular dependency between resources: [A]',
    ],
    [
      `${resource('!Ref B')}  B:\n    Type: A::B::C\n    DependsOn: A\n  C:\n    Type: A::B::C\n    DependsOn: A\n`,
      2,
      'Circular dependency between resources: [A, B]',
    ],
    [
      minimal('Outputs:\n  X:\n    Value: !Ref Nope'),
      3,
      'Unresolved resource dependencies [Nope] in the Outputs block of the template',
    ],
    [
      minimal('Conditions:\n  C: !Equals [a]'),
      2,
      'Template error: every Fn::Equals object requires a list of 2 string parameters.',
    ],
    [
      minimal('Conditions:\n  C: !And [!Equals [a, b]]'),
      2,
      'Template error: every Fn::And object requires a list of at least 2 and at most 10 boolean parameters.',
    ],
    [
      minimal('Conditions:\n  C: yes'),
      2,
      'Template format error: Conditions can only be boolean operations on parameters and other conditions',
    ],
    [
      minimal('Conditions:\n  C: !Equals [!Ref A, x]'),
      2,
      'Template format error: Unresolved dependencies [A]. Cannot reference resources in the Conditions block of the template',
    ],
    [
      minimal('Conditions:\n  C: !Not [!Condition Nope]'),
      2,
      'Template format error: Unresolved condition dependency Nope in the Conditions block of the template',
    ],
    [minimal('Conditions:\n  C: !Not [!Condition C]'), 2, 'Circular dependency between conditions: [C]'],
    [
      minimal('Parameters:\n  P: {Type: Strin}'),
      2,
      'Template format error: Unrecognized parameter type: Strin',
    ],
    [minimal('Parameters:\n  P: {Type: Number, Default: x}'), 2, "Parameter 'P' must be a number."],
    [
      minimal('Parameters:\n  P: {Type: String, Default: "{{resolve:ssm:name}}"}'),
      2,
      'Template error: parameter P should not contain ssm versionless resolver',
    ],
    [
      minimal('Parameters:\n  P: {Type: String, AllowedPattern: "["}'),
      2,
      "Template error: AllowedPattern of parameter 'P' is not a valid regular expression",
    ],
    [
      minimal('Parameters:\n  P: {Type: String, MinLength: 5, MaxLength: 2}'),
      2,
      "Template error: Parameter 'P' MinLength must be less than MaxLength.",
    ],
    [
      minimal('Parameters:\n  P: {Type: String, MinValue: 5}'),
      2,
      "Template error: Parameter 'P' MinValue must be on a parameter of type Number",
    ],
  ])('refuses %j', (text, line, message) => {
    expect(problemsOf(text)).toEqual([[line, message]])
    expect(() => validateTemplate(parseTemplate(text))).toThrow(expect.objectContaining({message, line}))
  })

  test('counts resources and parameters', () => {
    const resources = Array.from({length: 501}, (_, index) => `  R${index}: {Type: A::B::C}\n`).join('')
    expect(problemsOf(`Resources:\n${resources}`)).toEqual([
      [1, 'Template format error: Number of resources, 501, is greater than maximum allowed, 500'],
    ])
  })

  test.each([
    ['the variables of Fn::Sub itself', resource('!Sub ["${x}${!Y}", {x: 1}]')],
    [
      'a circle through a branch that may not be taken',
      `Conditions:\n  C: !Equals [a, b]\n${resource('!If [C, !Ref B, x]')}  B: {Type: A::B::C, DependsOn: A}\n`,
    ],
    ['a policy with the key Condition', resource('{Condition: {Bool: {x: y}}}')],
    [
      'every pseudo parameter',
      resource('[!Ref AWS::NoValue, !Ref AWS::StackId, !Ref AWS::NotificationARNs]'),
    ],
  ])('accepts %s', (_, text) => {
    expect(problemsOf(text)).toEqual([])
  })
})
