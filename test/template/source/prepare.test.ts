import {readdirSync, readFileSync} from 'node:fs'
import {describe, expect, test} from 'vitest'
import {type Located, offsetOf} from '../../../src/template/source/located.js'
import {prepare, unprepare} from '../../../src/template/source/prepare.js'
import {readYaml} from '../../../src/template/source/yaml.js'
import {isList, isMap, type Path, type Value} from '../../../src/template/value.js'

const folder = new URL('../../../cloudformation/', import.meta.url)
const templates = readdirSync(folder)
  .filter(name => name.endsWith('.yaml'))
  .map(name => [name, readFileSync(new URL(name, folder), 'utf8')] as const)

function pathsIn(value: Value, path: Path = []): Path[] {
  const members = isList(value) || isMap(value) ? Object.entries(value) : []
  const below = members.flatMap(([step, member]) =>
    pathsIn(member, [...path, isList(value) ? Number(step) : step]),
  )
  // What is not there is where its container does.
  return [path, [...path, 'missing'], ...below]
}

const placesIn = (located: Located) => pathsIn(located.value).map(path => [path, offsetOf(located, path)])

describe('a reading that was prepared', () => {
  test.each<readonly [what: string, text: string]>([
    ...templates,
    [
      'a short form with several parts',
      'A: !GetAtt B.Arn\nC: !Sub [a, {b: !Ref D}]\nE: !Select [0, [x, y]]\n',
    ],
    ['names written twice', 'A: 1\nA: {B: x, B: y}\nC: [{D: 1, D: 2}]\n'],
    [
      'names that objects have anyway',
      '__proto__: {a: 1}\nconstructor: [toString]\nlength: 5\n1: one\n0: none\n',
    ],
    ['scalars of every kind', "[1, -1.5, 8.0, 1e400, yes, 'yes', ~, '', 2020-01-01, [], {}]"],
    ['a scalar alone', 'text'],
    ['nothing', ''],
  ])('is the reading of the YAML itself, with every part in its place: %s', (_, text) => {
    const read = readYaml(text)
    const prepared = unprepare(prepare(read))
    expect(JSON.stringify(prepared.value)).toBe(JSON.stringify(read.value))
    expect(prepared.value).toEqual(read.value)
    expect(prepared.duplicates).toEqual(read.duplicates)
    expect(placesIn(prepared)).toEqual(placesIn(read))
  })
})
