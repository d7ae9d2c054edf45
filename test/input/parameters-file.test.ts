import {mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {afterAll, describe, expect, test} from 'vitest'
import type {McpgwError} from '../../src/errors.js'
import {readParametersFile} from '../../src/input/parameters-file.js'

const folder = mkdtempSync(join(tmpdir(), 'mcpgw-parameters-'))
afterAll(() => rmSync(folder, {recursive: true}))

const fixture = (name: string) => fileURLToPath(new URL(`../fixtures/parameters/${name}`, import.meta.url))

function fileOf(name: string, content: string | Buffer): string {
  const file = join(folder, name)
  writeFileSync(file, content)
  return file
}

/** Names and values as they were read; `undefined` for one that keeps the stack's value. */
async function valuesOf(file: string, note?: (text: string) => void) {
  const given = await readParametersFile(file, note)
  return Object.fromEntries(
    given.map(({name, value, usesPrevious}) => [name, usesPrevious ? undefined : value]),
  )
}

async function refusalOf(file: string): Promise<McpgwError> {
  return readParametersFile(file).then(
    read => {
      throw new Error(`it was read: ${read.map(({name}) => name).join()}`)
    },
    error => error,
  )
}

describe('a parameters file holds text', () => {
  test.each<[string, Record<string, string | undefined>]>([
    ['branch.yaml', {GitHubBranch: '1.10'}],
    [
      'lost-digits.yaml',
      {
        KeycloakAdminPassword: '+15551234567890',
        KeycloakDatabasePassword: '12345678901234.50',
        GitHubBranch: '1.10',
        RegistryImageTag: '1.20',
        AuthServerImageTag: '3.0e1',
      },
    ],
    [
      'yaml-types.yaml',
      {
        KeycloakAdminPassword: '0123456789012',
        KeycloakDatabasePassword: '1234567890123456789012',
        DatabaseMinACU: '0.50',
        GitHubBranch: '1.10',
        EnableMonitoring: 'yes',
        RegistryImageTag: '2026-11-29',
        AuthServerImageTag: '1e5',
        KeycloakImageTag: '0x1F',
      },
    ],
    ['use-previous.json', {TargetCpuUtilization: undefined, MinCapacity: '2'}],
    ['codepipeline.json', {TargetCpuUtilization: '60'}],
    ['rain.yaml', {TargetCpuUtilization: '60'}],
    ['utf16le.json', {TargetCpuUtilization: '60'}],
    ['bom-crlf.json', {TargetCpuUtilization: '60'}],
  ])('of the case %s', async (name, values) => {
    expect(await valuesOf(fixture(name))).toEqual(values)
  })

  test.each([
    ...['1.10', '+1', '-0', '8.0', '.5', '5.', '1e3', '1E+03', '1_000', '0o17', '0017', '0b11', '22:22'],
    ...['yes', 'No', 'ON', 'off', 'true', 'True', 'null', 'Null', '~', '.inf', '.NaN', '2026-11-29'],
    ...['9007199254740993', '2026-11-29T10:00:00Z', '123456789012345678901234567890', '<<', '='],
  ])('and in YAML %s is that text, alone, in a list, and in the AWS CLI’s form', async text => {
    const file = fileOf(
      'a.yaml',
      `Parameters:\n  - {ParameterKey: A, ParameterValue: ${text}}\n  - {ParameterKey: B, ParameterValue: [${text}, ${text}]}\n`,
    )
    expect(await valuesOf(file)).toEqual({A: text, B: `${text},${text}`})
    expect(await valuesOf(fileOf('b.yaml', `A: ${text}\nB: "${text}"\n`))).toEqual({A: text, B: text})
  })

  test.each(['1.10', '-0', '1e3', '1.0E+2', '9007199254740993', '0.50', 'true', 'false'])(
    'and in JSON %s is that text',
    async text => {
      expect(await valuesOf(fileOf('a.json', `{"A": ${text}, "B": [${text}]}`))).toEqual({A: text, B: text})
    },
  )

  test('and what has no text is empty in YAML, and refused in JSON, where null is no text', async () => {
    expect(await valuesOf(fileOf('a.yaml', 'A:\nB: ""\n'))).toEqual({A: '', B: ''})
    const {code, message} = await refusalOf(fileOf('a.json', '{"A": "x",\n "B": null}'))
    expect(code).toBe('INVALID_PARAMETER')
    expect(message).toContain('a.json:2: the value of B must be text')
  })
})

describe('a parameters file is read in the form', () => {
  test.each([
    ['["Key=Value"]', '["A=1.10", "B=x=y, z"]'],
    [
      '["ParameterKey=…,ParameterValue=…"]',
      '["ParameterKey=A,ParameterValue=1.10", "ParameterKey=B,ParameterValue=x=y, z"]',
    ],
    ['{"Parameters": {…}}', '{"Parameters": {"A": "1.10", "B": "x=y, z"}}'],
    ['{"Parameters": […]}', '{"Parameters": [{"ParameterKey": "A", "ParameterValue": 1.10}, "B=x=y, z"]}'],
    [
      'of an answer of CloudFormation',
      '{"StackName": "s", "Parameters": [{"ParameterKey": "A", "ParameterValue": "1.10", "ResolvedValue": "r"}, {"ParameterKey": "B", "ParameterValue": "x=y, z", "UsePreviousValue": false}]}',
    ],
  ])('%s', async (_, text) => {
    expect(await valuesOf(fileOf('a.json', text))).toEqual({A: '1.10', B: 'x=y, z'})
  })

  test.each([
    ['["ParameterKey=A,UsePreviousValue=true"]'],
    ['[{"ParameterKey": "A", "UsePreviousValue": true}]'],
    ['[{"ParameterKey": "A", "UsePreviousValue": "True"}]'],
  ])('%s, which keeps the value of the stack', async text => {
    const file = fileOf('a.json', text)
    expect(await readParametersFile(file)).toEqual([
      {name: 'A', value: '', from: `${file}:1`, usesPrevious: true},
    ])
  })

  test('and says of what stands beside the parameters that it is not used', async () => {
    const notes: string[] = []
    const file = fileOf('a.yaml', 'Parameters:\n  A: 1\nTags:\n  Class: 7\nStackPolicy: {}\n')
    expect(await valuesOf(file, text => notes.push(text))).toEqual({A: '1'})
    expect(notes).toEqual([
      `${file}:3: Tags is not used: mcpgw takes the parameters alone from this file.`,
      `${file}:5: StackPolicy is not used: mcpgw takes the parameters alone from this file.`,
    ])
  })

  test.each([
    ['Parameters:\n  A: 1\nB: 2\n', 'PARAMETERS_FILE_MALFORMED', ':3: B is next to Parameters'],
    ['- A=1\n- hunter2\n', 'PARAMETERS_FILE_MALFORMED', ':2: a text of the list is not "Key=Value".'],
    ['- ParameterKey: A\n  ParameterValu: 1\n', 'PARAMETERS_FILE_MALFORMED', ':2: an entry has ParameterKey'],
    [
      '- ParameterKey: A\n  ParameterValue: 1\n  UsePreviousValue: true\n',
      'PARAMETERS_FILE_MALFORMED',
      ':1: A has a value and UsePreviousValue',
    ],
    [
      '- ParameterKey: A\n  UsePreviousValue: maybe\n',
      'PARAMETERS_FILE_MALFORMED',
      ':2: UsePreviousValue of A',
    ],
    ['- A=1\n- A=2\n', 'DUPLICATE_PARAMETER', ':2: A is given twice (first in line 1)'],
    ['Parameters:\n  A: 1\n  A: 2\n', 'DUPLICATE_PARAMETER', ':3: A is given twice'],
    ['A: 1\n---\nB: 2\n', 'PARAMETERS_FILE_MALFORMED', ':2: this is not well-formed YAML'],
  ])('but not %j', async (text, code, says) => {
    const refusal = await refusalOf(fileOf('a.yaml', text))
    expect(refusal).toMatchObject({code, exitCode: 2})
    expect(refusal.message).toContain(`a.yaml${says}`)
    expect(refusal.message).not.toContain('hunter2')
  })
})
