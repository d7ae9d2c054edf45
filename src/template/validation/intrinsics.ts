import {shapeProblem} from '../intrinsics/shapes.js'
import {messages} from '../messages.js'
import {referencesIn} from '../references.js'
import type {Template} from '../template.js'
import {intrinsicOf, isList, isMap, member, type Path, type Value} from '../value.js'
import {problem, type TemplateProblem} from './problem.js'

/** Malformed functions in an expression, and names in them of conditions and mappings that do not exist. */
export function intrinsicProblems(template: Template, expression: Value, path: Path): TemplateProblem[] {
  const found: TemplateProblem[] = []
  visit(expression, path)
  return found

  function visit(value: Value, at: Path): void {
    if (isList(value)) {
      for (const [index, item] of value.entries()) visit(item, [...at, index])
    } else if (isMap(value)) {
      const intrinsic = intrinsicOf(value)
      if (intrinsic !== undefined) visitFunction(intrinsic.name, intrinsic.argument, [...at, intrinsic.name])
      else for (const [key, item] of Object.entries(value)) visit(item, [...at, key])
    }
  }

  function visitFunction(name: string, argument: Value, at: Path): void {
    const message = shapeProblem(name, argument) ?? unknownName(template, name, argument)
    if (message === undefined) visit(argument, at)
    else found.push(problem(template, at, message))
  }
}

function unknownName(template: Template, name: string, argument: Value): string | undefined {
  const first = isList(argument) ? argument[0] : argument
  if (name === 'Fn::If' && !Object.hasOwn(template.conditions, String(first))) {
    return messages.unresolvedIf(String(first))
  }
  if (name === 'Fn::FindInMap' && typeof first === 'string' && !Object.hasOwn(template.mappings, first)) {
    return messages.mappingMissing(first)
  }
  if (name === 'Fn::FindInMap') return missingInMap(template, argument)
  if (name === 'Fn::ImportValue' && dependsOnMore(template, argument)) return messages.importDependsOn
  return undefined
}

/** What is written out is looked up at once, whatever the conditions say. */
function missingInMap({mappings}: Template, argument: Value): string | undefined {
  if (!isList(argument) || !argument.every(key => typeof key === 'string')) return undefined
  const [map = '', top = '', second = ''] = argument as readonly string[]
  const attributes = member(mappings[map] ?? {}, top)
  return isMap(attributes) && member(attributes, second) !== undefined
    ? undefined
    : messages.mappingKeyMissing(map, top, second)
}

function dependsOnMore(template: Template, argument: Value): boolean {
  const text = JSON.stringify(argument)
  if (text.includes('"Fn::ImportValue"') || text.includes('"Fn::GetAZs"')) return true
  return referencesIn(argument).some(({name}) => Object.hasOwn(template.resources, name))
}
