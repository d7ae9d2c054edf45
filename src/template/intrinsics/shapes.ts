import {messages} from '../messages.js'
import {intrinsicOf, isList, isMap, isScalar, type Value} from '../value.js'
import {subVariables} from './sub-text.js'

type Shape = (argument: Value) => string | undefined

const shapes: Readonly<Record<string, Shape>> = {
  Ref: argument => unless(typeof argument === 'string', messages.ref),
  'Fn::GetAtt': argument => {
    const isWhole = isList(argument) && argument.length >= 2 && argument.every(part => part !== '')
    return unless(isWhole && typeof argument[0] === 'string' && mayBeText(argument[1]), messages.getAtt)
  },
  'Fn::Join': argument =>
    unless(isPair(argument) && typeof argument[0] === 'string' && mayBeList(argument[1]), messages.join),
  'Fn::Split': argument =>
    unless(
      isPair(argument) && typeof argument[0] === 'string' && argument[0] !== '' && mayBeText(argument[1]),
      messages.split,
    ),
  'Fn::Sub': subShape,
  'Fn::Select': argument =>
    unless(isPair(argument) && mayBeWhole(argument[0]) && mayBeList(argument[1]), messages.select),
  // A fourth element, DefaultValue, belongs to the language extensions, which are macros.
  'Fn::FindInMap': argument =>
    unless(isList(argument) && argument.length === 3 && argument.every(mayBeText), messages.findInMap),
  'Fn::If': argument =>
    unless(isList(argument) && argument.length === 3 && typeof argument[0] === 'string', messages.if),
  'Fn::Equals': argument => unless(isPair(argument), messages.equals),
  'Fn::And': argument => unless(isList(argument) && isCount(argument, 2, 10), messages.andOr('Fn::And')),
  'Fn::Or': argument => unless(isList(argument) && isCount(argument, 2, 10), messages.andOr('Fn::Or')),
  'Fn::Not': argument => unless(isList(argument) && argument.length === 1, messages.not),
  'Fn::Base64': argument => unless(mayBeText(argument), messages.base64),
  'Fn::ImportValue': argument => unless(mayBeText(argument), messages.importValue),
  'Fn::GetAZs': argument => unless(mayBeText(argument), messages.getAzs),
  'Fn::Cidr': argument =>
    unless(
      isList(argument) &&
        argument.length === 3 &&
        mayBeText(argument[0]) &&
        argument.slice(1).every(mayBeWhole),
      messages.cidr,
    ),
}

/** What is wrong with the argument of a function before anything is evaluated, in CloudFormation's words. */
export function shapeProblem(name: string, argument: Value): string | undefined {
  return Object.hasOwn(shapes, name) ? shapes[name]?.(argument) : undefined
}

function subShape(argument: Value): string | undefined {
  const [text, variables] = isList(argument) ? argument : [argument]
  const isWhole =
    typeof text === 'string' && (!isList(argument) || (argument.length === 2 && isMap(variables)))
  if (!isWhole) return messages.sub
  const isNamed = subVariables(text).every(variable => /^[A-Za-z0-9_.:]+$/.test(variable))
  return unless(isNamed, messages.subVariable)
}

function unless(isRight: boolean, message: string): string | undefined {
  return isRight ? undefined : message
}

function isPair(value: Value): value is readonly Value[] {
  return isList(value) && value.length === 2
}

function isCount(list: readonly Value[], low: number, high: number): boolean {
  return list.length >= low && list.length <= high
}

function mayBeText(value: Value | undefined): boolean {
  return isScalar(value) || isFunction(value)
}

function mayBeList(value: Value | undefined): boolean {
  return isList(value) || isFunction(value)
}

function mayBeWhole(value: Value | undefined): boolean {
  return isFunction(value) || (isScalar(value) && /^[0-9]+$/.test(String(value)))
}

function isFunction(value: Value | undefined): boolean {
  return isMap(value) && intrinsicOf(value) !== undefined
}
