import {adminUserName, mostStudents, numberedStudents, verifyUserName} from '../../../environment/realm.js'
import {invalidInput, type McpgwError} from '../../../errors.js'
import type {GivenParameter} from './given-parameters.js'

/** The entry of a parameters file (or of `--set`) that is no parameter of the templates. */
const studentsKey = 'Students'

/** As Keycloak keeps user names, and as they can be typed: lower case, without what has to be quoted anywhere. */
const namePattern = /^[a-z][a-z0-9]*(?:[._-][a-z0-9]+)*$/
const longestName = 64

/** A name as it was given. */
interface GivenName {
  readonly value: string
  /** `params.yaml:12`, `--set` or `--students`. */
  readonly from: string
}

/**
 * Who the students are, and the parameters without them. `--students` wins over `Students` of `--set` and of the file.
 * @returns students undefined when nothing was said of any
 * @throws exit code 2, naming flag, or file and line
 */
export function takeStudents(
  given: ReadonlyMap<string, GivenParameter>,
  flag: string | undefined,
): {students: readonly string[] | undefined; rest: ReadonlyMap<string, GivenParameter>} {
  const rest = new Map([...given].filter(([name]) => name !== studentsKey))
  const entry = given.get(studentsKey)
  if (flag !== undefined) return {students: studentsOf({value: flag, from: '--students'}), rest}
  return {students: entry && studentsOf(entry), rest}
}

function studentsOf({value, from, members}: Omit<GivenParameter, 'name'>): readonly string[] {
  const text = value.trim()
  if (members === undefined && /^[+-]?\d+(\.\d+)?$/.test(text)) return numberedStudents(countOf(text, from))
  const names = (members ?? text.split(',').map(name => ({value: name, from}))).map(name => ({
    ...name,
    value: name.value.trim(),
  }))
  if (names.length === 1 && names[0]?.value === '') return []
  if (names.length > mostStudents) throw tooMany(String(names.length), from)
  names.forEach(checkName)
  return names.map(({value: name}) => name)
}

function countOf(text: string, from: string): number {
  const count = Number(text)
  if (!Number.isInteger(count) || count < 0 || count > mostStudents) throw tooMany(text, from)
  return count
}

function checkName({value: name, from}: GivenName, index: number, all: readonly GivenName[]): void {
  if (!namePattern.test(name) || name.length > longestName)
    throw invalidStudents(
      `${from}: ${JSON.stringify(name)} cannot be the user name of a student: it needs at most ${longestName} lower-case letters, digits and single dots, hyphens and underscores between them, beginning with a letter.`,
      'Write it for example as ada.lovelace or student-07.',
    )
  if (name === adminUserName || name === verifyUserName || name.startsWith('service-account-'))
    throw invalidStudents(
      `${from}: no student can be called ${name}: that account is there for something else.`,
      'Choose another name.',
    )
  const first = all[all.findIndex(({value}) => value === name)]
  if (first !== undefined && all.indexOf(first) < index)
    throw invalidStudents(
      `${from}: student ${name} is given twice${first.from === from ? '' : ` (first in ${first.from})`}.`,
      `Give ${name} once.`,
    )
}

function tooMany(count: string, from: string): McpgwError {
  return invalidStudents(
    `${from}: there can be 0 to ${mostStudents} students in an environment, not ${count}.`,
    'Give fewer, or deploy a second environment for the others.',
  )
}

function invalidStudents(message: string, hint: string): McpgwError {
  return invalidInput('INVALID_STUDENTS', message, hint)
}
