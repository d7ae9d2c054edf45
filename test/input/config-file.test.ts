import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterAll, describe, expect, test} from 'vitest'
import {whyNotAllowed} from '../../src/environment/account-rules.js'
import {configFiles, readConfig} from '../../src/input/config-file.js'

const folder = mkdtempSync(join(tmpdir(), 'mcpgw-config-'))
afterAll(() => rmSync(folder, {recursive: true, force: true}))

const file = join(folder, 'guards.yaml')
const read = (text: string) => {
  writeFileSync(file, text)
  return readConfig({MCPGW_CONFIG: file})
}
const refusalOf = (text: string) => {
  try {
    read(text)
  } catch (error) {
    return error
  }
  throw new Error('It was accepted')
}

describe('the config file', () => {
  test('allows and blocks accounts, each with the line it is on', () => {
    const {accounts} = read(
      'accounts:\n  allow:\n    - "123456789012"\n    - 012345678901\n  block: [999999999999]\n',
    )
    expect(accounts).toEqual({
      allow: [
        {account: '123456789012', where: `${file}:3`},
        {account: '012345678901', where: `${file}:4`},
      ],
      allowedAt: `${file}:3`,
      block: [{account: '999999999999', where: `${file}:5`}],
    })
  })

  test('that is empty, or not there, guards nothing', () => {
    expect(read('# nothing yet\n').accounts).toBeUndefined()
    expect(readConfig({XDG_CONFIG_HOME: join(folder, 'nowhere')})).toEqual({
      file: undefined,
      accounts: undefined,
    })
  })

  test('is looked for in the folder of the user after the working directory', () => {
    expect(configFiles({XDG_CONFIG_HOME: '/etc/me'})).toEqual([
      'mcpgw.yaml',
      join('/etc/me', 'mcpgw', 'config.yaml'),
    ])
    mkdirSync(join(folder, 'mcpgw'))
    writeFileSync(join(folder, 'mcpgw', 'config.yaml'), 'accounts: {block: ["123456789012"]}')
    expect(readConfig({XDG_CONFIG_HOME: folder}).accounts?.block).toHaveLength(1)
  })

  test.each([
    ['account:\n  allow: []\n', 1, 'account is unknown here; there is accounts'],
    ['accounts:\n  alow: []\n', 2, 'alow is unknown here; there is allow, block'],
    ['accounts:\n  allow: "123456789012"\n', 2, 'accounts.allow must be a list of account numbers'],
    [
      'accounts:\n  block:\n    - 12345\n',
      3,
      'accounts.block must hold account numbers of twelve digits, such as "012345678901"',
    ],
    ['accounts: [1]\n', 1, 'a map of allow and block is wanted'],
  ])('%j is refused with its line', (text, line, what) => {
    expect(refusalOf(text)).toMatchObject({
      code: 'CONFIG_MALFORMED',
      exitCode: 2,
      message: `${file}:${line}: ${what}.`,
    })
  })

  test('that is not YAML, or that is named and missing, is refused', () => {
    expect(refusalOf('accounts: {')).toMatchObject({code: 'CONFIG_MALFORMED', exitCode: 2})
    expect(() => readConfig({MCPGW_CONFIG: join(folder, 'missing.yaml')})).toThrow('cannot be read')
  })
})

describe('an account', () => {
  const rules = {
    allow: [
      {account: '1', where: 'f:2'},
      {account: '3', where: 'f:3'},
    ],
    allowedAt: 'f:2',
    block: [{account: '3', where: 'f:5'}],
  }

  test('may be changed where nothing is said of it, or it is allowed', () => {
    expect(whyNotAllowed(undefined, '2')).toBeUndefined()
    expect(whyNotAllowed({block: []}, '2')).toBeUndefined()
    expect(whyNotAllowed(rules, '1')).toBeUndefined()
  })

  test('may not where it is blocked, even if it is allowed, or is not among those allowed', () => {
    expect(whyNotAllowed(rules, '3')).toBe('it is blocked (f:5)')
    expect(whyNotAllowed(rules, '2')).toBe('it is not among the accounts that are allowed (f:2)')
    expect(whyNotAllowed({...rules, allow: [], allowedAt: 'f:2'}, '1')).toContain('not among')
  })
})
