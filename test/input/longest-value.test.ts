import {mkdtempSync, rmSync, truncateSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterAll, describe, expect, it, test} from 'vitest'
import {checkLengths} from '../../src/input/longest-value.js'
import {readParametersFile} from '../../src/input/parameters-file.js'

const folder = mkdtempSync(join(tmpdir(), 'mcpgw-long-'))
afterAll(() => rmSync(folder, {recursive: true}))

const long = 'hunter2'.repeat(3000)

describe('a value that is too long to be meant', () => {
  test.each([
    ['of a flag', ['--set', long], {}, '--set'],
    ['joined to its flag', ['--json', `--set=${long}`], {}, '--set'],
    ['that belongs to nothing', ['x', long], {}, 'Argument 2'],
    ['of a variable', [], {MCPGW_ENVIRONMENT: long}, 'MCPGW_ENVIRONMENT'],
    ['of many bytes', ['-p', 'ä'.repeat(9000)], {}, '-p'],
  ])('%s is refused by its name, and is not repeated', (_, argv, env, name) => {
    const refusal = expect.objectContaining({
      code: 'USAGE',
      exitCode: 2,
      message: `${name}: the value is longer than 16,384 bytes.`,
    })
    expect(() => checkLengths(argv, env)).toThrow(refusal)
  })

  it('is not found among what can be meant: long lists of names, many lines, variables of others', () => {
    const names = Array.from({length: 200}, (_, index) => `student-of-a-long-name-${index}`).join(',')
    expect(() =>
      checkLengths(['--students', names], {PATH: long, MCPGW_SET: 'A=1\n'.repeat(9000)}),
    ).not.toThrow()
  })

  test.each([
    ['YAML', 'A: 1\nKeycloakAdminPassword: "hunter2', 'params.yaml:2: the value of KeycloakAdminPassword'],
    ['JSON', '{\n "KeycloakAdminPassword": "hunter2', 'params.yaml:2: the value of KeycloakAdminPassword'],
    [
      "the AWS CLI's JSON",
      '[{"ParameterKey": "KeycloakAdminPassword", "ParameterValue": "hunter2',
      'params.yaml:1: the value of KeycloakAdminPassword',
    ],
    ['JSON of one member a line', '[{\n"ParameterValue": "hunter2', 'params.yaml:2: a value'],
  ])(
    'of 50 MB in a parameters file, as %s, is refused by name, file, line and limit',
    async (_, text, words) => {
      const file = join(folder, 'params.yaml')
      writeFileSync(file, text)
      truncateSync(file, 50 * 1024 * 1024)
      const refusal = expect.objectContaining({
        code: 'INVALID_PARAMETER',
        exitCode: 2,
        message: `${folder}/${words} is longer than 4,096 bytes, which is the most that CloudFormation takes.`,
      })
      await expect(readParametersFile(file)).rejects.toThrow(refusal)
    },
  )

  test('and has no name says how large the file is', async () => {
    const file = join(folder, 'params.yaml')
    writeFileSync(file, `A: |\n${'  x\n'.repeat(300_000)}`)
    await expect(readParametersFile(file)).rejects.toMatchObject({
      code: 'PARAMETERS_FILE_UNREADABLE',
      message: expect.stringMatching(/it has 1,200,005 bytes; at most 1,048,576 are read\.$/),
    })
  })
})
