import {execFileSync} from 'node:child_process'
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterAll, beforeAll, expect, inject, test} from 'vitest'
import {deletingCommand} from '../../../src/aws/deleting-command.js'
import {taggedResource} from '../../../src/aws/tagged-resources.js'
import {deletable, lookedUp} from '../../helpers/deletable.js'
import {runIn} from '../clients.js'

/** Its own refusal of an option or a command, before it would call anything. */
const refusal = /Unknown options|Invalid choice|argument operation|arguments are required|usage:/i
const reach = {region: 'us-west-2', endpoint: undefined}

let folder: string
let env: Record<string, string>

/** Writes down its words. */
const recorder = `#!/bin/sh
printf '%s\\037' "$@" >> "$CALLED"
printf '\\n' >> "$CALLED"
`

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'mcpgw-commands-'))
  writeFileSync(join(folder, 'aws'), recorder, {mode: 0o755})
  // Nobody is asked: a command that takes its options ends at once for want of an answer.
  env = {...inject('deployed').env, AWS_ENDPOINT_URL: 'http://127.0.0.1:9', AWS_MAX_ATTEMPTS: '1'}
})

afterAll(() => rmSync(folder, {recursive: true}))

/** The words of every `aws` that a shell runs for a line, once each. */
function callsOf(line: string, name: string): string[][] {
  const called = join(folder, `${name.replaceAll(/\W/g, '-')}.ndjson`)
  execFileSync('sh', ['-c', line], {
    env: {...process.env, PATH: `${folder}:${process.env.PATH}`, CALLED: called},
  })
  const lines = readFileSync(called, 'utf8').trim().split('\n')
  return lines.map(line => line.split('\u001f').slice(0, -1))
}

test.each(deletable.map(([arn]) => arn))(
  'the AWS CLI knows the commands for %s, and all of their options',
  async arn => {
    const resource = taggedResource(arn)
    const calls = callsOf(deletingCommand(reach, resource, lookedUp[resource.kind]) ?? '', arn)
    const answers = await Promise.all(calls.map(words => runIn(env, 'aws', words)))
    for (const [index, {stderr}] of answers.entries()) {
      const said = calls[index]?.join(' ')
      expect(stderr, said).not.toMatch(refusal)
      // The recorder's answers are no ids: of some the CLI minds the value before it asks.
      expect(stderr, said).toMatch(/Could not connect to the endpoint|Invalid length|Error parsing parameter/)
    }
  },
)

test('and would refuse one that it does not know', async () => {
  const words = 'ec2 delete-vpc --vpc vpc-1 --nonsense'.split(' ')
  expect((await runIn(env, 'aws', words)).stderr).toMatch(refusal)
})
