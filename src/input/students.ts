import {
  isReservedName,
  isUserName,
  longestStudentName,
  mostStudents,
  numberedStudents,
} from '../environment/realm.js'
import {invalidInput, type McpgwError} from '../errors.js'
import type {GivenParameter} from './given-parameter.js'

/** The entry of a parameters file (or of `--set`) that is no parameter of the templates. */
const studentsKey = 'Students'

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
): {
  students: readonly string[] | undefined
  /** Where they were given: `params.yaml:12`, `--set` or `--students`. */
  from: string | undefined
  rest: ReadonlyMap<string, GivenParameter>
} {
  const rest = new Map([...given].filter(([name]) => name !== studentsKey))
  const named = given.get(studentsKey)
  const entry = named?.usesPrevious ? undefined : named
  if (flag !== undefined)
    return {students: studentsOf({value: flag, from: '--students'}), from: '--students', rest}
  return {students: entry && studentsOf(entry), from: entry?.from, rest}
}

function studentsOf({value, from, members}: Omit<GivenParameter, 'name'>): readonly string[] {
  const text = value.trim()
  if (members === undefined && text === '')
    throw invalidStudents(
      `${from}: nothing is given for the students.`,
      `Give a whole number from 0 to ${mostStudents}, or names with commas between them; 0 is for none.`,
    )
  if (members === undefined && /^[+-]?\d+(\.\d+)?$/.test(text)) return numberedStudents(countOf(text, from))
  const names = (members ?? text.split(',').map(name => ({value: name, from}))).map(name => ({
    ...name,
    value: name.value.trim(),
  }))
  if (names.length > mostStudents) throw tooMany(String(names.length), from)
  names.forEach(checkName)
  return names.map(({value: name}) => name)
}

function countOf(text: string, from: string): number {
  const count = Number(text)
  if (!Number.isInteger(count) || count < 0)
    throw invalidStudents(
      `${from}: ${text} is no number of students.`,
      `Give a whole number from 0 to ${mostStudents}, or names with commas between them.`,
    )
  if (count > mostStudents) throw tooMany(text, from)
  return count
}

function checkName({value: name, from}: GivenName, index: number, all: readonly GivenName[]): void {
  if (!isUserName(name))
    throw invalidStudents(
      `${from}: ${JSON.stringify(name)} cannot be the user name of a student: it needs at most ${longestStudentName} lower-case letters, digits and single dots, hyphens and underscores between them, beginning with a letter.`,
      'Write it for example as ada.lovelace or student-07.',
    )
  if (isReservedName(name))
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
