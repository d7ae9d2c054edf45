import {invalidInput} from '../errors.js'
import {InputFileError, readInput} from '../input-file.js'
import {maxValueBytes} from '../template/constraints.js'
import {JsonSyntaxError, readJson} from '../template/source/json.js'
import {LineIndex, type Located, offsetOf} from '../template/source/located.js'
import {readYaml, YamlSyntaxError} from '../template/source/yaml.js'
import {isList, isScalar, type Path, type Value} from '../template/value.js'
import type {GivenParameter} from './given-parameter.js'
import {type Entries, type Entry, entriesOf, FormError} from './parameter-forms.js'

/**
 * Reads a parameters file, JSON or YAML, in the forms that `entriesOf` knows. It holds text: each scalar is as it is
 * written, so that `1.10` stays `1.10`.
 * @param note told of what stands in the file and is not used
 * @throws exit code 2, naming file and line
 */
export async function readParametersFile(
  file: string,
  note: (text: string) => void = () => {},
): Promise<GivenParameter[]> {
  const text = await readText(file)
  const index = new LineIndex(text)
  const lineAt = (offset: number) => index.positionOf(offset).line
  const located = locate(file, text, lineAt)
  const place = (path: Path) => lineAt(offsetOf(located, path))
  const {entries, unused} = formed(located.value, file, place)
  for (const {name, path} of unused)
    note(`${file}:${place(path)}: ${name} is not used: mcpgw takes the parameters alone from this file.`)

  const seen = new Map<string, number>()
  return entries.map(entry => {
    const line = place(entry.path)
    const first = seen.get(entry.name)
    if (first !== undefined) throw duplicate(file, entry.name, first, line)
    seen.set(entry.name, line)
    return givenBy(entry, file, place)
  })
}

function givenBy(entry: Entry, file: string, place: (path: Path) => number): GivenParameter {
  const {name, value, usesPrevious, path, valuePath} = entry
  const from = `${file}:${place(path)}`
  if (usesPrevious) return {name, value: '', from, usesPrevious}
  const text = textOf(value)
  if (text === undefined) {
    throw invalidInput(
      'INVALID_PARAMETER',
      `${from}: the value of ${name} must be text, a number, true, false or a list of these.`,
      'Write one value, or a list for a parameter that takes several; "" is an empty one.',
    )
  }
  if (!isList(value)) return {name, value: text, from}
  const members = value.map((member, index) => ({
    value: String(member),
    from: `${file}:${place([...valuePath, index])}`,
  }))
  return {name, value: text, from, members}
}

function formed(value: Value, file: string, place: (path: Path) => number): Entries {
  try {
    return entriesOf(value)
  } catch (error) {
    if (!(error instanceof FormError)) throw error
    throw wrongShape(file, place(error.path), error.what)
  }
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
      'Give the path of a JSON or YAML file in UTF-8 or UTF-16.',
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
    const located = isJson ? readJson(text, 'written') : readYaml(text, 'written')
    const twice = located.duplicates[0]
    if (twice !== undefined) {
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

function wrongShape(file: string, line: number, what: string | undefined) {
  return invalidInput(
    'PARAMETERS_FILE_MALFORMED',
    what === undefined
      ? `${file}:${line}: expected a map of parameter names to values, or a list of {ParameterKey, ParameterValue}.`
      : `${file}:${line}: ${what}.`,
    'Write a map, for example {"TargetCpuUtilization": 60}, or a list as the AWS CLI takes it.',
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
