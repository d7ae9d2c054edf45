import {invalidInput} from '../errors.js'
import {InputFileError, readInput} from '../input-file.js'
import {maxValueBytes} from '../template/constraints.js'
import {JsonSyntaxError, readJson} from '../template/source/json.js'
import {LineIndex, type Located, offsetOf} from '../template/source/located.js'
import {readYaml, YamlSyntaxError} from '../template/source/yaml.js'
import {isList, isMap, isScalar, type Path, type Value} from '../template/value.js'
import type {GivenParameter} from './given-parameter.js'

/**
 * Reads a parameters file: JSON or YAML; the AWS CLI's `[{ParameterKey, ParameterValue}]` or a plain map.
 * @throws exit code 2, naming file and line
 */
export async function readParametersFile(file: string): Promise<GivenParameter[]> {
  const text = await readText(file)
  const index = new LineIndex(text)
  const lineAt = (offset: number) => index.positionOf(offset).line
  const located = locate(file, text, lineAt)
  const entries = isList(located.value) ? listEntries(located.value) : mapEntries(located.value)
  if (entries === undefined) throw wrongShape(file, 1)

  const seen = new Map<string, number>()
  return entries.map(({name, value, path, valuePath}) => {
    const line = lineAt(offsetOf(located, path))
    if (typeof name !== 'string') throw wrongShape(file, line)
    const text = textOf(value)
    if (text === undefined) {
      throw invalidInput(
        'INVALID_PARAMETER',
        `${file}:${line}: the value of ${name} must be text, a number, true, false or a list of these.`,
        'Write one value, or a list for a parameter that takes several.',
      )
    }
    const first = seen.get(name)
    if (first !== undefined) throw duplicate(file, name, first, line)
    seen.set(name, line)
    const members = isList(value)
      ? value.map((member, index) => ({
          value: String(member),
          from: `${file}:${lineAt(offsetOf(located, [...valuePath, index]))}`,
        }))
      : undefined
    return {name, value: text, from: `${file}:${line}`, ...(members && {members})}
  })
}

interface Entry {
  name: Value | undefined
  value: Value | undefined
  /** Of the name. */
  path: Path
  valuePath: Path
}

function listEntries(list: readonly Value[]): Entry[] {
  return list.map((entry, index) => {
    if (!isMap(entry)) return {name: undefined, value: undefined, path: [index], valuePath: [index]}
    // UsePreviousValue is what leaving a parameter out means here already.
    const {ParameterKey: name, ParameterValue: value} = entry
    return {name, value, path: [index, 'ParameterKey'], valuePath: [index, 'ParameterValue']}
  })
}

function mapEntries(value: Value): Entry[] | undefined {
  if (value === null) return []
  if (!isMap(value)) return undefined
  return Object.entries(value).map(([name, member]) => ({
    name,
    value: member,
    path: [name],
    valuePath: [name],
  }))
}

/** Parameters are text to CloudFormation; a list parameter is its members joined by commas. */
function textOf(value: Value | undefined): string | undefined {
  if (isScalar(value)) return String(value)
  if (isList(value) && value.every(isScalar)) return value.map(String).join(',')
  return undefined
}

async function readText(file: string): Promise<string> {
  try {
    return await readInput(file)
  } catch (error) {
    if (!(error instanceof InputFileError)) throw error
    if (error.tooLong !== undefined) throw tooLongValue(file, error.tooLong)
    throw invalidInput(
      'PARAMETERS_FILE_UNREADABLE',
      `The file of --parameters, ${file}, cannot be read: ${error.message}.`,
      'Give the path of an existing JSON or YAML file.',
      error,
    )
  }
}

/** Of a file that is so large because of one value. What is there may be secret, and is not repeated. */
function tooLongValue(file: string, {line, beginning}: NonNullable<InputFileError['tooLong']>) {
  const [, key, member] =
    /"ParameterKey"\s*:\s*"([A-Za-z0-9]+)"|^[\s{-]*["']?([A-Za-z0-9]+)["']?\s*:/.exec(beginning) ?? []
  const name = key ?? member
  const what = name === undefined || name === 'ParameterValue' ? 'a value' : `the value of ${name}`
  return invalidInput(
    'INVALID_PARAMETER',
    `${file}:${line}: ${what} is longer than ${maxValueBytes.toLocaleString('en-US')} bytes, which is the most that CloudFormation takes.`,
    'Give a shorter value.',
  )
}

function locate(file: string, text: string, lineAt: (offset: number) => number): Located {
  const isJson = file.toLowerCase().endsWith('.json') || /^\s*[[{]/.test(text)
  try {
    const located = isJson ? readJson(text) : readYaml(text)
    const twice = located.duplicates[0]
    if (twice !== undefined && !isList(located.value)) {
      throw duplicate(file, twice.key, undefined, lineAt(twice.offset))
    }
    return located
  } catch (error) {
    if (!(error instanceof JsonSyntaxError) && !(error instanceof YamlSyntaxError)) throw error
    const language = isJson ? 'JSON' : 'YAML'
    throw invalidInput(
      'PARAMETERS_FILE_MALFORMED',
      `${file}:${lineAt(error.offset)}: this is not well-formed ${language}.`,
      `Correct line ${lineAt(error.offset)} of ${file}.`,
      undefined,
    )
  }
}

function wrongShape(file: string, line: number) {
  return invalidInput(
    'PARAMETERS_FILE_MALFORMED',
    `${file}:${line}: expected a map of parameter names to values, or a list of {ParameterKey, ParameterValue}.`,
    'Write either form, for example {"TargetCpuUtilization": 60}.',
  )
}

function duplicate(file: string, name: string, first: number | undefined, line: number) {
  const where = first === undefined ? '' : ` (first in line ${first})`
  return invalidInput(
    'DUPLICATE_PARAMETER',
    `${file}:${line}: ${name} is given twice${where}.`,
    `Give ${name} once.`,
  )
}
