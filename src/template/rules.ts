import {type BooleanScope, booleanValue} from './boolean.js'
import {type At, atPath, failAt, pathOf} from './evaluation.js'
import {messages} from './messages.js'
import {referencesIn} from './references.js'
import {createResolver, type Resolver, type ResolverInput} from './resolver.js'
import type {Template} from './template.js'
import {isList, isMap, isScalar, type Value} from './value.js'

/** An assertion of the `Rules` section that does not hold. */
export interface RuleFinding {
  readonly rule: string
  /** The rule's `AssertDescription`. */
  readonly message: string
  readonly line: number
  /** The parameters that the rule is about, each once. */
  readonly parameters: readonly string[]
}

/**
 * Evaluates the `Rules` section: every assertion of each rule whose `RuleCondition` holds or is absent.
 * `Fn::ValueOf` and `Fn::ValueOfAll` are refused by name: they ask about resources in the account.
 * @throws {TemplateError} when a rule is malformed
 */
export function checkRules(input: ResolverInput): RuleFinding[] {
  const {template} = input
  const scope = ruleScope(template, createResolver(input))
  const findings: RuleFinding[] = []
  for (const [rule, {condition, assertions}] of Object.entries(template.rules)) {
    const path = ['Rules', rule]
    if (condition !== undefined && !booleanValue(scope, condition, atPath([...path, 'RuleCondition'])))
      continue
    for (const [index, {assert, description}] of assertions.entries()) {
      const at = [...path, 'Assertions', index]
      if (booleanValue(scope, assert, atPath([...at, 'Assert']))) continue
      findings.push({
        rule,
        message: description ?? `Assertion of rule ${rule} failed`,
        line: template.lineOf(at),
        parameters: [...new Set(referencesIn([condition ?? null, assert]).map(({name}) => name))],
      })
    }
  }
  return findings
}

type CompareLists = (left: readonly string[], right: readonly string[]) => boolean

/** The functions that only rules know. */
const listFunctions: ReadonlyMap<string, CompareLists> = new Map([
  ['Fn::Contains', (list, values) => values.every(value => list.includes(value))],
  ['Fn::EachMemberIn', (members, list) => members.every(item => list.includes(item))],
  ['Fn::EachMemberEquals', (list, [value]) => list.every(item => item === value)],
])

function ruleScope(template: Template, resolver: Resolver): BooleanScope {
  return {
    template,
    value,
    condition: name => resolver.condition(name),
    further(name, argument, at) {
      if (isValueOf(name)) return failAt(template, at, messages.ruleFunction(name))
      const compare = listFunctions.get(name)
      if (compare === undefined) return undefined
      const [left, right] = (isList(argument) ? argument : []).map(operand => {
        const items = [value(operand, at)].flat()
        return items.every(isScalar) ? items.map(String) : failAt(template, at, messages.ruleArguments(name))
      })
      if (left === undefined || right === undefined) return failAt(template, at, messages.ruleArguments(name))
      return compare(left, right)
    },
  }

  function value(expression: Value, at: At | undefined): Value {
    const [name = ''] = isMap(expression) ? Object.keys(expression) : []
    if (isValueOf(name)) return failAt(template, at, messages.ruleFunction(name))
    if (isMap(expression) && name === 'Fn::RefAll') return everyValue(String(expression[name]))
    return resolver.value(expression, pathOf(at)) ?? null
  }

  /** `Fn::RefAll`: the values of all parameters of a type. */
  function everyValue(type: string): Value {
    return Object.entries(template.parameters)
      .filter(([, declaration]) => declaration.type === type)
      .flatMap(([name]) => resolver.value({Ref: name}, ['Rules']) ?? [])
  }
}

/** `Fn::ValueOf` and `Fn::ValueOfAll`. */
function isValueOf(name: string): boolean {
  return name.startsWith('Fn::ValueOf')
}
