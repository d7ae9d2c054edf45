import {randomInt} from 'node:crypto'
import type {Secrets} from '../../aws/secrets.js'
import {studentsSecretName} from '../../environment/names.js'
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
      hint: 'Somebody changed it. Put its last good version back (Secrets Manager keeps it as AWSPREVIOUS), then run the command again.',
    },
  )
}

/**
 * Gives each of `names` that has no password one, and keeps all of them before anything is done with them: a run that
 * is killed afterwards has lost nothing.
 */
export async function ensurePasswords(
  secrets: Pick<Secrets, 'value' | 'putValue'>,
  environment: string,
  names: readonly string[],
): Promise<StudentPasswords> {
  const passwords = await readPasswords(secrets, environment)
  const missing = names.filter(name => !passwords.has(name))
  if (missing.length === 0) return passwords
  const all = new Map([...passwords, ...missing.map(name => [name, newPassword()] as const)])
  await secrets.putValue(studentsSecretName(environment), JSON.stringify(Object.fromEntries(all)))
  return all
}
