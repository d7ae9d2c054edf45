import {describe, expect, test} from 'vitest'
import {checkRules, parseTemplate, resolveParameters} from '../../src/template/index.js'
import {minimal, pseudo} from './sample.js'

const findingsFor = (assertion: string, condition = '') => {
  const text = minimal(`Parameters:
  Env: {Type: String, Default: prod}
  Sizes: {Type: CommaDelimitedList, Default: 'small,large'}
Rules:
  R:${condition}
    Assertions:
      - Assert: ${assertion}
        AssertDescription: That will not do`)
  const template = parseTemplate(text)
  return checkRules({template, parameters: resolveParameters(template, {}), pseudo}).map(
    ({message}) => message,
  )
}

describe('checkRules', () => {
  test.each([
    '!Equals [!Ref Env, prod]',
    '!Contains [[dev, prod], !Ref Env]',
    '!EachMemberIn [!Ref Sizes, [small, medium, large]]',
    '!EachMemberEquals [[prod, prod], !Ref Env]',
    '!Not [!Equals [!Ref Env, dev]]',
    '!And [!Equals [a, a], !Or [!Equals [a, b], !Equals [b, b]]]',
    '!Contains [!RefAll String, prod]',
  ])('%s holds', assertion => {
    expect(findingsFor(assertion)).toEqual([])
  })

  test.each([
    '!Equals [!Ref AWS::Region, us-east-1]',
    '!Contains [[dev, test], !Ref Env]',
    '!EachMemberIn [!Ref Sizes, [small]]',
  ])('%s fails with the description', assertion => {
    expect(findingsFor(assertion)).toEqual(['That will not do'])
  })

  test('a finding names the parameters that the rule is about, and where it is', () => {
    const text = minimal(`Parameters:
  Env: {Type: String, Default: prod}
  Size: {Type: String, Default: small}
  Other: {Type: String, Default: x}
Rules:
  Together:
    RuleCondition: !Equals [!Ref Env, prod]
    Assertions:
      - Assert: !Or [!Equals [!Ref Size, large], !Not [!Equals [!Ref Env, prod]]]
        AssertDescription: That will not do`)
    const template = parseTemplate(text)
    const line = text.split('\n').findIndex(one => one.includes('- Assert:')) + 1
    expect(checkRules({template, parameters: resolveParameters(template, {}), pseudo})).toEqual([
      {rule: 'Together', message: 'That will not do', parameters: ['Env', 'Size'], line},
    ])
  })

  test('a rule whose condition is false is not looked at', () => {
    expect(findingsFor('!Equals [a, b]', '\n    RuleCondition: !Equals [!Ref Env, dev]')).toEqual([])
  })

  test('functions that would ask the account are refused by name', () => {
    expect(() => findingsFor('!Equals [!ValueOf [P, x], y]')).toThrow(
      'Template error: Fn::ValueOf is not supported in Rules',
    )
  })
})
