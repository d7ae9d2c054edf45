import {readdirSync, readFileSync} from 'node:fs'
import {describe, expect, test} from 'vitest'
import {parseTemplate, type Value} from '../../src/template/index.js'
import {exceptionsIn, type SecurityException} from '../helpers/security-exceptions.js'

const root = new URL('../../', import.meta.url)
const page = readFileSync(new URL('docs/security-review.md', root), 'utf8')
const texts = readdirSync(new URL('cloudformation/', root))
  .filter(name => name.endsWith('.yaml'))
  .map(name => readFileSync(new URL(`cloudformation/${name}`, root), 'utf8'))
const exceptions = texts.flatMap(exceptionsIn)

describe('docs/security-review.md (npm run docs writes its table)', () => {
  test('lists every exception of the templates with its reason, and no others', () => {
    expect(exceptions.length).toBeGreaterThan(0)
    const listed = rows().flatMap(({check, resources, reason}) =>
      resources.map(resource => ({check, resource, reason})),
    )
    expect(listed.sort(byName)).toEqual(exceptions.sort(byName))
  })

  test('gives each check one severity and one title', () => {
    const known = new Set(rows().map(({check, severity, title}) => `${check} ${severity} ${title}`))
    expect(known.size).toBe(new Set(rows().map(({check}) => check)).size)
    for (const {severity} of rows()) expect(['high', 'medium', 'low']).toContain(severity)
  })
})

describe('an exception from a check', () => {
  test('has a reason that is a sentence', () => {
    expect(exceptions.filter(({reason}) => !isSentence(reason))).toEqual([])
  })

  test.each([
    '',
    'TODO',
    'Not needed.',
    'it costs money and time and nobody in a class will look at it',
    'False positive',
  ])('would not do with the reason %j', reason => {
    expect(isSentence(reason)).toBe(false)
  })

  test('is not for a whole template or the whole project', () => {
    for (const text of texts) {
      const [before = ''] = text.split(/^Resources:$/m)
      expect(before).not.toContain('checkov:')
    }
    expect(readFileSync(new URL('.checkov.yaml', root), 'utf8')).not.toMatch(
      /skip-(check|path|framework)|soft-fail/,
    )
  })
})

describe('security group rules', () => {
  const network = texts.find(text => text.includes('AWS::EC2::VPCGatewayAttachment')) ?? ''

  test('all have a description, which checkov cannot see inside Fn::If', () => {
    expect(rulesIn(network).length).toBeGreaterThan(50)
    expect(rulesIn(network).filter(rule => !hasDescription(rule))).toEqual([])
  })

  test('would be found without one', () => {
    const planted = network.replace(/\n {12}Description: HTTPS from range 2/, '')
    expect(rulesIn(planted).filter(rule => !hasDescription(rule))).toHaveLength(1)
  })
})

interface Row {
  readonly check: string
  readonly severity: string
  readonly title: string
  readonly resources: readonly string[]
  readonly reason: string
}

function rows(): Row[] {
  const [, section = ''] = /<!-- exceptions -->([\s\S]*)<!-- exceptionsstop -->/.exec(page) ?? []
  return Array.from(
    section.matchAll(/^\| `(\w+)` \| (.*) \| (.*) \| (.*) \| (.*) \|$/gm),
    ([, check = '', severity = '', title = '', names = '', reason = '']) => ({
      ...{check, severity, title, reason},
      resources: Array.from(names.matchAll(/`(\w+)`/g), ([, name = '']) => name),
    }),
  )
}

function byName(a: SecurityException, b: SecurityException): number {
  return `${a.resource} ${a.check}`.localeCompare(`${b.resource} ${b.check}`)
}

/** Begins with a capital, ends with a full stop, and says something between. */
function isSentence(reason: string): boolean {
  return /^[A-Z].*\.$/.test(reason) && reason.split(' ').length >= 8
}

/** Everything in a template that has a protocol and a port, wherever it is. */
function rulesIn(text: string): Record<string, Value>[] {
  const found: Record<string, Value>[] = []
  const visit = (value: Value): void => {
    if (typeof value !== 'object' || value === null) return
    if ('IpProtocol' in value) found.push(value as Record<string, Value>)
    for (const member of Object.values(value)) visit(member)
  }
  for (const {properties} of Object.values(parseTemplate(text).resources)) visit(properties)
  return found
}

function hasDescription({Description: text}: Record<string, Value>): boolean {
  return typeof text === 'string' && text !== ''
}
