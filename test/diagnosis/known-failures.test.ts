import {readFileSync} from 'node:fs'
import {describe, expect, it, test} from 'vitest'
import {explain} from '../../src/diagnosis/explain.js'
import {general} from '../../src/diagnosis/known-failures/general.js'
import {knownFailures} from '../../src/diagnosis/known-failures/index.js'
import {parseTemplate} from '../../src/template/index.js'

/** Id, resource type and reason of each, and the status where it is no creation. */
const samples = readFileSync(new URL('samples.tsv', import.meta.url), 'utf8')
  .split('\n')
  .filter(line => line !== '' && !line.startsWith('#'))
  .map(line => line.replaceAll('\\n', '\n').split('\t') as [string, string, string, string | undefined])

/** The ids of all entries that fit, in the order of the catalogue. */
function fitting(type: string, reason: string, status: string): string[] {
  return knownFailures
    .filter(
      ({types, statuses, reason: words}) =>
        (types?.test(type) ?? true) && (statuses?.test(status) ?? true) && words.test(reason),
    )
    .map(({id}) => id)
}

describe('the catalogue of known failures', () => {
  test.each(samples)('finds %s for a %s', (id, type, reason, status = 'CREATE_FAILED') => {
    expect(explain({type, reason, status})?.id).toBe(id)
  })

  test.each(samples)(
    'has no other entry of its own for %s of a %s',
    (id, type, reason, status = 'CREATE_FAILED') => {
      const generalIds = general.map(entry => entry.id)
      expect(
        fitting(type, reason, status).filter(other => other !== id && !generalIds.includes(other)),
      ).toEqual([])
    },
  )

  it('has a sample of every entry, and nothing else', () => {
    const sampled = new Set(samples.map(([id]) => id))
    const ids = knownFailures.map(({id}) => id)
    expect(
      {missing: ids.filter(id => !sampled.has(id)), unknown: [...sampled].filter(id => !ids.includes(id))},
      'test/diagnosis/samples.tsv has a line for every known failure: id, resource type, reason',
    ).toEqual({missing: [], unknown: []})
  })

  test.each(knownFailures.map(known => [known.id, known] as const))('says %s in sentences', (id, known) => {
    expect(id).toMatch(/^[a-z]+(-[a-z]+)*$/)
    for (const text of [known.meaning, ...[known.advice].flat()]) {
      expect(text).toMatch(/^[A-Z`].*[.:`]$/)
      expect(text).not.toContain('|')
      expect(text.split('`').length % 2).toBe(1)
    }
  })

  test.each(samples)(
    'gives advice for %s of a %s that nobody has to fill in',
    (_id, type, reason, status) => {
      const advice = explain({type, reason, status: status ?? 'CREATE_FAILED'})?.advice ?? ''
      expect(advice).not.toBe('')
      expect(advice).not.toMatch(/\{\w+\}/)
      const commands = [...advice.matchAll(/`([^`]+)`/g)].map(([, command = '']) => command)
      for (const command of commands) expect(withoutOwnWords(command)).not.toMatch(/\b[A-Z][A-Z_]+\b/)
    },
  )

  test.each(knownFailures.map(known => [known.id, [known.advice].flat()] as const))(
    'has a way on for %s when nothing else is known',
    (_id, advice) => {
      expect(advice.at(-1)).not.toMatch(/\{\w+\}/)
      for (const text of advice.slice(0, -1)) expect(text).toMatch(/\{\w+\}/)
    },
  )

  it('names parameters that the templates have', () => {
    const main = readFileSync(new URL('../../cloudformation/main-stack.yaml', import.meta.url), 'utf8')
    const {parameters} = parseTemplate(main)
    const named = knownFailures.flatMap(
      ({advice}) =>
        [advice]
          .flat()
          .join(' ')
          .match(/(?<=--set )\w+/g) ?? [],
    )
    expect(named).not.toEqual([])
    expect(named.filter(name => !(name in parameters))).toEqual([])
  })

  it('knows nothing of a failure without words, or with words that nobody has met', () => {
    expect(explain({type: 'AWS::EC2::VPC', reason: undefined, status: 'CREATE_FAILED'})).toBeUndefined()
    expect(
      explain({type: 'AWS::EC2::VPC', reason: 'The moon is full', status: 'CREATE_FAILED'}),
    ).toBeUndefined()
  })
})

/** What is written so by AWS, or names the user's own images, of which nobody else knows. */
function withoutOwnWords(command: string): string {
  return command.replace('s3://BUCKET/PREFIX/', '').replace('NAMESPACE_ID', '').replace('--type HOOK', '')
}
