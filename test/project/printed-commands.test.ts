import {readdirSync, readFileSync} from 'node:fs'
import {describe, expect, it, test} from 'vitest'
import {deletingCommand} from '../../src/aws/deleting-command.js'
import {createDeletionContents} from '../../src/aws/deletion-contents.js'
import {taggedResource} from '../../src/aws/tagged-resources.js'
import {knownFailures} from '../../src/diagnosis/known-failures/index.js'
import {deletable, lookedUp} from '../helpers/deletable.js'
import {commandsInText, unportable, unportableIn} from '../helpers/portable.js'

/** Printed by the sources, not by what they hold of other programs: functions of the templates, a shell for a tour. */
const root = new URL('../../src/', import.meta.url)
const sources = readdirSync(root, {recursive: true, encoding: 'utf8'}).filter(
  file => file.endsWith('.ts') && !file.startsWith('rehearsal'),
)

/** A part of a line of source, in which a command goes on as only some shells let it. */
const constructs = [
  /\b(?:aws|mcpgw|curl|tofu|terraform) [a-z][\w-]*[^'`]*(?: && | \|\| )(?:aws|mcpgw|curl|tofu|terraform)\b/,
  /\$\((?:aws|mcpgw|curl|\$\{)/,
  /\bfor \w+ in \$|\bwhile read\b|; do \$?|\| (?:grep|sed|awk|jq|xargs|while)\b/,
  /--[\w-]+ '[{[]"/,
  /\.join\(' && '\)/,
]

describe('a command that is printed', () => {
  it('of the catalogue is the same in bash, zsh and PowerShell', () => {
    const texts = knownFailures.flatMap(({advice}) => advice)
    expect(texts.flatMap(commandsInText).length).toBeGreaterThan(100)
    expect(texts.flatMap(unportableIn)).toEqual([])
  })

  test.each(deletable.map(([arn]) => arn))('that deletes %s is so, too', arn => {
    const target = taggedResource(arn)
    const line = deletingCommand(
      {region: 'us-west-2', endpoint: 'http://127.0.0.1:4566'},
      target,
      lookedUp[target.kind],
    )
    expect(line).not.toBeNull()
    expect(unportable(line ?? '')).toBeUndefined()
  })

  it('and so is what goes before it', async () => {
    const clients = {
      ec2: async () => ({
        describeSecurityGroupRules: async () => ({
          SecurityGroupRules: [
            {GroupId: 'sg-2', SecurityGroupRuleId: 'sgr-1', ReferencedGroupInfo: {GroupId: 'sg-1'}},
          ],
        }),
      }),
    } as unknown as Parameters<typeof createDeletionContents>[0]
    const target = {
      kind: 'ec2:security-group',
      arn: 'arn:aws:ec2:us-west-2:1:security-group/sg-1',
      name: 'sg-1',
    }
    const line = deletingCommand(
      {region: 'us-west-2', endpoint: undefined},
      target,
      await createDeletionContents(clients)(target),
    )
    expect(line?.split('; ')).toHaveLength(2)
    expect(unportable(line ?? '')).toBeUndefined()
  })

  it('is written nowhere in the sources as a program of one shell', () => {
    const found = sources.flatMap(file =>
      readFileSync(new URL(file, root), 'utf8')
        .split('\n')
        .filter(
          line => !/^\s*(\/\/|\*|\/\*)/.test(line) && constructs.some(construct => construct.test(line)),
        )
        .map(line => `${file}: ${line.trim()}`),
    )
    expect(found).toEqual([])
  })

  test.each([
    'aws a b && aws c d',
    'aws a b --id "$(aws c d)"',
    'for each in $(aws a b); do aws c d; done',
    'aws a b | while read -r x; do aws c d; done',
    'aws a b \\\n  --c',
    `aws a b --batch '{"Changes": []}'`,
  ])('this check notices %s', line => {
    expect(unportable(line)).toBeDefined()
  })
})
