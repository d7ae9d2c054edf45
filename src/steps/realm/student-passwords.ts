import {randomInt} from 'node:crypto'
import type {Secrets} from '../../aws/secrets.js'
import {studentsSecretName} from '../../environment/names.js'
import {isReservedName, isUserName, mostStudents} from '../../environment/realm.js'
import {failed} from '../../errors.js'
import {objectOf} from './secrets.js'

/** Passwords of students by user name, as the environment's secret holds them. */
export type StudentPasswords = ReadonlyMap<string, string>

/** Letters and digits that nobody takes for one another when they are read from a projector. */
const alphabet = 'abcdefghijkmnpqrstuvwxyz23456789'
/** 12 characters of 32 are 60 bits. */
const groups = 3
const groupLength = 4

/** `k7mp-2xqa-9fwt`: typed by hand in a class. */
export function newPassword(): string {
  const group = () => Array.from({length: groupLength}, () => alphabet[randomInt(alphabet.length)]).join('')
  return Array.from({length: groups}, group).join('-')
}

/** @throws McpgwError SECRET_UNUSABLE when somebody put something else into the secret: it is not overwritten */
export async function readPasswords(
  secrets: Pick<Secrets, 'value'>,
  environment: string,
): Promise<StudentPasswords> {
  const name = studentsSecretName(environment)
  const text = await secrets.value(name)
  if (text === undefined) return new Map()
  const entries = Object.entries(objectOf(text) ?? {'': undefined})
  const passwords = entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string')
  if (passwords.length === entries.length) return new Map(passwords)
  throw failed(
    'SECRET_UNUSABLE',
    `The secret ${name} does not hold a JSON object of passwords by user name.`,
    {
      resource: name,
      hint: 'Someone changed it. Restore its last good version (Secrets Manager keeps it as AWSPREVIOUS), then run the command again.',
    },
  )
}

/** Somebody may have put other names into the secret by hand: those of other accounts, or none that a student can have. */
export function studentsIn(passwords: StudentPasswords): readonly string[] {
  return [...passwords.keys()].filter(name => isUserName(name) && !isReservedName(name))
}

/**
 * Gives each of `names` that has no password one, and keeps all of them before anything is done with them: a run that
 * is killed afterwards has lost nothing.
 * @throws McpgwError TOO_MANY_STUDENTS when they and those of earlier runs are more than an environment can have
 */
export async function ensurePasswords(
  secrets: Pick<Secrets, 'value' | 'putValue'>,
  environment: string,
  names: readonly string[],
): Promise<StudentPasswords> {
  const passwords = await readPasswords(secrets, environment)
  const own = names.map(name => [name, passwords.get(name) ?? newPassword()] as const)
  return keepPasswords(secrets, environment, new Map(own), passwords)
}

/** Each time somebody else has written at the same moment, who then has what we wrote. */
const mostRounds = 5

/**
 * Puts those of `own` into the secret whose names it lacks, and reads it again, until nobody who writes at the same time has
 * overwritten them. What is there already stays.
 * @param found what the secret holds, when that was read just now
 * @returns what the secret holds then
 * @throws McpgwError TOO_MANY_STUDENTS, before anything is put; SECRET_CONTENDED when others never stop writing
 */
export async function keepPasswords(
  secrets: Pick<Secrets, 'value' | 'putValue'>,
  environment: string,
  own: StudentPasswords,
  found?: StudentPasswords,
): Promise<StudentPasswords> {
  const name = studentsSecretName(environment)
  let kept = found ?? (await readPasswords(secrets, environment))
  for (let round = 0; ; round += 1) {
    const missing = [...own].filter(([student]) => !kept.has(student))
    if (missing.length === 0) return kept
    if (round === mostRounds)
      throw failed('SECRET_CONTENDED', `The secret ${name} is being written by other runs all the time.`, {
        resource: name,
        hint: 'Wait until they have ended, then run the command again.',
      })
    const all = new Map([...kept, ...missing])
    if (all.size > mostStudents) throw tooMany(environment, {asked: missing.length, known: kept.size})
    await secrets.putValue(name, JSON.stringify(Object.fromEntries(all)))
    kept = await readPasswords(secrets, environment)
  }
}

function tooMany(environment: string, {asked, known}: {asked: number; known: number}) {
  const name = studentsSecretName(environment)
  return failed(
    'TOO_MANY_STUDENTS',
    `There can be ${mostStudents} students in an environment: ${known} are in the secret ${name} already, and nobody is removed, so that ${asked} more would be ${known + asked}. They were not added.`,
    {
      resource: name,
      hint: `Give at most ${Math.max(0, mostStudents - known)} new ones, or deploy a second environment for the others.`,
    },
  )
}
