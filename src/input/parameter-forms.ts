import {booleanWord} from '../command-words.js'
import {isList, isMap, type Path, type Value, type ValueMap} from '../template/value.js'

/** One parameter as it stands in a file, its value not looked at yet. */
export interface Entry {
  name: string
  value: Value | undefined
  usesPrevious: boolean
  /** Of the name. */
  path: Path
  valuePath: Path
}

/** What a parameters file says, and what else is in it that means something to another program. */
export interface Entries {
  entries: readonly Entry[]
  unused: readonly {name: string; path: Path}[]
}

/** What has none of the forms: where, and what is wrong there, as the end of a sentence, when that can be told. */
export class FormError extends Error {
  override name = 'FormError'
  readonly path: Path
  readonly what: string | undefined

  constructor(path: Path, what?: string) {
    super(what ?? 'another form')
    this.path = path
    this.what = what
  }
}

/** What other programs keep beside the parameters, and what an input or an answer of CloudFormation's API has. */
const beside = new Set([
  ...['Tags', 'StackPolicy'],
  ...['StackName', 'StackId', 'TemplateBody', 'TemplateURL', 'UsePreviousTemplate', 'Capabilities'],
  ...[
    'ResourceTypes',
    'RoleARN',
    'OnFailure',
    'DisableRollback',
    'RollbackConfiguration',
    'TimeoutInMinutes',
  ],
  ...['StackPolicyBody', 'StackPolicyURL', 'StackPolicyDuringUpdateBody', 'StackPolicyDuringUpdateURL'],
  ...['NotificationARNs', 'ClientRequestToken', 'EnableTerminationProtection', 'RetainExceptOnCreate'],
])

/** Members of an entry of the AWS CLI's list; an answer of CloudFormation has the last one as well. */
const entryMembers = ['ParameterKey', 'ParameterValue', 'UsePreviousValue', 'ResolvedValue']

/**
 * The parameters of a file in any form in which the field's programs read them: a map (SAM); the AWS CLI's list of
 * `{ParameterKey, ParameterValue, UsePreviousValue}`, of `"Key=Value"`, or of `"ParameterKey=…,ParameterValue=…"`; either
 * of them as `Parameters` (CodePipeline's template configuration, rain, `--cli-input-json`).
 * Source: AWS CLI reference, `cloudformation deploy`, "--parameter-overrides"; CodePipeline user guide, "CloudFormation
 * template configuration file"; rain's README, "config file".
 * @throws FormError
 */
export function entriesOf(value: Value): Entries {
  if (value === null || value === '') return {entries: [], unused: []}
  if (!isMap(value)) return {entries: entriesAt(value, []), unused: []}
  const {Parameters: inner} = value
  if (!isMap(inner) && !isList(inner)) return {entries: entriesAt(value, []), unused: []}
  const others = Object.keys(value).filter(name => name !== 'Parameters')
  const stray = others.find(name => !beside.has(name))
  if (stray !== undefined)
    throw new FormError(
      [stray],
      `${stray} is next to Parameters, where it has no effect; move it into Parameters`,
    )
  return {entries: entriesAt(inner, ['Parameters']), unused: others.map(name => ({name, path: [name]}))}
}

function entriesAt(value: Value, at: Path): Entry[] {
  if (isList(value)) return value.map((entry, index) => listEntry(entry, [...at, index]))
  if (!isMap(value)) throw new FormError(at)
  return Object.entries(value).map(([name, member]) => {
    const path = [...at, name]
    return {name, value: member, usesPrevious: false, path, valuePath: path}
  })
}

function listEntry(entry: Value, path: Path): Entry {
  if (typeof entry === 'string') return textEntry(entry, path)
  if (!isMap(entry)) throw new FormError(path)
  const {ParameterKey: name, ParameterValue: value, UsePreviousValue: previous} = entry
  if (typeof name !== 'string') throw new FormError(path)
  const strange = Object.keys(entry).find(member => !entryMembers.includes(member))
  if (strange !== undefined)
    throw new FormError(
      [...path, strange],
      `an entry has ${entryMembers.slice(0, 3).join(', ')}, not ${strange}`,
    )
  const usesPrevious = isPrevious(name, previous, path)
  if (usesPrevious && value !== undefined)
    throw new FormError(
      [...path, 'ParameterKey'],
      `${name} has a value and UsePreviousValue; give one of them`,
    )
  const namePath = [...path, 'ParameterKey']
  return {name, value, usesPrevious, path: namePath, valuePath: [...path, 'ParameterValue']}
}

function isPrevious(name: string, previous: ValueMap[string] | undefined, path: Path): boolean {
  if (previous === undefined) return false
  const word = isMap(previous) || isList(previous) ? 'neither' : booleanWord(String(previous))
  if (typeof word === 'boolean') return word
  throw new FormError([...path, 'UsePreviousValue'], `UsePreviousValue of ${name} is neither true nor false`)
}

/** The AWS CLI's shorthand for an entry. Only the value may have a comma, and only at the end of the text. */
const shorthand = /^ParameterKey=([A-Za-z0-9]+),(?:ParameterValue=([\s\S]*)|UsePreviousValue=(true|false))$/

function textEntry(text: string, path: Path): Entry {
  const [, key, given, previous] = shorthand.exec(text) ?? []
  const separator = text.indexOf('=')
  const name = key ?? text.slice(0, separator)
  if (!/^[A-Za-z0-9]+$/.test(name) || separator < 1)
    // The text may hold a password and is not repeated.
    throw new FormError(path, 'a text of the list is not "Key=Value"')
  const value = key === undefined ? text.slice(separator + 1) : given
  return {name, value, usesPrevious: previous === 'true', path, valuePath: path}
}
