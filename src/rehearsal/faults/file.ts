import {invalidInput} from '../../errors.js'
import {InputFileError, readInput} from '../../input-file.js'
import {JsonSyntaxError, readJson} from '../../template/source/json.js'
import {LineIndex, type Located, offsetOf} from '../../template/source/located.js'
import {readYaml, YamlSyntaxError} from '../../template/source/yaml.js'
import {isList, isMap, isScalar, type Value, type ValueMap} from '../../template/value.js'
import {FaultError} from './fault-error.js'
import {lineOf} from './line.js'
import {checkFault} from './parse.js'

/** A fault as a line, and the line of the text that it is in. */
export interface FaultLine {
  line: string
  at: number
}

/**
 * The faults that a text names: one a line, with comments after `#`, or as YAML or JSON a list of such lines and of maps
 * `{kind, where, …}`, alone or as the member `faults`. It holds text: each scalar is as it is written, so that `1.10` stays `1.10`.
 * @throws FaultError for a text of another shape; its lines are not looked at yet.
 */
export function faultLines(text: string): FaultLine[] {
  const isData = /^(\s*(#.*)?\n)*\s*(-\s|[[{]|(faults|kind)\s*:)/.test(text)
  if (!isData) {
    const lines = text.split(/\r?\n/).map((line, index) => ({line: line.trim(), at: index + 1}))
    return lines.filter(({line}) => line !== '' && !line.startsWith('#'))
  }
  const index = new LineIndex(text)
  const located = locate(text, index)
  const {value} = located
  const members = isMap(value) && 'faults' in value ? value.faults : value
  const list = isList(members) ? members : [members]
  const prefix = isMap(value) && 'faults' in value ? ['faults'] : []
  return list.map((entry, position) => {
    const path = isList(members) ? [...prefix, position] : prefix
    const at = index.positionOf(offsetOf(located, path)).line
    if (typeof entry === 'string') return {line: entry, at}
    if (isMap(entry)) return {line: lineOfMap(entry, at), at}
    throw new FaultError('a fault is a line of text, or a map with its kind.', mapHint, at)
  })
}

/**
 * The faults of a file, checked.
 * @throws McpgwError FAULTS_FILE_UNREADABLE; INVALID_FAULT, naming file and line
 */
export async function readFaultsFile(file: string): Promise<string[]> {
  let text: string
  try {
    text = await readInput(file)
  } catch (error) {
    if (!(error instanceof InputFileError)) throw error
    throw invalidInput(
      'FAULTS_FILE_UNREADABLE',
      `The file of faults, ${file}, cannot be read: ${error.message}.`,
      'Give the path of a file with one fault a line, or with a list of faults as YAML or JSON.',
      error,
    )
  }
  try {
    return faultLines(text).map(({line, at}) => {
      checkFault(line, `${file}:${at}`)
      return line
    })
  } catch (error) {
    if (!(error instanceof FaultError)) throw error
    throw error.asFailure(error.at === undefined ? file : `${file}:${error.at}`)
  }
}

const mapHint = 'Write for example {kind: throttle, where: "ecs:*", rate: 30%}.'

function lineOfMap({kind, ...members}: ValueMap, at: number): string {
  if (typeof kind !== 'string') throw new FaultError('a fault needs its kind.', mapHint, at)
  const entries = Object.entries(members).flatMap(([name, value]): [string, string][] => {
    if (name === 'once') return isTrue(value) ? [['times', '1']] : []
    if (!isScalar(value)) throw new FaultError(`the value of ${name} is no text or number.`, mapHint, at)
    return [[name, String(value)]]
  })
  const whereFirst = [...entries].sort(
    ([left], [right]) => Number(right === 'where') - Number(left === 'where'),
  )
  return lineOf(kind, whereFirst)
}

function isTrue(value: Value | undefined): boolean {
  return String(value) === 'true'
}

function locate(text: string, index: LineIndex): Located {
  const isJson = /^\s*[[{]/.test(text)
  try {
    return isJson ? readJson(text, 'written') : readYaml(text, 'written')
  } catch (error) {
    if (!(error instanceof JsonSyntaxError) && !(error instanceof YamlSyntaxError)) throw error
    const language = isJson ? 'JSON' : 'YAML'
    throw new FaultError(
      `this is not well-formed ${language}.`,
      'A line with a colon in it goes in quotes in YAML.',
      index.positionOf(error.offset).line,
    )
  }
}
