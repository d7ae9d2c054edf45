import type {Template} from './template.js'
import {intrinsicOf, isList, isMap, type Path, type Value} from './value.js'

/** One `Fn::ImportValue`; `expression` gives the name of the export. */
export interface Import {
  readonly expression: Value
  readonly path: Path
  readonly line: number
  /** The resource that imports, when it is one. */
  readonly logicalId?: string
}

/** One output with an `Export`. */
export interface Export {
  readonly output: string
  /** Gives the name of the export. */
  readonly expression: Value
  readonly condition?: string
  readonly line: number
}

/** Every import of a template, in the order of the text, whatever its conditions. */
export function importsOf(template: Template): Import[] {
  const found: Import[] = []
  for (const [logicalId, {properties}] of Object.entries(template.resources)) {
    visit(properties, ['Resources', logicalId, 'Properties'])
  }
  for (const [name, {value}] of Object.entries(template.outputs)) visit(value, ['Outputs', name, 'Value'])
  return found

  function visit(value: Value, path: Path): void {
    if (isList(value)) {
      for (const [index, item] of value.entries()) visit(item, [...path, index])
    } else if (isMap(value)) {
      const intrinsic = intrinsicOf(value)
      if (intrinsic?.name === 'Fn::ImportValue') add(intrinsic.argument, [...path, intrinsic.name])
      else for (const [key, item] of Object.entries(value)) visit(item, [...path, key])
    }
  }

  function add(expression: Value, path: Path): void {
    const [section, name] = path
    const owner = section === 'Resources' ? {logicalId: String(name)} : {}
    found.push({expression, path, line: template.lineOf(path), ...owner})
  }
}

/** Every export of a template, in the order of the text, whatever its conditions. */
export function exportsOf(template: Template): Export[] {
  return Object.entries(template.outputs).flatMap(([output, {exportName, condition, line}]) =>
    exportName === undefined
      ? []
      : [{output, expression: exportName, line, ...(condition !== undefined && {condition})}],
  )
}
