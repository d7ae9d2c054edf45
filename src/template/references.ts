import {subVariables} from './intrinsics/sub-text.js'
import {splitAttribute} from './source/tags.js'
import {intrinsicOf, isList, isMap, type Path, type Value} from './value.js'

/** One mention of a parameter, pseudo parameter or resource inside an expression. */
export interface Reference {
  readonly kind: 'Ref' | 'GetAtt' | 'Sub'
  /** What is mentioned; for an attribute the resource. */
  readonly name: string
  /** The attribute, for `Fn::GetAtt` and `${A.B}`; absent when it is itself an expression. */
  readonly attribute?: string
  /** True inside a branch of `Fn::If` that may not be taken. */
  readonly conditional: boolean
  readonly path: Path
}

export interface ReferenceWalk {
  /** Where the expression is, for the paths of what is found in it. */
  readonly path?: Path
  /** Values of the conditions; with it only the taken branch of each `Fn::If` is walked, else both. */
  readonly condition?: (name: string) => boolean
}

/** Every reference in an expression, in the order of the text. */
export function referencesIn(expression: Value, walk: ReferenceWalk = {}): Reference[] {
  const found: Reference[] = []
  visit(expression, [...(walk.path ?? [])], false)
  return found

  function visit(value: Value, path: (string | number)[], conditional: boolean): void {
    if (isList(value)) {
      for (const [index, item] of value.entries()) visit(item, [...path, index], conditional)
      return
    }
    if (!isMap(value)) return
    const intrinsic = intrinsicOf(value)
    if (intrinsic === undefined) {
      for (const [key, item] of Object.entries(value)) visit(item, [...path, key], conditional)
      return
    }
    visitFunction(intrinsic.name, intrinsic.argument, [...path, intrinsic.name], conditional)
  }

  function visitFunction(
    name: string,
    argument: Value,
    path: (string | number)[],
    conditional: boolean,
  ): void {
    if (name === 'Ref' && typeof argument === 'string') {
      found.push({kind: 'Ref', name: argument, conditional, path})
    } else if (name === 'Fn::GetAtt' && isList(argument)) {
      const [resource, ...attribute] = argument
      const isKnown = attribute.every(part => typeof part === 'string')
      if (typeof resource === 'string') {
        found.push({
          kind: 'GetAtt',
          name: resource,
          ...(isKnown && {attribute: attribute.join('.')}),
          conditional,
          path,
        })
      }
      visit(attribute, path, conditional)
    } else if (name === 'Fn::Sub') {
      visitSub(argument, path, conditional)
    } else if (name === 'Fn::If' && isList(argument) && argument.length === 3) {
      visitIf(argument, path, conditional)
    } else {
      visit(argument, path, conditional)
    }
  }

  function visitSub(argument: Value, path: (string | number)[], conditional: boolean): void {
    const [text, variables] = isList(argument) ? argument : [argument]
    if (typeof text !== 'string') return
    const local = isMap(variables) ? variables : {}
    for (const variable of subVariables(text)) {
      if (Object.hasOwn(local, variable)) continue
      const [name = '', attribute] = splitAttribute(variable)
      found.push({kind: 'Sub', name, ...(attribute !== undefined && {attribute}), conditional, path})
    }
    for (const [key, value] of Object.entries(local)) visit(value, [...path, 1, key], conditional)
  }

  function visitIf(argument: readonly Value[], path: (string | number)[], conditional: boolean): void {
    const [name, whenTrue = null, whenFalse = null] = argument
    if (walk.condition === undefined || typeof name !== 'string') {
      visit(whenTrue, [...path, 1], true)
      visit(whenFalse, [...path, 2], true)
    } else if (walk.condition(name)) {
      visit(whenTrue, [...path, 1], conditional)
    } else {
      visit(whenFalse, [...path, 2], conditional)
    }
  }
}
