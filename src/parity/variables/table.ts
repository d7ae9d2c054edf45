import {parse} from 'yaml'
import {isObject, type Json, type JsonObject} from '../json.js'

/** Where a parameter gets its value. */
export interface Source {
  /** A variable, `module.mcp_gateway.cpu` for an input of a module. */
  readonly from: string | undefined
  /** Variables that must be true, or must not be. */
  readonly if: string | undefined
  readonly unless: string | undefined
  readonly as: 'scalar' | 'list' | 'repository' | 'tag'
  /** Of any resource of a type. */
  readonly attribute: {readonly type: string; readonly name: string} | undefined
  /** A parameter that must not be empty; without a value there, the parameter keeps its default. */
  readonly with: string | undefined
  /** Where no resource has a value there. */
  readonly else: string | undefined
  readonly value: string | undefined
  /** A value that breaks the constraint of the parameter is compared all the same. */
  readonly beyond: boolean
}

/** One row of the table in docs/infrastructure.md. */
export interface VariableRow {
  readonly terraform: readonly string[]
  /** By name; without a source it keeps its default. */
  readonly parameters: ReadonlyMap<string, readonly Source[]>
  /** Of the region of the comparison. */
  readonly region: readonly Source[]
  readonly note: string | undefined
  readonly difference: string | undefined
}

const conversions = ['scalar', 'list', 'repository', 'tag'] as const

/**
 * Reads parity/variables.yaml.
 * @throws an Error that names the row: the file is part of the package, and no input
 */
export function readVariables(text: string): VariableRow[] {
  const rows: unknown = parse(text)
  if (!Array.isArray(rows)) throw new Error('parity/variables.yaml is no list of rows.')
  return rows.map(readRow)
}

function readRow(row: Json, index: number): VariableRow {
  const where = `parity/variables.yaml, row ${index + 1}`
  const {terraform = [], parameters = {}, region, note, difference, ...rest} = mapAt(row, where)
  refuseUnknown(rest, where)
  if (!Array.isArray(terraform)) throw new Error(`${where}: \`terraform\` is no list.`)
  return {
    terraform: terraform.map(name => textAt(name, where)),
    parameters: new Map(
      Object.entries(mapAt(parameters, where)).map(([name, source]) => [
        name,
        sourcesAt(source, `${where}, ${name}`),
      ]),
    ),
    region: sourcesAt(region ?? null, where),
    note: optionalText(note, where),
    difference: optionalText(difference, where),
  }
}

function sourcesAt(value: Json, where: string): Source[] {
  if (value === null) return []
  const sources: readonly Json[] = Array.isArray(value) ? value : [value]
  return sources.map(source => sourceAt(source, where))
}

function sourceAt(source: Json, where: string): Source {
  const {from, if: condition, unless, as = 'scalar', attribute, with: beside, ...rest} = mapAt(source, where)
  const {else: other, value, beyond = false, ...unknown} = rest
  refuseUnknown(unknown, where)
  const conversion = conversions.find(one => one === as)
  if (conversion === undefined) throw new Error(`${where}: there is no conversion ${JSON.stringify(as)}.`)
  return {
    from: optionalText(from, where),
    if: optionalText(condition, where),
    unless: optionalText(unless, where),
    as: conversion,
    attribute: attributeAt(optionalText(attribute, where), where),
    with: optionalText(beside, where),
    else: optionalText(other, where),
    value: optionalText(value, where),
    beyond: beyond === true,
  }
}

function attributeAt(text: string | undefined, where: string): Source['attribute'] {
  if (text === undefined) return undefined
  const [type, name, more] = text.split('.')
  if (!type || !name || more !== undefined) throw new Error(`${where}: ${text} is not TYPE.NAME.`)
  return {type, name}
}

function mapAt(value: Json | undefined, where: string): JsonObject {
  if (!isObject(value)) throw new Error(`${where}: a map is expected.`)
  return value
}

function refuseUnknown(rest: JsonObject, where: string): void {
  const [name] = Object.keys(rest)
  if (name !== undefined) throw new Error(`${where}: \`${name}\` means nothing.`)
}

function optionalText(value: Json | undefined, where: string): string | undefined {
  return value === undefined ? undefined : textAt(value, where)
}

function textAt(value: Json | undefined, where: string): string {
  if (typeof value !== 'string') throw new Error(`${where}: a text is expected.`)
  return value
}
