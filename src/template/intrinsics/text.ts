import {type At, type Evaluated, type Evaluation, failAt, noValue} from '../evaluation.js'
import {isList, isScalar, type Value} from '../value.js'

/** Evaluates to text, with numbers and booleans written out; `message` if it is anything else. */
export function textFrom(evaluation: Evaluation, value: Value, at: At, message: string): string {
  return asText(evaluation.evaluate(value, at)) ?? failAt(evaluation.template, at, message)
}

/** Evaluates to a list; `message` if it is anything else. */
export function listFrom(evaluation: Evaluation, value: Value, at: At, message: string): readonly Value[] {
  const list = evaluation.evaluate(value, at)
  return list !== noValue && isList(list) ? list : failAt(evaluation.template, at, message)
}

export function wholeFrom(evaluation: Evaluation, value: Value, at: At, message: string): number {
  const text = textFrom(evaluation, value, at, message)
  return /^[0-9]+$/.test(text) ? Number(text) : failAt(evaluation.template, at, message)
}

/** Scalars as text, in the way CloudFormation puts them into text; `undefined` for anything else. */
export function asText(value: Evaluated): string | undefined {
  return value !== noValue && isScalar(value) ? String(value) : undefined
}
