import {brokenConstraint, maxValueBytes} from '../constraints.js'
import {findDynamicReferences} from '../dynamic-references.js'
import {messages} from '../messages.js'
import {isNumberType, isParameterType} from '../parameter-types.js'
import {isPattern} from '../pattern.js'
import type {ParameterDeclaration, Template} from '../template.js'
import {problem, type TemplateProblem} from './problem.js'

/** Declarations that contradict themselves, including defaults that break their own constraints. */
export function parameterProblems(template: Template): TemplateProblem[] {
  return Object.entries(template.parameters).flatMap(([name, declaration]) =>
    [...wordsFor(name, declaration)].map(([member, message]) =>
      problem(template, ['Parameters', name, member], message),
    ),
  )
}

function* wordsFor(
  name: string,
  declaration: ParameterDeclaration,
): Generator<[member: string, message: string]> {
  const {type, minLength, maxLength, minValue, maxValue, allowedPattern} = declaration
  if (!isParameterType(type)) yield ['Type', messages.unknownParameterType(type)]
  if (isAbove(minLength, maxLength)) yield ['MinLength', messages.bounds(name, 'MinLength', 'MaxLength')]
  if (isAbove(minValue, maxValue)) yield ['MinValue', messages.bounds(name, 'MinValue', 'MaxValue')]
  if (!isNumberType(type)) {
    if (minValue !== undefined) yield ['MinValue', messages.constraintType(name, 'MinValue', 'Number')]
    if (maxValue !== undefined) yield ['MaxValue', messages.constraintType(name, 'MaxValue', 'Number')]
  }
  if (allowedPattern !== undefined && !isPattern(allowedPattern)) {
    yield ['AllowedPattern', messages.badPattern(name)]
  }
  const message = defaultProblem(name, declaration)
  if (message !== undefined) yield ['Default', message]
}

function defaultProblem(name: string, declaration: ParameterDeclaration): string | undefined {
  const value = declaration.default
  if (value === undefined) return undefined
  if (Buffer.byteLength(value) > maxValueBytes) return messages.defaultTooLong(name)
  const isVersionless = findDynamicReferences(value).some(
    ({kind, reference}) => kind !== 'secretsmanager' && !/:[0-9]+$/.test(reference),
  )
  return isVersionless ? messages.versionlessDefault(name) : brokenConstraint(name, declaration, value)
}

function isAbove(low: number | undefined, high: number | undefined): boolean {
  return low !== undefined && high !== undefined && low > high
}
