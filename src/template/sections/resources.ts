import {messages} from '../messages.js'
import type {ResourceDeclaration} from '../template.js'
import {emptyRecord, isList, isMap, isScalar, member, type Value, type ValueMap} from '../value.js'
import {defined} from './parameters.js'
import type {SectionReader} from './reader.js'

const known = new Set([
  ...[
    'Type',
    'Properties',
    'DependsOn',
    'Condition',
    'DeletionPolicy',
    'UpdateReplacePolicy',
    'UpdatePolicy',
  ],
  ...['CreationPolicy', 'Metadata', 'Version', 'Description'],
])

/** Reads the `Resources` section, which must not be empty. */
export function readResources(reader: SectionReader): Record<string, ResourceDeclaration> {
  const resources = emptyRecord<ResourceDeclaration>()
  const entries = Object.entries(reader.section('Resources'))
  if (entries.length === 0) reader.fail([], messages.noResources)
  for (const [name, value] of entries) {
    const path = ['Resources', name]
    const map = reader.object(value, path, 'Resources')
    const unknown = Object.keys(map).find(key => !known.has(key))
    if (unknown !== undefined) reader.fail([...path, unknown], messages.unknownResourceMember(unknown))
    resources[name] = readResource(reader, map, path)
  }
  return resources
}

function readResource(reader: SectionReader, map: ValueMap, path: readonly string[]): ResourceDeclaration {
  const properties = member(map, 'Properties') ?? {}
  if (!isMap(properties)) reader.fail([...path, 'Properties'], messages.unsupportedStructure)
  return {
    type:
      reader.text(map, 'Type', path) ??
      reader.fail(path, messages.missingType(`/${path.join('/')}`, 'Resources')),
    properties: properties as ValueMap,
    dependsOn: dependsOn(reader, member(map, 'DependsOn'), path),
    get line() {
      return reader.lineOf(path)
    },
    ...defined({
      condition: reader.text(map, 'Condition', path),
      deletionPolicy: reader.text(map, 'DeletionPolicy', path),
      updateReplacePolicy: reader.text(map, 'UpdateReplacePolicy', path),
      creationPolicy: member(map, 'CreationPolicy'),
      updatePolicy: member(map, 'UpdatePolicy'),
      metadata: member(map, 'Metadata'),
    }),
  }
}

function dependsOn(reader: SectionReader, value: Value | undefined, path: readonly string[]): string[] {
  if (value === undefined) return []
  const names = isList(value) ? value : [value]
  return names.map(name =>
    isScalar(name) ? String(name) : reader.fail([...path, 'DependsOn'], messages.dependsOn),
  )
}
