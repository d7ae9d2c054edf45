import {invalidInput} from '../errors.js'

/** Printable ASCII without blanks: no header takes more, and no part of a key has more. */
const whole = /^[!-~]+$/

/** What is asked of a key, by the names of its variables; in a profile they are the same in lower case. */
interface Key {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken?: string
}

/**
 * Refuses a key that was copied with something around it: the end of a line of Windows, a blank, a mark of the order of bytes.
 * @throws McpgwError INVALID_CREDENTIALS, exit code 2; what is in it is not repeated
 */
export function requireWholeKey({accessKeyId, secretAccessKey, sessionToken}: Key): void {
  const parts = {
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_SESSION_TOKEN: sessionToken,
  }
  for (const [name, value] of Object.entries(parts)) {
    if (value === undefined || whole.test(value)) continue
    throw invalidInput(
      'INVALID_CREDENTIALS',
      `${name} ${/\r$/.test(value) ? 'ends with a carriage return' : 'holds a blank or another character'} that no key has.`,
      `Set ${name}, or the line ${name.toLowerCase()} of the profile, again; a file with the line ends of Windows leaves a carriage return.`,
    )
  }
}
