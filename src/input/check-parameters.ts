import {booleanWord} from '../command-words.js'
import {childStacks, mainTemplate} from '../environment/stacks.js'
import {invalidInput, type McpgwError} from '../errors.js'
import {type TemplateSet, templateOf} from '../steps/deploy/template-set.js'
import {checkParameters, checkRules, type Template} from '../template/index.js'
import {member} from '../template/value.js'
import {crossChecks} from './cross-checks.js'
import type {GivenParameter} from './given-parameter.js'

/** Parameters that mcpgw sets itself, the flag that decides each, and the value that follows from the flags. */
export interface Controlled {
  name: string
  flag: string
  /** Undefined when the flag was not given. */
  value: string | undefined
}

/**
 * Checks what the user gave against the templates: names, values, and the parameters that belong to flags.
 * What the stack itself must already know (a value without default) is left to the creation.
 * @param beside values that count in the place of defaults, and that nobody gave
 * @throws exit code 2 for the first problem, naming parameter and file, line or flag
 */
export function checkGivenParameters(
  templates: TemplateSet,
  given: ReadonlyMap<string, GivenParameter>,
  controlled: readonly Controlled[],
  beside: Readonly<Record<string, string>> = {},
): Record<string, string> {
  const {main, all, where} = eachChecked(templates, given, controlled)
  const values = withDefaults(main, {...beside, ...all})
  // First, because their words are more precise than those of the rules, which cannot count.
  refuseContradictions(all, values, where)
  refuseBrokenRules(main, all, values, where)
  return all
}

/**
 * As `checkGivenParameters`, where more is given than is known by now: whether they suit each other is asked later.
 * @throws exit code 2 for the first problem
 */
export function checkEachParameter(
  templates: TemplateSet,
  given: ReadonlyMap<string, GivenParameter>,
  controlled: readonly Controlled[],
): Record<string, string> {
  return eachChecked(templates, given, controlled).all
}

function eachChecked(
  templates: TemplateSet,
  given: ReadonlyMap<string, GivenParameter>,
  controlled: readonly Controlled[],
) {
  const main = templateOf(templates, mainTemplate)
  refuseUnknownPrevious(main, given)
  const withValue = [...given.values()].filter(({usesPrevious}) => !usesPrevious)
  for (const {name, flag, value} of controlled) {
    const parameter = withValue.find(one => one.name === name)
    if (parameter !== undefined && parameter.value !== value) throw belongsToFlag(parameter, flag, value)
  }
  const chosen = Object.fromEntries(withValue.map(one => [one.name, chosenValue(main, one)]))
  const settled = Object.fromEntries(
    controlled.flatMap(({name, value}) => (value === undefined ? [] : [[name, value] as const])),
  )
  const all = {...chosen, ...settled}
  const where = (name: string) =>
    given.get(name)?.from ?? controlled.find(one => one.name === name)?.flag ?? ''
  refuseFindings(main, all, where)
  for (const {template: name} of childStacks) {
    const template = templateOf(templates, name)
    const declared = Object.entries(all).filter(([parameter]) =>
      Object.hasOwn(template.parameters, parameter),
    )
    refuseFindings(template, Object.fromEntries(declared), where)
  }
  return {main, all, where}
}

/** Left out, a parameter keeps the stack's value; its name has to be right all the same. */
function refuseUnknownPrevious(main: Template, given: ReadonlyMap<string, GivenParameter>): void {
  const unknown = [...given.values()].find(
    ({name, usesPrevious}) => usesPrevious && !Object.hasOwn(main.parameters, name),
  )
  if (unknown !== undefined) refuseFindings(main, {[unknown.name]: ''}, () => unknown.from)
}

/**
 * As it was given; in a file a parameter that can be true or false and nothing else may have the words that YAML has for
 * them, such as `yes`.
 */
function chosenValue(main: Template, {name, value, from}: GivenParameter): string {
  const allowed = member(main.parameters, name)?.allowedValues ?? []
  const isTruth = allowed.length === 2 && allowed.includes('true') && allowed.includes('false')
  if (!isTruth || from === '--set') return value
  const word = /^(true|false|yes|no|on|off)$/i.test(value) ? booleanWord(value) : undefined
  return typeof word === 'boolean' ? String(word) : value
}

function refuseFindings(
  template: Template,
  values: Record<string, string>,
  where: (name: string) => string,
): void {
  const finding = checkParameters(template, values).find(
    // A default that breaks its own constraint is the template's defect, not the user's.
    ({kind, parameter}) => kind !== 'missing' && Object.hasOwn(values, parameter),
  )
  if (finding === undefined) return
  const {parameter, kind, message, suggestion, line} = finding
  if (kind === 'unknown') {
    const meant = suggestion === undefined ? '' : ` Did you mean ${suggestion}?`
    throw invalidInput(
      'UNKNOWN_PARAMETER',
      `${where(parameter)}: the templates have no parameter ${parameter}.${meant}`,
      `See the Parameters of ${template.source ?? 'the template'} for the names.`,
    )
  }
  throw invalidInput(
    'INVALID_PARAMETER',
    `${where(parameter)}: ${message.replace(/\.$/, '')}.`,
    `See ${parameter} in ${template.source ?? 'the template'}:${line} for what it may be.`,
  )
}

/** A value that only the stack can supply is empty: it does not matter to what is asked of the others. */
function withDefaults(template: Template, given: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(template.parameters).map(([name, declared]) => [
      name,
      given[name] ?? declared.default ?? '',
    ]),
  )
}

function refuseBrokenRules(
  template: Template,
  given: Record<string, string>,
  parameters: Record<string, string>,
  where: (name: string) => string,
): void {
  if (Object.keys(template.rules).length === 0) return
  const [broken] = checkRules({template, parameters})
  if (broken === undefined) return
  const sources = broken.parameters.filter(name => Object.hasOwn(given, name)).map(where)
  const start = sources.length === 0 ? 'The' : `${[...new Set(sources)].join(', ')}: the`
  throw invalidInput(
    'INVALID_PARAMETERS',
    `${start} parameters contradict each other: ${broken.message.replace(/\.$/, '')}.`,
    `See rule ${broken.rule} in ${template.source ?? 'the template'}:${broken.line}.`,
  )
}

function refuseContradictions(
  given: Record<string, string>,
  values: Record<string, string>,
  where: (name: string) => string,
): void {
  const isGiven = (name: string) => Object.hasOwn(given, name)
  const together = {textOf: (name: string) => values[name] ?? '', isGiven}
  for (const {parameters, problem, hint} of crossChecks) {
    // Templates of somebody's own may lack a parameter, and defaults that disagree are their defect.
    if (!parameters.every(name => Object.hasOwn(values, name)) || !parameters.some(isGiven)) continue
    const message = problem(together)
    if (message === undefined) continue
    const sources = [...new Set(parameters.filter(isGiven).map(where))].join(', ')
    throw invalidInput('INVALID_PARAMETER', `${sources}: ${message}.`, hint)
  }
}

function belongsToFlag({name, from}: GivenParameter, flag: string, value: string | undefined): McpgwError {
  const state = value === undefined ? `${flag} is not given` : `${flag} says otherwise`
  return invalidInput(
    'CONTROLLED_PARAMETER',
    `${from}: ${name} is set by mcpgw itself, and ${state}.`,
    `Remove ${name} and use ${flag}.`,
  )
}
