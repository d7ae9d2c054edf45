import {brokenConstraint} from './constraints.js'
import {TemplateError} from './error.js'
import {messages} from './messages.js'
import {nearestName} from './nearest-name.js'
import {defined} from './sections/parameters.js'
import type {Template} from './template.js'
import {emptyRecord, member} from './value.js'

/** Something wrong with one given or missing parameter. */
export interface ParameterFinding {
  readonly parameter: string
  readonly kind: 'unknown' | 'missing' | 'constraint'
  /** CloudFormation's words. */
  readonly message: string
  /** The line of the declaration; for an unknown parameter that of the section. */
  readonly line: number
  /** For an unknown parameter: the declared one that was probably meant. */
  readonly suggestion?: string
}

type Given = Readonly<Record<string, string>>

/** Everything that is wrong with a set of parameters: first the unknown, then in the order of the template. */
export function checkParameters(template: Template, given: Given): ParameterFinding[] {
  const names = Object.keys(template.parameters)
  const findings: ParameterFinding[] = Object.keys(given)
    .filter(name => !Object.hasOwn(template.parameters, name))
    .map(parameter => ({
      parameter,
      kind: 'unknown',
      message: messages.unknownParameters([parameter]),
      line: template.lineOf(['Parameters']),
      ...defined({suggestion: nearestName(parameter, names)}),
    }))
  // Who has been checked takes no time worth watching.
  const limitMs = template.isChecked ? Number.POSITIVE_INFINITY : undefined
  for (const [parameter, declaration] of Object.entries(template.parameters)) {
    const value = parameterText(template, parameter, given)
    if (value === undefined) {
      const message = messages.missingValues([parameter])
      findings.push({parameter, kind: 'missing', message, line: declaration.line})
      continue
    }
    // That its own values suit it is part of what is checked of a template.
    if (template.isChecked && value === declaration.default) continue
    const message = brokenConstraint(parameter, declaration, value, limitMs)
    if (message !== undefined) findings.push({parameter, kind: 'constraint', message, line: declaration.line})
  }
  return findings
}

/**
 * The value of every parameter: given, else the default. SSM types keep the name.
 * @throws {TemplateError} as CloudFormation does: for all unknown ones, else for all missing ones, else for
 *   the first broken constraint
 */
export function resolveParameters(template: Template, given: Given): Record<string, string> {
  const findings = checkParameters(template, given)
  if (findings.length > 0) throw firstError(template, findings)
  const values = emptyRecord<string>()
  for (const name of Object.keys(template.parameters)) {
    const value = parameterText(template, name, given)
    if (value !== undefined) values[name] = value
  }
  return values
}

function parameterText(template: Template, name: string, given: Given): string | undefined {
  return member(given, name) ?? template.parameters[name]?.default
}

function firstError(template: Template, findings: readonly ParameterFinding[]): TemplateError {
  const {source} = template
  const named = (kind: ParameterFinding['kind']) => findings.filter(finding => finding.kind === kind)
  const namesOf = (some: readonly ParameterFinding[]) => some.map(({parameter}) => parameter)
  const unknown = named('unknown')
  if (unknown.length > 0) {
    const isUnexpected = Object.keys(template.parameters).length === 0
    const message = isUnexpected
      ? messages.noParametersExpected
      : messages.unknownParameters(namesOf(unknown))
    return new TemplateError(message, {source, line: unknown[0]?.line})
  }
  const missing = named('missing')
  if (missing.length > 0) {
    return new TemplateError(messages.missingValues(namesOf(missing)), {source, line: missing[0]?.line})
  }
  return new TemplateError(findings[0]?.message ?? '', {source, line: findings[0]?.line})
}
