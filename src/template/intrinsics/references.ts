import {type At, below, blockOf, type Evaluated, type Evaluation, failAt, noValue} from '../evaluation.js'
import {messages} from '../messages.js'
import {parameterValue} from '../parameter-types.js'
import {member, type Value} from '../value.js'
import {textFrom} from './text.js'

/** `Ref`: a pseudo parameter, a parameter, or the physical id of a resource. */
export function reference(evaluation: Evaluation, argument: Value, at: At): Evaluated {
  const name = String(argument)
  if (name === 'AWS::NoValue') return noValue
  const pseudo = member(evaluation.pseudo as Readonly<Record<string, string | readonly string[]>>, name)
  if (pseudo !== undefined) return pseudo
  const parameter = member(evaluation.template.parameters, name)
  if (parameter !== undefined) {
    const text = member(evaluation.parameters, name)
    if (text === undefined) return failAt(evaluation.template, at, messages.missingValues([name]))
    return parameterValue(parameter.type, text, evaluation.lookups.ssmParameter)
  }
  checkResource(evaluation, name, at, messages.unresolved([name], blockOf(at)))
  return lookUp(evaluation, at, 'ref', name)
}

/** `Fn::GetAtt`: `[logicalId, attribute]`, of which the attribute may be an expression. */
export function getAttribute(evaluation: Evaluation, argument: Value, at: At): Evaluated {
  const [logicalId, ...parts] = argument as readonly Value[]
  const name = String(logicalId)
  checkResource(evaluation, name, at, messages.undefinedGetAtt(name))
  const attribute = parts.map((part, index) =>
    textFrom(evaluation, part, below(at, index + 1), messages.getAtt),
  )
  return lookUp(evaluation, at, 'getAtt', name, attribute.join('.'))
}

/** `Fn::ImportValue`. */
export function importValue(evaluation: Evaluation, argument: Value, at: At): Evaluated {
  if (blockOf(at) === 'Conditions') {
    return failAt(evaluation.template, at, messages.functionInConditions('Fn::ImportValue'))
  }
  return lookUp(evaluation, at, 'importValue', textFrom(evaluation, argument, at, messages.importValue))
}

/** `Fn::GetAZs`: of a region, or of the stack's own for empty text. */
export function availabilityZones(evaluation: Evaluation, argument: Value, at: At): Evaluated {
  const named = textFrom(evaluation, argument, at, messages.getAzs)
  const region = named === '' ? String(reference(evaluation, 'AWS::Region', at)) : named
  return lookUp(evaluation, at, 'availabilityZones', region)
}

function checkResource(evaluation: Evaluation, name: string, at: At, whenUndefined: string): void {
  const {template} = evaluation
  if (blockOf(at) === 'Conditions') failAt(template, at, messages.resourceInConditions([name]))
  if (!Object.hasOwn(template.resources, name)) failAt(template, at, whenUndefined)
  // A resource that is declared but not made is as unresolved as one that is not declared.
  if (!evaluation.isActive(name)) failAt(template, at, messages.unresolved([name], blockOf(at)))
}

function lookUp(
  {lookups, template}: Evaluation,
  at: At,
  kind: 'ref' | 'getAtt' | 'importValue' | 'availabilityZones',
  ...names: [string, string?]
): Evaluated {
  const lookup = lookups[kind] as ((...names: unknown[]) => unknown) | undefined
  if (lookup === undefined)
    return failAt(template, at, `${names.join('.')} is not known before the stack exists`)
  // What a lookup gives comes from outside and is passed on as it is.
  return lookup.call(lookups, ...names) as Value
}
