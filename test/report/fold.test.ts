import {describe, expect, test} from 'vitest'
import {foldLines} from '../../src/report/fold.js'

const folded = (text: string, width: number) => foldLines(text, width).split('\n')

describe('lines for a terminal', () => {
  test('stay as they are where they fit, with their spaces', () => {
    expect(foldLines('  a   b\n\nc', 20)).toBe('  a   b\n\nc')
  })

  test('are broken between words, and lose none', () => {
    const text = 'one two three four five six seven'
    expect(folded(text, 14)).toEqual(['one two three', 'four five six', 'seven'])
  })

  test('continue under the text of an item', () => {
    expect(folded('✖ data: it is gone and lost', 16)).toEqual(['✖ data: it is', '  gone and lost'])
    expect(folded('  KMS key abc: it is gone', 16)).toEqual(['  KMS key abc:', '    it is gone'])
  })

  test('continue under the last column that leaves room', () => {
    const row = 'network   49   9 rules, 8 groups, 6 subnets'
    expect(folded(row, 30)).toEqual([
      'network   49   9 rules, 8',
      '               groups, 6',
      '               subnets',
    ])
  })

  test('go on with the next column in a new line where the table is too wide', () => {
    const row = 'services  RegistryTarget  AWS::ApplicationAutoScaling::ScalableTarget  4s'
    expect(folded(row, 50)).toEqual([
      'services  RegistryTarget',
      '  AWS::ApplicationAutoScaling::ScalableTarget  4s',
    ])
  })

  test('keep what is copied whole: a quoted command, an address', () => {
    expect(folded('Then run `mcpgw verify --environment demo` again', 20)).toEqual([
      'Then run',
      '`mcpgw verify --environment demo`',
      'again',
    ])
    expect(folded('See https://example.com/a/long/way now', 20)).toEqual([
      'See',
      'https://example.com/a/long/way',
      'now',
    ])
  })

  test('keep a command in the last column whole, in a line of its own where it has no room', () => {
    const command = 'mcpgw credentials --rehearse --user keycloak-admin --reveal'
    expect(folded(`Keycloak  ${command}`, 62)).toEqual(['Keycloak', `  ${command}`])
    expect(folded(`Keycloak  ${command}`, 40)).toEqual(['Keycloak', command])
    expect(folded(`  ${command}`, 40)).toEqual([`  ${command}`])
    expect(folded('They say mcpgw is a long word', 20)).toEqual(['They say mcpgw is a', 'long word'])
  })

  test('are as long as they are seen: colours take no columns', () => {
    const red = (text: string) => `\u001B[31m${text}\u001B[39m`
    expect(foldLines(red('one two'), 7)).toBe(red('one two'))
    expect(folded(`${red('✖ one:')} two three`, 10)).toEqual([`${red('✖ one:')} two`, '  three'])
  })

  test('a lone back-quote breaks like any other character', () => {
    expect(folded('it`s one two', 8)).toEqual(['it`s one', 'two'])
  })
})
