import {TemplateError} from './error.js'
import {comparable} from './intrinsics/lists.js'
import {shapeProblem} from './intrinsics/shapes.js'
import {messages} from './messages.js'
import {createResolver, type Resolver, type ResolverInput} from './resolver.js'
import {isList, isMap, isScalar, type Path, type Value} from './value.js'

/** An assertion of the `Rules` section that does not hold. */
export interface RuleFinding {
  readonly rule: string
  /** The rule's `AssertDescription`. */
  readonly message: string
  readonly line: number
}

/**
 * Evaluates the `Rules` section: every assertion of each rule whose `RuleCondition` holds or is absent.
 * `Fn::ValueOf` and `Fn::ValueOfAll` are refused by name: they ask about resources in the account.
 * @throws {TemplateError} when a rule is malformed
 */
export function checkRules(input: ResolverInput): RuleFinding[] {
  const {template} = input
  const resolver = createResolver(input)
  const findings: RuleFinding[] = []
  for (const [rule, {condition, assertions}] of Object.entries(template.rules)) {
    const path = ['Rules', rule]
    if (condition !== undefined && !holds(condition, [...path, 'RuleCondition'])) continue
    for (const [index, {assert, description}] of assertions.entries()) {
      const at = [...path, 'Assertions', index]
      if (holds(assert, [...at, 'Assert'])) continue
      findings.push({
        rule,
        message: description ?? `Assertion of rule ${rule} failed`,
        line: template.lineOf(at),
      })
    }
  }
  return findings

  function holds(expression: Value, path: Path): boolean {
    return new RuleEvaluation(input, resolver).holds(expression, path)
  }
}

class RuleEvaluation {
  readonly #input: ResolverInput
  readonly #resolver: Resolver

  constructor(input: ResolverInput, resolver: Resolver) {
    this.#input = input
    this.#resolver = resolver
  }

  holds(expression: Value, path: Path): boolean {
    const [name = '', ...others] = isMap(expression) ? Object.keys(expression) : []
    if (!isMap(expression) || others.length > 0) return this.#fail(path, messages.notACondition)
    const argument = expression[name] as Value
    const at = [...path, name]
    const problem = shapeProblem(name, argument)
    if (problem !== undefined) this.#fail(at, problem)
    const operands = isList(argument) ? argument : [argument]
    const operand = (value: Value, index: number) => this.holds(value, [...at, index])
    switch (name) {
      case 'Fn::And':
        return operands.map(operand).every(Boolean)
      case 'Fn::Or':
        return operands.map(operand).some(Boolean)
      case 'Fn::Not':
        return operands.map(operand).every(value => !value)
      case 'Fn::Equals':
        return comparable(this.#value(operands[0], at)) === comparable(this.#value(operands[1], at))
      case 'Fn::Contains':
        return this.#compareLists(name, operands, at, (list, values) =>
          values.every(value => list.includes(value)),
        )
      case 'Fn::EachMemberIn':
        return this.#compareLists(name, operands, at, (members, list) =>
          members.every(item => list.includes(item)),
        )
      case 'Fn::EachMemberEquals':
        return this.#compareLists(name, operands, at, (list, [value]) => list.every(item => item === value))
      case 'Condition':
        return this.#resolver.condition(String(argument))
      default:
        return this.#fail(
          at,
          name.startsWith('Fn::ValueOf') ? messages.ruleFunction(name) : messages.notACondition,
        )
    }
  }

  #compareLists(
    name: string,
    operands: readonly Value[],
    path: Path,
    compare: (left: readonly string[], right: readonly string[]) => boolean,
  ): boolean {
    const [left, right] = operands.map(operand => {
      const value = this.#value(operand, path)
      const items = isList(value) ? value : [value]
      return items.every(isScalar) ? items.map(String) : this.#fail(path, messages.ruleArguments(name))
    })
    if (left === undefined || right === undefined) return this.#fail(path, messages.ruleArguments(name))
    return compare(left, right)
  }

  #value(expression: Value | undefined, path: Path): Value {
    if (isMap(expression) && typeof expression['Fn::RefAll'] === 'string') {
      return this.#everyValue(expression['Fn::RefAll'])
    }
    if (isMap(expression) && Object.keys(expression).some(name => name.startsWith('Fn::ValueOf'))) {
      return this.#fail(path, messages.ruleFunction(Object.keys(expression)[0] ?? ''))
    }
    return this.#resolver.value(expression ?? null, path) ?? null
  }

  /** `Fn::RefAll`: the values of all parameters of a type. */
  #everyValue(type: string): Value {
    const {template} = this.#input
    return Object.entries(template.parameters)
      .filter(([, declaration]) => declaration.type === type)
      .flatMap(([name]) => this.#resolver.value({Ref: name}, ['Rules']) ?? [])
  }

  #fail(path: Path, message: string): never {
    const {template} = this.#input
    throw new TemplateError(message, {source: template.source, line: template.lineOf(path)})
  }
}
