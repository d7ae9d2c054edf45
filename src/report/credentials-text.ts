import type {Credential, CredentialsResult} from '../results.js'
import {visibleIn} from '../visible.js'
import type {Paint} from './paint.js'
import {formatTable} from './table.js'

const places: Readonly<Record<Credential['kind'], string>> = {
  'registry-administrator': 'REGISTRY',
  student: 'REGISTRY',
  'keycloak-administrator': 'KEYCLOAK',
  'machine-client': 'TOKENS FOR PROGRAMS',
}

/**
 * Who logs in where: a table for each address, since the addresses are too long to be beside the rest. With passwords
 * where they were revealed, else with the secrets that hold them.
 */
export function credentialsText(
  result: CredentialsResult,
  {
    paint,
    reveal,
    isTooOld = false,
    commandLine,
  }: {
    paint: Paint
    reveal: boolean
    /** Of templates that had no students. */
    isTooOld?: boolean
    commandLine(command: string): string
  },
): string {
  const {credentials, environment} = visibleIn(result)
  const addresses = [...new Set(credentials.map(({url}) => url))]
  const tables = addresses.map(url => {
    const here = credentials.filter(account => account.url === url)
    const place = here[0] === undefined ? '' : places[here[0].kind]
    const [head = '', ...rows] = reveal ? revealed(here) : referred(here)
    return [paint.bold(`${place}  ${url}`), paint.dim(head), ...rows].join('\n')
  })
  return [...tables, next(environment, {reveal, isTooOld, commandLine, credentials})]
    .filter(Boolean)
    .join('\n\n')
}

function revealed(accounts: readonly Credential[]): string[] {
  const rows = accounts.map(({user, password}) => [user, password ?? '(the secret has none)'])
  return formatTable(['USER', 'PASSWORD'], rows)
}

function referred(accounts: readonly Credential[]): string[] {
  const rows = accounts.map(({user, secret, key}) => [user, secret, key])
  return formatTable(['USER', 'SECRET', 'KEY'], rows)
}

function next(
  environment: string,
  {
    reveal,
    isTooOld,
    commandLine,
    credentials,
  }: {
    reveal: boolean
    isTooOld: boolean
    commandLine(command: string): string
    credentials: readonly Credential[]
  },
): string {
  const command = commandLine('credentials')
  const isAlone = credentials.length === 1
  const lines = [
    ...(reveal || isAlone ? [] : [`With the passwords  ${command} --reveal`]),
    ...(reveal || !isAlone ? [] : [`The password alone  ${command} --user ${credentials[0]?.name} --reveal`]),
    ...(isAlone || credentials.some(({kind}) => kind === 'student')
      ? []
      : [
          isTooOld
            ? `Students            ${environment} is of older templates, which had none: ${commandLine('deploy')} updates it`
            : `Students            ${environment} has none: ${commandLine('realm')} --students 20`,
        ]),
  ]
  return lines.join('\n')
}
