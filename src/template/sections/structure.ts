import {messages, supportedFunctions} from '../messages.js'
import {isList, isMap, type Path, pointerOf, type Value} from '../value.js'
import type {SectionReader} from './reader.js'

const sections = new Set([
  ...['AWSTemplateFormatVersion', 'Description', 'Metadata', 'Parameters', 'Mappings', 'Conditions', 'Rules'],
  ...['Resources', 'Outputs', 'Transform', 'Hooks'],
])
const functions = new Set<string>(supportedFunctions)

/** Refuses what cannot be read at all: unknown sections, macros, null values, functions that do not exist. */
export function checkStructure(reader: SectionReader): void {
  const {root} = reader
  const unknown = Object.keys(root).filter(name => !sections.has(name))
  if (unknown.length > 0) reader.fail(unknown.slice(0, 1), messages.unknownSections(unknown))
  const {Transform: transform, AWSTemplateFormatVersion: version} = root
  if (transform !== undefined) reader.fail(['Transform'], messages.unsupportedTransform(nameOf(transform)))
  if (root.Hooks !== undefined)
    reader.fail(['Hooks'], messages.unsupportedTransform('AWS::CodeDeployBlueGreen'))
  if (version !== undefined && version !== '2010-09-09') {
    reader.fail(['AWSTemplateFormatVersion'], messages.formatVersion(String(version)))
  }
  for (const [name, section] of Object.entries(root)) {
    if (name !== 'Metadata') checkValue(reader, section, [name])
  }
}

function checkValue(reader: SectionReader, value: Value, path: (string | number)[]): void {
  if (value === null) reader.fail(path, messages.nullValue(pointerOf(path)))
  if (isList(value)) {
    for (const [index, item] of value.entries()) within(path, index, () => checkValue(reader, item, path))
  } else if (isMap(value)) {
    for (const key in value) {
      within(path, key, () => {
        if (key.startsWith('Fn::') && !functions.has(key))
          refuseFunction(reader, key, value[key] as Value, path)
        // CloudFormation passes a resource's Metadata through without reading it.
        const isMetadata = key === 'Metadata' && path.length === 3 && path[0] === 'Resources'
        if (!isMetadata) checkValue(reader, value[key] as Value, path)
      })
    }
  }
}

function refuseFunction(reader: SectionReader, name: string, argument: Value, path: Path): never {
  if (name === 'Fn::Transform') {
    const macro = isMap(argument) ? argument.Name : argument
    return reader.fail(path, messages.unsupportedTransform(nameOf(macro)))
  }
  if (name.startsWith('Fn::ForEach'))
    return reader.fail(path, messages.unsupportedTransform('AWS::LanguageExtensions (Fn::ForEach)'))
  return reader.fail(path, messages.unsupportedFunction(name))
}

function nameOf(transform: Value | undefined): string {
  const name = isList(transform) ? transform[0] : transform
  return typeof name === 'string' ? name : 'of this kind'
}

function within(path: (string | number)[], step: string | number, check: () => void): void {
  path.push(step)
  check()
  path.pop()
}
