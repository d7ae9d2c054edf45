import {readFileSync} from 'node:fs'
import {describe, expect, it} from 'vitest'
import {parseDocument} from 'yaml'
import {YamlTooDeepError, yamlDocument} from '../../../src/template/source/yaml-document.js'

/** Deeper than is read, and far from what the library cannot bear. */
const levels = 450

describe('a YAML document', () => {
  it.each([
    ['lists in brackets', '['.repeat(levels)],
    ['maps in braces', '{a: '.repeat(levels)],
    ['lists in one line', `${'- '.repeat(levels)}x`],
    ['keys that are maps', `${'? '.repeat(levels)}x`],
  ])('that nests %s too deeply is given up before it is composed', (_, text) => {
    expect(() => yamlDocument(text)).toThrow(YamlTooDeepError)
  })

  it.each([
    ['lists in brackets', `${'['.repeat(400)}${']'.repeat(400)}`],
    ['lists in one line', `${'- '.repeat(400)}x`],
  ])('that nests %s as deeply as is read is read', (_, text) => {
    expect(yamlDocument(text).errors).toEqual([])
  })

  it.each(['main-stack.yaml', 'compute-stack.yaml'])('is what the library reads: %s', name => {
    const text = readFileSync(new URL(`../../../cloudformation/${name}`, import.meta.url), 'utf8')
    const options = {schema: 'failsafe', uniqueKeys: false, logLevel: 'silent'} as const
    expect(JSON.stringify(yamlDocument(text, options))).toBe(JSON.stringify(parseDocument(text, options)))
  })

  it('keeps the errors that the library finds, at their places', () => {
    const text = 'a: [1\nb: 2\n'
    const places = (document: {errors: readonly {pos: readonly number[]}[]}) =>
      document.errors.map(({pos}) => pos)
    expect(places(yamlDocument(text))).toEqual(places(parseDocument(text)))
    expect(places(yamlDocument(text))).not.toEqual([])
  })
})
