import {messages} from './messages.js'
import {isListType, isNumberType, listItems} from './parameter-types.js'
import {matchesPattern} from './pattern.js'
import type {ParameterDeclaration} from './template.js'

/** CloudFormation's limit for the value of a parameter, in bytes. */
export const maxValueBytes = 4096

const numberText = /^\s*[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?\s*$/

/**
 * The first constraint that a value breaks, in CloudFormation's words, or `undefined`. Lists are checked item
 * by item; for SSM types the value is the name of the SSM parameter, and that is what CloudFormation checks.
 * @param limitMs as for `matchesPattern`
 */
export function brokenConstraint(
  name: string,
  declaration: ParameterDeclaration,
  value: string,
  limitMs?: number,
): string | undefined {
  if (Buffer.byteLength(value) > maxValueBytes) return messages.valueTooLong(name)
  const items = isListType(declaration.type) ? listItems(value) : [value]
  for (const item of items) {
    const match = matchOf(declaration, item, limitMs)
    // No words of the template's describe this.
    if (match === 'too-slow') return messages.slowPattern(name)
    const message = brokenBy(name, declaration, item, match)
    if (message === undefined) continue
    const description = declaration.constraintDescription
    return description === undefined ? message : messages.constraint(name, description)
  }
  return undefined
}

type Match = ReturnType<typeof matchesPattern>

function matchOf({allowedPattern}: ParameterDeclaration, item: string, limitMs?: number): Match {
  return allowedPattern === undefined ? undefined : matchesPattern(allowedPattern, item, limitMs)
}

function brokenBy(
  name: string,
  declaration: ParameterDeclaration,
  item: string,
  match: Match,
): string | undefined {
  const {type, allowedValues, allowedPattern, minLength, maxLength, minValue, maxValue} = declaration
  if (isNumberType(type)) {
    if (!numberText.test(item)) return messages.number(name)
    if (minValue !== undefined && Number(item) < minValue) return messages.minValue(name, minValue)
    if (maxValue !== undefined && Number(item) > maxValue) return messages.maxValue(name, maxValue)
  }
  if (allowedValues !== undefined && !allowedValues.includes(item)) return messages.allowedValues(name)
  if (allowedPattern !== undefined && match === false) {
    return messages.pattern(name, allowedPattern)
  }
  if (minLength !== undefined && item.length < minLength) return messages.minLength(name, minLength)
  if (maxLength !== undefined && item.length > maxLength) return messages.maxLength(name, maxLength)
  return undefined
}
