import {describe, expect, test} from 'vitest'
import {plainScalar} from '../../../src/template/source/scalar.js'
import {readYaml} from '../../../src/template/source/yaml.js'

describe('plainScalar', () => {
  test.each([
    ['yes', true],
    ['Off', false],
    ['y', 'y'],
    ['', null],
    ['~', null],
    ['2010-09-09', '2010-09-09'],
    ['012345678901', '012345678901'],
    ['0', 0],
    ['-7', -7],
    ['1.10', 1.1],
    ['8.0', '8.0'],
    ['22:22', '22:22'],
    ['0x1F', '0x1F'],
    ['1_000', '1_000'],
    ['12345678901234567890', '12345678901234567890'],
    ['1e3', '1e3'],
    ['.5', 0.5],
  ])('reads %j as %j', (text, value) => {
    expect(plainScalar(text)).toBe(value)
  })
})

describe('readYaml', () => {
  test.each([
    ['!Ref A', {Ref: 'A'}],
    ['!GetAtt A.B.C', {'Fn::GetAtt': ['A', 'B.C']}],
    ['!GetAtt [A, B]', {'Fn::GetAtt': ['A', 'B']}],
    ['{Fn::GetAtt: A.B}', {'Fn::GetAtt': ['A', 'B']}],
    ['!Sub 123', {'Fn::Sub': '123'}],
    ['!Condition C', {Condition: 'C'}],
    ['!If [C, !Ref A, !Ref AWS::NoValue]', {'Fn::If': ['C', {Ref: 'A'}, {Ref: 'AWS::NoValue'}]}],
    ['!Sub\n  - a\n  - {b: c}', {'Fn::Sub': ['a', {b: 'c'}]}],
    ["!GetAZs ''", {'Fn::GetAZs': ''}],
  ])('reads %j in its long form', (text, value) => {
    expect(readYaml(`K: ${text}\n`).value).toEqual({K: value})
  })
})
