import {messages} from '../messages.js'
import type {ParameterDeclaration} from '../template.js'
import {emptyRecord, isList, isScalar, member, type ValueMap} from '../value.js'
import type {SectionReader} from './reader.js'

const known = new Set([
  ...['Type', 'Default', 'Description', 'NoEcho', 'AllowedValues', 'AllowedPattern', 'ConstraintDescription'],
  ...['MinLength', 'MaxLength', 'MinValue', 'MaxValue'],
])

/** Reads the `Parameters` section. */
export function readParameters(reader: SectionReader): Record<string, ParameterDeclaration> {
  const parameters = emptyRecord<ParameterDeclaration>()
  for (const [name, value] of Object.entries(reader.section('Parameters'))) {
    const path = ['Parameters', name]
    const map = reader.object(value, path, 'Parameters')
    const unknown = Object.keys(map).find(key => !known.has(key))
    if (unknown !== undefined) reader.fail([...path, unknown], messages.unknownParameterMember(unknown))
    parameters[name] = readParameter(reader, map, path)
  }
  return parameters
}

function readParameter(reader: SectionReader, map: ValueMap, path: readonly string[]): ParameterDeclaration {
  const text = (name: string) => reader.text(map, name, path)
  const number = (name: string) => {
    const value = text(name)
    if (value === undefined) return undefined
    return Number.isNaN(Number(value))
      ? reader.fail([...path, name], messages.memberNotText(name))
      : Number(value)
  }
  return {
    type: text('Type') ?? reader.fail(path, messages.missingType(`/${path.join('/')}`, 'Parameters')),
    noEcho: text('NoEcho')?.toLowerCase() === 'true',
    get line() {
      return reader.lineOf(path)
    },
    ...defined({
      default: text('Default'),
      description: text('Description'),
      allowedValues: allowedValues(reader, map, path),
      allowedPattern: text('AllowedPattern'),
      constraintDescription: text('ConstraintDescription'),
      minLength: number('MinLength'),
      maxLength: number('MaxLength'),
      minValue: number('MinValue'),
      maxValue: number('MaxValue'),
    }),
  }
}

function allowedValues(reader: SectionReader, map: ValueMap, path: readonly string[]): string[] | undefined {
  const values = member(map, 'AllowedValues')
  if (values === undefined) return undefined
  const at = [...path, 'AllowedValues']
  if (!isList(values)) return reader.fail(at, messages.memberNotText('AllowedValues'))
  return values.map((value, index) =>
    isScalar(value)
      ? String(value)
      : reader.fail([...at, index] as string[], messages.memberNotText('AllowedValues')),
  )
}

/** Leaves out what is undefined, so that declarations compare and print without holes. */
export function defined<T extends object>(fields: T): {[K in keyof T]?: Exclude<T[K], undefined>} {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>
  }
}
