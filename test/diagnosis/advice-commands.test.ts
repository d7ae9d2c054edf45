import {createRequire} from 'node:module'
import {describe, expect, it, test} from 'vitest'
import {knownFailures} from '../../src/diagnosis/known-failures/index.js'
import {wordsOf} from '../drills/harness/words.js'

/** Where the AWS CLI and the packages of the SDK call a service differently. */
const packages: Readonly<Record<string, string>> = {
  elbv2: 'elastic-load-balancing-v2',
  logs: 'cloudwatch-logs',
  route53: 'route-53',
  secretsmanager: 'secrets-manager',
}

/** Of services whose package is not installed, and what the AWS CLI adds itself: AWS CLI command reference. */
const alsoThere: Readonly<Record<string, readonly string[]>> = {
  'account get-region-opt-status': ['region-name'],
  'logs tail': ['since'],
  'rds wait': ['db-cluster-identifier'],
  'sso login': [],
}

/** Options that every command has. */
const global = ['query', 'region', 'profile', 'endpoint-url']

const commands = knownFailures.flatMap(({id, advice}) =>
  [advice]
    .flat()
    .flatMap(text => [...text.matchAll(/`(aws [^`]+)`/g)])
    .map(([, command = '']) => ({id, command: command.replaceAll(/\{(\w+)\}/g, 'value-of-$1')})),
)

const load = createRequire(import.meta.url)
const plain = (name: string) => name.replaceAll('-', '').toLowerCase()

/** The members of an operation's input, as the SDK's own model has them; undefined when there is no such operation. */
function membersOf(service: string, operation: string): string[] | undefined {
  const client: Record<string, unknown> = load(`@aws-sdk/client-${packages[service] ?? service}`)
  const name = Object.keys(client).find(
    key => key.endsWith('$') && plain(key.slice(0, -1)) === plain(operation),
  )
  const schema = name === undefined ? undefined : client[name]
  // An operation: 9, namespace, name, traits, input, output; a structure: 3, namespace, name, traits, members.
  if (!Array.isArray(schema) || schema[0] !== 9) return undefined
  const input = typeof schema[4] === 'function' ? schema[4]() : schema[4]
  return Array.isArray(input) ? (input[4] ?? []).map(String) : []
}

describe('the commands of the AWS CLI in the advice of the catalogue', () => {
  test.each(commands)('$id: $command exists, with its options', ({command}) => {
    const [, service = '', operation = '', ...rest] = wordsOf(command)
    const options = rest.filter(word => word.startsWith('--')).map(word => word.slice(2))
    const known = alsoThere[`${service} ${operation}`] ?? membersOf(service, operation)
    expect(known, `${service} ${operation}`).toBeDefined()
    const names = [...(known ?? []), ...global].map(plain)
    const wrong = options.filter(
      option =>
        !names.includes(plain(option)) &&
        !names.includes(plain(option.replace(/^no-/, ''))) &&
        option !== 'force',
    )
    expect(wrong).toEqual([])
    if (options.includes('force')) expect(names).toContain('force')
  })

  test.each(commands)('$id: $command is the same in bash, zsh and PowerShell', ({command}) => {
    const outside = command.replaceAll(/'[^']*'/g, '')
    // Nothing that a shell would expand, split or end at; in single quotes nothing but what all three leave alone.
    expect(outside).toMatch(/^[\w\s./:=@-]*$/)
    for (const [quoted] of command.matchAll(/'[^']*'/g)) expect(quoted).not.toMatch(/["\n]/)
  })

  it('are found at all, and one that does not exist would be noticed', () => {
    expect(commands.length).toBeGreaterThan(40)
    expect(membersOf('ecr', 'describe-pictures')).toBeUndefined()
    expect(membersOf('ecr', 'delete-repository')).toContain('force')
  })
})
