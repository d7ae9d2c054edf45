import {describe, expect, test} from 'vitest'
import {type KnownWords, wrongWords} from '../../src/app/wrong-words.js'
import {withoutAliases, wordsOfCommand} from '../../src/command-words.js'

const known: KnownWords = {
  commands: ['deploy', 'teardown', 'verify', 'images check', 'images export'],
  topics: ['images'],
  flagsOf: () => ['environment'],
}

const refusalOf = (...argv: string[]) => wrongWords(wordsOfCommand(argv).words, argv, known)

describe('words that name no command', () => {
  test.each([
    ['deplo', 'Did you mean deploy?'],
    ['Deploy', 'Did you mean deploy?'],
    ['destroy', 'Did you mean teardown?'],
    ['image check', 'Did you mean images check?'],
    ['images exprt', 'Did you mean images export?'],
    ['image', 'Did you mean images?'],
    ['export', 'Did you mean images export?'],
    ['images', 'is no command alone.'],
    ['deploy demo', 'takes no argument demo'],
    ['-e demo verify', 'The command comes first'],
    ['nonsense', 'mcpgw has no command nonsense.'],
  ])('%s: exit code 2, %s', (words, says) => {
    const refusal = refusalOf(...words.split(' '))
    expect(refusal).toMatchObject({code: 'USAGE', exitCode: 2})
    expect(refusal?.message).toContain(says)
    expect(refusal?.hint).toContain('mcpgw ')
  })

  test('are repeated whole, an address with colons too', () => {
    const refusal = refusalOf('images', 'check', 's3://my-bucket/mcp/v1.0.7/')
    expect(refusal?.message).toBe('mcpgw images check takes no argument s3://my-bucket/mcp/v1.0.7/.')
  })

  test('are told with what is right in the hint', () => {
    expect(refusalOf('images')?.hint).toContain('`mcpgw images check` or `mcpgw images export`')
    expect(refusalOf('--json', 'images', 'check')?.hint).toContain('`mcpgw images check --json')
    expect(refusalOf('deploy', 'demo')?.hint).toContain('mcpgw deploy --environment demo')
  })

  test('never repeat the value of a flag, which may be a secret', () => {
    const refusal = refusalOf('--set=KeycloakAdminPassword=hunter2', 'deploy')
    expect(refusal?.message).toContain('--set')
    expect(JSON.stringify([refusal?.message, refusal?.hint])).not.toContain('hunter2')
  })

  test.each(['deploy', 'images check', 'verify -e demo'])('are not those of %s', words => {
    expect(refusalOf(...words.split(' '))).toBeUndefined()
  })
})

describe('help and version', () => {
  test.each([
    ['help', '--help'],
    ['-h', '--help'],
    ['help deploy', 'deploy --help'],
    ['--help images check', 'images check --help'],
    ['version', '--version'],
    ['-V', '--version'],
    ['deploy -e help', 'deploy -e help'],
    ['verify --version', 'verify --version'],
  ])('%s is %s', (given, means) => {
    expect(withoutAliases(given.split(' ')).join(' ')).toBe(means)
  })
})
