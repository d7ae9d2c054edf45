import {describe, expect, it} from 'vitest'
import {childStacks, mainTemplate} from '../../src/environment/stacks.js'
import {templatesFolder} from '../../src/environment/templates.js'
import {readTemplateFolder} from '../../src/input/template-folder.js'
import {brokenConstraint} from '../../src/template/constraints.js'
import {findsExpression, matchesPattern} from '../../src/template/pattern.js'
import type {ParameterDeclaration} from '../../src/template/template.js'

/** Quadratic: some ten milliseconds for the longest value that a parameter may have, and no more. */
const slow = 'a*a*b'
const value = 'a'.repeat(4096)

describe('an AllowedPattern', () => {
  it('is given up when it takes longer than it may, and only then', () => {
    expect(matchesPattern(slow, value, 1)).toBe('too-slow')
    expect(matchesPattern(slow, value, 60_000)).toBe(false)
  })

  it('is stopped while it is being tried, not looked at afterwards', () => {
    const took = (limitMs: number) => {
      const startedAt = performance.now()
      const answer = matchesPattern('a*a*a*b', 'a'.repeat(700), limitMs)
      return {answer, ms: performance.now() - startedAt}
    }
    const stopped = took(2)
    const whole = took(60_000)
    expect([stopped.answer, whole.answer]).toEqual(['too-slow', false])
    expect(stopped.ms).toBeLessThan(whole.ms)
  })

  it('works again after one that was given up', () => {
    expect(matchesPattern('a*a*c', value, 1)).toBe('too-slow')
    expect(matchesPattern('[a-z]+', 'abc')).toBe(true)
    expect(matchesPattern('[a-z]+', 'a1')).toBe(false)
    expect(matchesPattern('[a-z', 'a')).toBeUndefined()
  })

  it("of the templates answers as without a limit, for every parameter's default and for what comes near it", () => {
    const {files} = readTemplateFolder(templatesFolder())
    const names = [mainTemplate, ...childStacks.map(({template}) => template)]
    const declared = names.flatMap(name => Object.values(files.get(name)?.template.parameters ?? {}))
    let compared = 0
    for (const {allowedPattern, default: standard = ''} of declared) {
      if (allowedPattern === undefined) continue
      const expression = new RegExp(`^(?:${allowedPattern})$`)
      for (const text of [standard, `${standard}-keycloak`]) {
        expect(matchesPattern(allowedPattern, text), `${allowedPattern} with ${text}`).toBe(
          expression.test(text),
        )
        compared += 1
      }
    }
    expect(compared).toBeGreaterThan(100)
  })
})

it("no pattern of the templates' own takes long, whatever the value: they are compared without a limit", () => {
  const {files} = readTemplateFolder(templatesFolder())
  const declared = [...files.values()].flatMap(({template}) => Object.values(template.parameters))
  const patterns = new Set(declared.flatMap(({allowedPattern}) => allowedPattern ?? []))
  expect(patterns.size).toBeGreaterThan(20)
  const parts = ['a', 'a.', 'a-', '1', '1.', ' ', 'a ', 'a,', 'a/', 'a@', '0.0.0.0/0,', 'A_', 'ab12']
  const values = parts.flatMap(part => ['!', '', '-'].map(end => part.repeat(4096 / part.length) + end))
  const slow = Array.from(patterns).filter(pattern =>
    values.some(text => matchesPattern(pattern, text, 100) === 'too-slow'),
  )
  expect(slow).toEqual([])
})

describe('an expression that may fit a part', () => {
  it('is read as JavaScript does, and given up like a pattern', () => {
    expect(findsExpression('b+', 'abbc')).toBe(true)
    expect(findsExpression('^b+', 'abbc')).toBe(false)
    expect(matchesPattern('b+', 'abbc')).toBe(false)
    expect(findsExpression('(', 'abbc')).toBeUndefined()
    expect(findsExpression(`^${slow}$`, value, 1)).toBe('too-slow')
  })
})

describe('a parameter whose pattern takes too long', () => {
  it('is refused with that reason, not with the description of the constraint', () => {
    const declaration = {
      type: 'String',
      allowedPattern: 'a*a*a*b',
      constraintDescription: 'must be short',
    } as ParameterDeclaration
    expect(brokenConstraint('Name', declaration, 'a'.repeat(1200))).toMatch(
      /^The AllowedPattern of parameter 'Name' takes too long/,
    )
  })
})
