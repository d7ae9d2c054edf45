import {type At, below, failAt} from './evaluation.js'
import {comparable} from './intrinsics/lists.js'
import {shapeProblem} from './intrinsics/shapes.js'
import {messages} from './messages.js'
import type {Template} from './template.js'
import {isMap, type Value} from './value.js'

/** What a boolean expression may mention, which differs between `Conditions` and `Rules`. */
export interface BooleanScope {
  readonly template: Template
  /** The value of an operand of `Fn::Equals`. */
  value(expression: Value, at: At): Value
  condition(name: string, at: At): boolean
  /** The value of a function beyond And, Or, Not and Equals; `undefined` when this scope does not know it. */
  further?(name: string, argument: Value, at: At): boolean | undefined
}

/**
 * The value of a boolean expression, as in `Conditions` and `Rules`. All operands are evaluated, also those that
 * can change nothing any more: CloudFormation finds the mistakes in them too.
 * @throws {TemplateError} in CloudFormation's words
 */
export function booleanValue(scope: BooleanScope, expression: Value, at: At | undefined): boolean {
  const {template} = scope
  const [name = '', ...others] = isMap(expression) ? Object.keys(expression) : []
  if (!isMap(expression) || others.length > 0) return failAt(template, at, messages.notACondition)
  const argument = expression[name] as Value
  const here = below(at, name)
  const problem = shapeProblem(name, argument)
  if (problem !== undefined) failAt(template, here, problem)
  // The shape is right: every function below has a list.
  const operands = argument as readonly Value[]
  const operand = (value: Value, index: number) => booleanValue(scope, value, below(here, index))
  switch (name) {
    case 'Condition':
      return scope.condition(String(argument), here)
    case 'Fn::And':
      return operands.map(operand).every(Boolean)
    case 'Fn::Or':
      return operands.map(operand).some(Boolean)
    case 'Fn::Not':
      return !operand(operands[0] ?? null, 0)
    case 'Fn::Equals': {
      const [left, right] = operands.map((value, index) => comparable(scope.value(value, below(here, index))))
      return left === right
    }
    default:
      return scope.further?.(name, argument, here) ?? failAt(template, here, messages.notACondition)
  }
}
