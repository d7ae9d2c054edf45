import {describe, expect, test} from 'vitest'
import {checkParameters, parseTemplate, resolveParameters} from '../../src/template/index.js'
import {minimal} from './sample.js'

const templateWith = (...declarations: string[]) =>
  parseTemplate(minimal(`Parameters:\n${declarations.map(text => `  ${text}\n`).join('')}`))

const messageFor = (declaration: string, value: string) =>
  checkParameters(templateWith(`P: {${declaration}}`), {P: value})[0]?.message

describe('a parameter', () => {
  test.each([
    ["Type: String, AllowedPattern: '[a-z]+'", 'ab1', "Parameter 'P' must match pattern [a-z]+"],
    ["Type: String, AllowedPattern: '^a|b$'", 'xb', "Parameter 'P' must match pattern ^a|b$"],
    ['Type: String, AllowedValues: [a, b]', 'c', "Parameter 'P' must be one of AllowedValues"],
    ['Type: String, MaxLength: 5', '123456', "Parameter 'P' must contain at most 5 characters"],
    ['Type: String, MinLength: 8', '', "Parameter 'P' must contain at least 8 characters"],
    ['Type: Number', 'x', "Parameter 'P' must be a number."],
    ['Type: Number', '', "Parameter 'P' must be a number."],
    ['Type: Number, MinValue: 3', '2', "Parameter 'P' must be a number not less than 3"],
    ['Type: Number, MaxValue: 3', '3.5', "Parameter 'P' must be a number not greater than 3"],
    ['Type: List<Number>', '1, x', "Parameter 'P' must be a number."],
    ['Type: CommaDelimitedList, AllowedValues: [a, b]', 'a,c', "Parameter 'P' must be one of AllowedValues"],
    ["Type: CommaDelimitedList, AllowedPattern: '[0-9]'", '1, 22', "Parameter 'P' must match pattern [0-9]"],
    [
      "Type: String, MinLength: 1, ConstraintDescription: 'say something'",
      '',
      'Parameter P failed to satisfy constraint: say something',
    ],
    ['Type: String', 'x'.repeat(4097), "Parameter 'P' value '[****]' length is greater than 4096."],
    [
      "Type: AWS::SSM::Parameter::Value<String>, AllowedPattern: '/.*'",
      'name',
      "Parameter 'P' must match pattern /.*",
    ],
  ])('%s does not take %j', (declaration, value, message) => {
    expect(messageFor(declaration, value)).toBe(message)
  })

  test.each([
    ["Type: String, AllowedPattern: '[a-z]+'", 'ab'],
    ["Type: String, AllowedPattern: '(?i)[a-z]+'", 'AB'],
    ["Type: String, AllowedPattern: '\\p{Alnum}*[\\p{Digit}_]'", 'Ab_'],
    ["Type: String, AllowedPattern: '\\Aab\\z'", 'ab'],
    ['Type: Number', '-1.5e3'],
    ['Type: CommaDelimitedList, AllowedValues: [a, b]', ' b , a'],
    ['Type: List<AWS::EC2::Subnet::Id>', 'subnet-1,subnet-2'],
  ])('%s takes %j', (declaration, value) => {
    expect(messageFor(declaration, value)).toBeUndefined()
  })
})

describe('checkParameters', () => {
  const template = templateWith(
    'EnvironmentName: {Type: String}',
    'Size: {Type: Number, Default: 2}',
    'Other: {Type: String}',
  )

  test('finds everything at once, each with its line', () => {
    expect(checkParameters(template, {EnvironmentNme: 'x', Size: 'y'})).toEqual([
      {
        parameter: 'EnvironmentNme',
        kind: 'unknown',
        message: 'Parameters: [EnvironmentNme] do not exist in the template',
        line: 1,
        suggestion: 'EnvironmentName',
      },
      {
        parameter: 'EnvironmentName',
        kind: 'missing',
        message: 'Parameters: [EnvironmentName] must have values',
        line: 2,
      },
      {parameter: 'Size', kind: 'constraint', message: "Parameter 'Size' must be a number.", line: 3},
      {parameter: 'Other', kind: 'missing', message: 'Parameters: [Other] must have values', line: 4},
    ])
  })

  test('suggests nothing for a name that is far from all', () => {
    expect(checkParameters(template, {Zebra: 'x'})[0]?.suggestion).toBeUndefined()
  })
})

describe('resolveParameters', () => {
  const template = templateWith('A: {Type: String}', 'B: {Type: Number, Default: 2}', 'C: {Type: String}')

  test('takes what is given, else the default', () => {
    expect(resolveParameters(template, {A: 'a', C: 'c'})).toEqual({A: 'a', B: '2', C: 'c'})
  })

  test('names all missing parameters in one error', () => {
    expect(() => resolveParameters(template, {})).toThrow('Parameters: [A, C] must have values')
  })

  test('names all unknown parameters in one error, before anything else', () => {
    expect(() => resolveParameters(template, {X: '', Y: ''})).toThrow(
      'Parameters: [X, Y] do not exist in the template',
    )
  })

  test('says so when the template takes no parameters at all', () => {
    expect(() => resolveParameters(parseTemplate(minimal('Description: x')), {X: ''})).toThrow(
      'Parameter values specified for a template which does not require them.',
    )
  })
})
