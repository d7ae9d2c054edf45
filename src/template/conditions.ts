import {type BooleanScope, booleanValue} from './boolean.js'
import {type At, below, type Evaluation, failAt, noValue} from './evaluation.js'
import {messages} from './messages.js'
import {member, type Value} from './value.js'

/** Evaluates the named conditions of a template, each once. */
export class Conditions {
  readonly #evaluation: Evaluation
  readonly #known = new Map<string, boolean>()
  readonly #open: string[] = []
  readonly #scope: BooleanScope

  constructor(evaluation: Evaluation) {
    this.#evaluation = evaluation
    this.#scope = {
      template: evaluation.template,
      value: (expression, at) => this.#value(expression, at),
      condition: (name, at) => this.valueOf(name, messages.unresolvedCondition(name, 'Conditions'), at),
    }
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

  /** The value of a boolean expression in which conditions are named. */
  evaluate(expression: Value, at: At): boolean {
    return booleanValue(this.#scope, expression, at)
  }

  #value(expression: Value, at: At): Value {
    const value = this.#evaluation.evaluate(expression, at)
    return value === noValue ? failAt(this.#evaluation.template, at, messages.equals) : value
  }
}
