import {describe, expect, test} from 'vitest'
import {properties} from '../all.js'
import {fixedChoices} from '../choices.js'
import type {Property} from '../property.js'
import {loadTemplates} from '../template-set.js'
import {worldOf} from '../world.js'
import {mutations} from './all.js'
import type {Mutation} from './mutation.js'

/** Below it, the suite would have lost part of its defects unnoticed. */
const fewestMutations = 60

const survivors = new Map<Property, readonly string[]>()

describe('every planted defect is caught by the property that speaks of it', () => {
  test.each(properties)('$id: $title', property => {
    for (const choice of fixedChoices) {
      expect(property.violations(worldOf(loadTemplates(), choice))).toEqual([])
    }
    expect(survivorsOf(property)).toEqual([])
  })

  test('there are enough of them, for every property, each with its own name', () => {
    const names = mutations.map(({name, property}) => `${property}: ${name}`)
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([])
    expect(names.length).toBeGreaterThanOrEqual(fewestMutations)
    expect(new Set(mutations.map(({property}) => property))).toEqual(new Set(properties.map(({id}) => id)))
  })

  test('the kill rate is 100 %', () => {
    const sample =
      process.env.PROPERTY_MUTATIONS === 'all' ? '' : ' (a sample; PROPERTY_MUTATIONS=all plants all)'
    const counts = properties.map(property => {
      const planted = mutations.filter(mutation => mutation.property === property.id).length
      return {id: property.id, planted, killed: planted - survivorsOf(property).length}
    })
    const planted = counts.reduce((sum, count) => sum + count.planted, 0)
    const killed = counts.reduce((sum, count) => sum + count.killed, 0)
    process.stdout.write(
      [
        ...counts.map(count => `  ${count.id}: ${count.killed} of ${count.planted}\n`),
        `mutations: ${killed} of ${planted} killed, ${Math.floor((100 * killed) / planted)} %${sample}\n`,
      ].join(''),
    )
    expect(planted).toBe(mutations.length)
    expect(killed).toBe(planted)
  })
})

/** Why each mutation of a property was not caught. Remembered, because two tests ask. */
function survivorsOf(property: Property): readonly string[] {
  const known = survivors.get(property)
  const found =
    known ??
    mutations
      .filter(mutation => mutation.property === property.id)
      .flatMap(mutation => survives(property, mutation))
  survivors.set(property, found)
  return found
}

function survives({violations}: Property, {name, at, plant}: Mutation): string[] {
  const found: string[] = []
  try {
    const templates = loadTemplates(plant)
    for (const choice of fixedChoices) {
      found.push(...violations(worldOf(templates, choice)))
      if (found.some(violation => violation.includes(at))) return []
    }
  } catch (error) {
    return [`${name}: the templates cannot be evaluated any more, ${error}`]
  }
  return [found.length === 0 ? `${name}: not noticed` : `${name}: noticed elsewhere, ${found.join('; ')}`]
}
