import {type At, below, type Evaluation, failAt, noValue} from './evaluation.js'
import {comparable} from './intrinsics/lists.js'
import {shapeProblem} from './intrinsics/shapes.js'
import {messages} from './messages.js'
import {isMap, member, type Value} from './value.js'

/** Evaluates the named conditions of a template, each once. */
export class Conditions {
  readonly #evaluation: Evaluation
  readonly #known = new Map<string, boolean>()
  readonly #open: string[] = []

  constructor(evaluation: Evaluation) {
    this.#evaluation = evaluation
  }

  /** The value of a condition that is named in the section `block`. */
  valueOf(name: string, notFound: string, at?: At): boolean {
    const known = this.#known.get(name)
    if (known !== undefined) return known
    const {template} = this.#evaluation
    const expression = member(template.conditions, name)
    if (expression === undefined) failAt(template, at, notFound)
    const opened = this.#open.indexOf(name)
    if (opened !== -1) failAt(template, at, messages.circularConditions(this.#open.slice(opened)))
    this.#open.push(name)
    try {
      const value = this.evaluate(expression as Value, below({step: 'Conditions'}, name))
      this.#known.set(name, value)
      return value
    } finally {
      this.#open.pop()
    }
  }

  /** The value of a boolean expression, as in `Conditions` and `Rules`. */
  evaluate(expression: Value, at: At): boolean {
    const {template} = this.#evaluation
    const [name = '', ...others] = isMap(expression) ? Object.keys(expression) : []
    if (!isMap(expression) || others.length > 0) return failAt(template, at, messages.notACondition)
    const argument = expression[name] as Value
    const here = below(at, name)
    const problem = shapeProblem(name, argument)
    if (problem !== undefined) failAt(template, here, problem)
    const operands = argument as readonly Value[]
    const operand = (value: Value, index: number) => this.evaluate(value, below(here, index))
    switch (name) {
      case 'Condition':
        return this.valueOf(
          String(argument),
          messages.unresolvedCondition(String(argument), 'Conditions'),
          here,
        )
      case 'Fn::And':
        return operands.map(operand).every(Boolean)
      case 'Fn::Or':
        return operands.map(operand).some(Boolean)
      case 'Fn::Not':
        return !operand(operands[0] ?? null, 0)
      case 'Fn::Equals':
        return this.#equals(operands, here)
      default:
        return failAt(template, here, messages.notACondition)
    }
  }

  #equals(operands: readonly Value[], at: At): boolean {
    const [left, right] = operands.map((operand, index) => {
      const value = this.#evaluation.evaluate(operand, below(at, index))
      return value === noValue ? failAt(this.#evaluation.template, at, messages.equals) : comparable(value)
    })
    return left === right
  }
}
