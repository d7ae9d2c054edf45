import {readdirSync, readFileSync} from 'node:fs'

const root = new URL('../../', import.meta.url)

/** The members of every interface of src/results, inherited ones first, each with its type as it is written. */
export const resultTypes: ReadonlyMap<string, ReadonlyMap<string, string>> = readResultTypes()

/** What a command's specification says it hands back; undefined for a command that hands nothing back. */
export function resultTypeOf(command: string): string | undefined {
  // It prints its document while it serves, and has no specification.
  if (command === 'rehearse') return 'RehearseResult'
  const file = new URL(`src/app/specifications/${command.replaceAll(' ', '-')}.ts`, root)
  try {
    return /Specification<[^=]*?(\w+),?\s*> = \{/.exec(readFileSync(file, 'utf8'))?.[1]
  } catch {
    return undefined
  }
}

/**
 * Where an example has other members than its type, or in another order, at any depth. `shown` learns which interfaces
 * it has. What is left out of lists, and null, says nothing.
 */
export function disagreements(example: unknown, type: string, path: string, shown: Set<string>): string[] {
  if (Array.isArray(example)) return example.flatMap(item => disagreements(item, type, `${path}[]`, shown))
  if (example === null || typeof example !== 'object') return []
  const members = membersOf(type, shown)
  if (members === undefined) return []
  const [is, shall] = [Object.keys(example).join(', '), [...members.keys()].join(', ')]
  if (is !== shall) return [`${path} has ${is}; its type has ${shall}`]
  return Object.entries(example).flatMap(([name, value]) =>
    disagreements(value, members.get(name) ?? '', `${path}.${name}`, shown),
  )
}

/** Of an interface that a type names, or of the object that is in it; undefined for a map of free names. */
function membersOf(type: string, shown: Set<string>): ReadonlyMap<string, string> | undefined {
  const inline = /\{(.*)\}/.exec(type)?.[1]
  if (inline !== undefined)
    return new Map(Array.from(inline.matchAll(/(\w+): ([^;]+)/g), ([, name = '', of = '']) => [name, of]))
  const named = type.match(/\b[A-Z]\w+/g)?.find(name => resultTypes.has(name))
  if (named === undefined) return undefined
  shown.add(named)
  return resultTypes.get(named)
}

function readResultTypes(): Map<string, Map<string, string>> {
  const folder = new URL('src/results/', root)
  const text = readdirSync(folder)
    .map(name => readFileSync(new URL(name, folder), 'utf8'))
    .join('\n')
  const written = Array.from(
    text.matchAll(/^export interface (\w+)(?: extends (\w+))? \{\n([\s\S]*?)\n\}/gm),
    ([, name = '', base, body = '']) => ({name, base, body}),
  )
  const membersOfNamed = (name: string | undefined): [string, string][] => {
    const found = written.find(one => one.name === name)
    if (found === undefined) return []
    const own = Array.from(
      found.body.matchAll(/^ {2}(\w+): (.*)$/gm),
      ([, member = '', type = '']): [string, string] => [member, type],
    )
    return [...membersOfNamed(found.base), ...own]
  }
  return new Map(written.map(({name}) => [name, new Map(membersOfNamed(name))]))
}
