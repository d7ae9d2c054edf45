import {readdirSync, readFileSync} from 'node:fs'
import {join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {describe, expect, test} from 'vitest'
import {type Arrow, importsIn, specifiersIn} from './import-graph.js'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** As scripts/layers.mjs describes it. */
interface Layer {
  readonly folder: string
  readonly knows: readonly string[]
  readonly forAll?: boolean
  readonly openTo?: readonly string[]
  readonly door?: string
}

const lists: Record<string, readonly Layer[]> = JSON.parse(readFileSync(join(root, 'layers.json'), 'utf8'))

describe.each(Object.entries(lists))('the layers of %s', (folder, layers) => {
  test('are all that there is', () => {
    const entries = readdirSync(join(root, folder), {withFileTypes: true})
    const folders = entries.filter(entry => entry.isDirectory()).map(({name}) => name)
    expect(layers.map(layer => layer.folder)).toEqual(expect.arrayContaining(folders))
  })

  test('know lower ones alone, so that there is no circle', () => {
    const lower = (index: number) => layers.slice(0, index).map(layer => layer.folder)
    const upward = layers.flatMap((layer, index) => layer.knows.filter(name => !lower(index).includes(name)))
    expect(upward).toEqual([])
  })

  test('import as the list says', () => {
    const arrows = importsIn(root, folder)
    expect(arrows).not.toEqual([])
    expect(wrongArrows(folder, layers, arrows)).toEqual([])
  })
})

describe('what the list does not allow', () => {
  const [src = []] = [lists.src]

  test.each([
    ['src/steps/step.ts', 'src/commands/deploy.ts'],
    ['src/workflows/deploy.ts', 'src/rehearsal/process/join.ts'],
    ['src/commands/deploy.ts', 'src/rehearsal/process/join.ts'],
    ['src/commands/rehearse.ts', 'src/rehearsal/process/join.ts'],
    ['src/commands/deploy.ts', 'src/rehearsal/index.ts'],
    ['src/environment/names.ts', 'src/template/value.ts'],
    ['src/errors.ts', 'src/aws/arn.ts'],
    ['src/results/health.ts', 'src/errors.ts'],
    // Which the linter cannot tell from a folder of the rehearsal's own.
    ['src/rehearsal/services/ecs/containers/app.ts', 'src/keycloak/keycloak.ts'],
  ])('is seen: %s imports %s', (from, to) => {
    expect(wrongArrows('src', src, [{from, to}])).toEqual([{from, to}])
  })

  test.each([
    ['src/commands/rehearse.ts', 'src/rehearsal/index.ts'],
    [
      'src/rehearsal/services/ecs/containers/app.ts',
      'src/rehearsal/services/ecs/containers/keycloak/keycloak.ts',
    ],
    ['src/environment/names.ts', 'src/errors.ts'],
  ])('is not: %s imports %s', (from, to) => {
    expect(wrongArrows('src', src, [{from, to}])).toEqual([])
  })

  test('is what goes through the wall beside a door', () => {
    const rehearsal = {folder: 'rehearsal', knows: [], openTo: ['src/commands/rehearse.ts'], door: 'index.ts'}
    const layers: readonly Layer[] = [rehearsal, {folder: 'commands', knows: []}]
    const beside = {from: 'src/commands/rehearse.ts', to: 'src/rehearsal/process/join.ts'}
    const door = {from: 'src/commands/rehearse.ts', to: 'src/rehearsal/index.ts'}
    expect(wrongArrows('src', layers, [beside, door])).toEqual([beside])
  })
})

test.each([
  ["import type {A} from './a.js'", './a.js'],
  ["import {\n  type A,\n  b,\n} from './a.js'", './a.js'],
  ["import './a.js'", './a.js'],
  ["export type * from './a.js'", './a.js'],
  ["export {a} from './a.js'", './a.js'],
  ["export const a = async () => (await import('./a.js')).a", './a.js'],
  ["let all: {a: typeof import('./a.js')}", './a.js'],
])('%s is an import', (line, specifier) => {
  expect(specifiersIn(`import {x} from 'x'\n${line}\nexport const y: number = x as number\n`)).toEqual([
    'x',
    specifier,
  ])
})

/** Imports between two layers that the list does not allow; what lies outside the folder is another list's. */
function wrongArrows(folder: string, layers: readonly Layer[], arrows: readonly Arrow[]): readonly Arrow[] {
  const layerOf = (path: string) => {
    const [first = '', ...more] = path.slice(folder.length + 1).split('/')
    const name = more.length === 0 ? '.' : first
    return layers.find(layer => layer.folder === name)
  }
  return arrows.filter(({from, to}) => {
    if (!to.startsWith(`${folder}/`)) return false
    const [lower, upper] = [layerOf(to), layerOf(from)]
    if (lower === upper && lower !== undefined) return false
    if (lower === undefined || upper === undefined) return true
    if (lower.openTo?.includes(from))
      return lower.door !== undefined && to !== `${folder}/${lower.folder}/${lower.door}`
    const isBelow = layers.indexOf(lower) < layers.indexOf(upper)
    return !(upper.knows.includes(lower.folder) || (lower.forAll && isBelow))
  })
}
