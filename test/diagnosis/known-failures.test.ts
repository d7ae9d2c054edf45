import {readFileSync} from 'node:fs'
import {describe, expect, it, test} from 'vitest'
import {explain} from '../../src/diagnosis/explain.js'
import {general} from '../../src/diagnosis/known-failures/general.js'
import {knownFailures} from '../../src/diagnosis/known-failures/index.js'
import {parseTemplate} from '../../src/template/index.js'

/** Id, resource type and reason of each. */
const samples = readFileSync(new URL('samples.tsv', import.meta.url), 'utf8')
  .split('\n')
  .filter(line => line !== '' && !line.startsWith('#'))
  .map(line => line.replaceAll('\\n', '\n').split('\t') as [string, string, string])

/** The ids of all entries that fit, in the order of the catalogue. */
function fitting(type: string, reason: string): string[] {
  return knownFailures
    .filter(({types, reason: words}) => (types?.test(type) ?? true) && words.test(reason))
    .map(({id}) => id)
}

describe('the catalogue of known failures', () => {
  test.each(samples)('finds %s for a %s', (id, type, reason) => {
    expect(explain({type, reason, status: 'CREATE_FAILED'})?.id).toBe(id)
  })

  test.each(samples)('has no other entry of its own for %s of a %s', (id, type, reason) => {
    const generalIds = general.map(entry => entry.id)
    expect(fitting(type, reason).filter(other => other !== id && !generalIds.includes(other))).toEqual([])
  })

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
    for (const text of [known.meaning, known.advice]) {
      expect(text).toMatch(/^[A-Z`].*[.:`]$/)
      expect(text).not.toContain('|')
      expect(text.split('`').length % 2).toBe(1)
    }
  })

  it('names parameters that the templates have', () => {
    const main = readFileSync(new URL('../../cloudformation/main-stack.yaml', import.meta.url), 'utf8')
    const {parameters} = parseTemplate(main)
    const named = knownFailures.flatMap(({advice}) => advice.match(/(?<=--set )\w+/g) ?? [])
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
