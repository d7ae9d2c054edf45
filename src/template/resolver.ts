import {Conditions} from './conditions.js'
import {TemplateError} from './error.js'
import {
  type At,
  atPath,
  below,
  type Evaluated,
  type Evaluation,
  failAt,
  type Lookups,
  noValue,
  type PseudoParameters,
} from './evaluation.js'
import {cidr, findInMap, select} from './intrinsics/lists.js'
import {availabilityZones, getAttribute, importValue, reference} from './intrinsics/references.js'
import {shapeProblem} from './intrinsics/shapes.js'
import {base64, join, split, sub} from './intrinsics/strings.js'
import {asText} from './intrinsics/text.js'
import {messages} from './messages.js'
import type {Template} from './template.js'
import {intrinsicOf, isList, isMap, member, type Path, setMember, type Value, type ValueMap} from './value.js'

export interface ResolverInput {
  readonly template: Template
  /** Every parameter's value as text, from `resolveParameters`. */
  readonly parameters: Readonly<Record<string, string>>
  readonly pseudo?: PseudoParameters
  readonly lookups?: Lookups
  /** Whose conditions hold; without it those that the parameters make. */
  readonly conditions?: Pick<Resolver, 'condition'>
}

/** An output whose condition holds, with its expressions evaluated. */
export interface ResolvedOutput {
  readonly name: string
  readonly value: string
  readonly description?: string
  readonly exportName?: string
}

/**
 * Evaluates expressions of one template with one set of parameters. Conditions are evaluated once and
 * remembered; everything else is evaluated anew each time, because what the lookups know changes.
 * All methods throw `TemplateError` in CloudFormation's words, or what a lookup throws.
 */
export interface Resolver {
  condition(name: string): boolean
  /** Whether the condition of a declared resource holds; false for what is not declared. */
  isActive(logicalId: string): boolean
  /** Logical ids of the resources whose condition holds, in the order of the template. */
  activeResources(): string[]
  /** Names of the outputs whose condition holds. */
  activeOutputs(): string[]
  /** `undefined` for `AWS::NoValue`. `where` is the expression's path, for the line of an error. */
  value(expression: Value, where?: Path): Value | undefined
  /** The properties of a resource, without those that are `AWS::NoValue`. */
  properties(logicalId: string): ValueMap
  /** `undefined` when the output's condition is false. */
  output(name: string): ResolvedOutput | undefined
}

type Intrinsic = (evaluation: Evaluation, argument: Value, at: At) => Evaluated

const intrinsics: Readonly<Record<string, Intrinsic>> = {
  Ref: reference,
  'Fn::GetAtt': getAttribute,
  'Fn::Sub': sub,
  'Fn::Join': join,
  'Fn::Select': select,
  'Fn::Split': split,
  'Fn::If': choose,
  'Fn::FindInMap': findInMap,
  'Fn::ImportValue': importValue,
  'Fn::Cidr': cidr,
  'Fn::GetAZs': availabilityZones,
  'Fn::Base64': base64,
}

/** Makes a resolver; cheap, nothing is evaluated yet. */
export function createResolver(input: ResolverInput): Resolver {
  const {template, parameters, pseudo = {}, lookups = {}} = input
  const evaluation: Evaluation = {template, parameters, pseudo, lookups, condition, isActive, evaluate}
  const conditions = new Conditions(evaluation)

  function condition(name: string): boolean {
    return input.conditions?.condition(name) ?? conditions.valueOf(name, messages.unresolvedIf(name))
  }

  function isActive(logicalId: string): boolean {
    const resource = member(template.resources, logicalId)
    if (resource === undefined) return false
    return holds(resource.condition, 'Resources', logicalId)
  }

  function holds(name: string | undefined, block: string, member: string): boolean {
    if (name === undefined) return true
    if (input.conditions) return input.conditions.condition(name)
    return conditions.valueOf(
      name,
      messages.unresolvedCondition(name, block),
      atPath([block, member, 'Condition']),
    )
  }

  function evaluate(expression: Value, at: At | undefined): Evaluated {
    if (isList(expression)) return evaluateList(expression, at)
    if (!isMap(expression)) return expression
    const intrinsic = intrinsicOf(expression)
    if (intrinsic === undefined) return evaluateMap(expression, at)
    const here = below(at, intrinsic.name)
    const problem = shapeProblem(intrinsic.name, intrinsic.argument)
    if (problem !== undefined) failAt(template, here, problem)
    const evaluateIntrinsic = member(intrinsics, intrinsic.name)
    if (evaluateIntrinsic !== undefined) return evaluateIntrinsic(evaluation, intrinsic.argument, here)
    // Boolean functions: only conditions can hold them.
    if (here.parent !== undefined) return conditions.evaluate(expression, here.parent)
    return failAt(template, here, messages.unsupportedFunction(intrinsic.name))
  }

  function evaluateList(list: readonly Value[], at: At | undefined): Value[] {
    const items: Value[] = []
    for (const [index, item] of list.entries()) {
      const value = evaluate(item, below(at, index))
      if (value !== noValue) items.push(value)
    }
    return items
  }

  function evaluateMap(map: ValueMap, at: At | undefined): ValueMap {
    const members: Record<string, Value> = {}
    for (const key in map) {
      const value = evaluate(map[key] as Value, below(at, key))
      if (value !== noValue) setMember(members, key, value)
    }
    return members
  }

  function output(name: string): ResolvedOutput | undefined {
    const declaration = member(template.outputs, name)
    if (declaration === undefined)
      throw new TemplateError(`Output ${name} is not declared`, {source: template.source})
    if (!holds(declaration.condition, 'Outputs', name)) return undefined
    const value = textOf(declaration.value, ['Outputs', name, 'Value'], messages.outputNotText)
    const path = ['Outputs', name, 'Export', 'Name']
    const {exportName} = declaration
    return {
      name,
      value,
      ...(declaration.description !== undefined && {description: declaration.description}),
      ...(exportName !== undefined && {exportName: textOf(exportName, path, messages.exportName(name))}),
    }
  }

  function textOf(expression: Value, path: Path, message: string): string {
    const at = atPath(path)
    return asText(evaluate(expression, at)) ?? failAt(template, at, message)
  }

  return {
    condition,
    isActive,
    activeResources: () => Object.keys(template.resources).filter(isActive),
    activeOutputs: () =>
      Object.keys(template.outputs).filter(name => holds(template.outputs[name]?.condition, 'Outputs', name)),
    value(expression, where = []) {
      const value = evaluate(expression, atPath(where))
      return value === noValue ? undefined : value
    },
    properties(logicalId) {
      const resource = member(template.resources, logicalId)
      if (resource === undefined) {
        throw new TemplateError(`Resource ${logicalId} is not declared`, {source: template.source})
      }
      return evaluateMap(resource.properties, atPath(['Resources', logicalId, 'Properties']))
    },
    output,
  }
}

function choose(evaluation: Evaluation, argument: Value, at: At): Evaluated {
  const [name, whenTrue = null, whenFalse = null] = argument as readonly Value[]
  const isTrue = evaluation.condition(String(name))
  return evaluation.evaluate(isTrue ? whenTrue : whenFalse, below(at, isTrue ? 1 : 2))
}
