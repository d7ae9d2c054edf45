import {studentsSecretName, verifyLoginSecretName} from '../../environment/names.js'
import {failed, invalidInput} from '../../errors.js'
import type {Credential} from '../../results.js'
import {requireContext} from '../context.js'
import {listed} from '../listed.js'
import type {Step} from '../step.js'
import {accountsOf} from './accounts.js'
import type {CredentialsContext} from './context.js'

/** Finds who logs in where; passwords are read only when they are to be shown. */
export function readCredentials(): Step<CredentialsContext> {
  return {
    id: 'credentials',
    title: 'Find where to log in',
    async run(context) {
      const {environment, user, reveal} = context
      const students = Object.keys((await membersOf(context, studentsSecretName(environment))) ?? {})
      const all = accountsOf(environment, {
        outputs: requireContext(context.outputs, 'the outputs'),
        parameters: context.parameters ?? {},
        students,
      })
      context.isTooOld = students.length === 0 && !(await hasVerifyLogin(context))
      const wanted = user === undefined ? all : all.filter(({name}) => name === user)
      if (wanted.length === 0) throw unknownUser(context, all)
      context.credentials = reveal ? await withPasswords(context, wanted) : wanted
    },
  }
}

async function withPasswords(
  context: CredentialsContext,
  accounts: readonly Credential[],
): Promise<readonly Credential[]> {
  const names = [...new Set(accounts.map(({secret}) => secret))]
  const secrets = new Map(
    await Promise.all(names.map(async name => [name, await membersOf(context, name)] as const)),
  )
  return accounts.map(account => {
    const value = secrets.get(account.secret)?.[account.key]
    const password = typeof value === 'string' && value !== '' ? value : null
    if (password === null && context.user !== undefined) throw noPassword(context, account)
    return {...account, password}
  })
}

/** The members of a secret; undefined where there is no such secret, or none with a value yet. */
async function membersOf(
  {aws}: CredentialsContext,
  name: string,
): Promise<Readonly<Record<string, unknown>> | undefined> {
  const text = await aws.secrets.value(name)
  if (!text) return undefined
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object' && value !== null && !Array.isArray(value))
      return value as Record<string, unknown>
  } catch {
    // The parser's words would repeat the value.
  }
  throw failed('SECRET_MALFORMED', `The secret ${name} is not a JSON object: someone changed it.`, {
    hint: 'Give it its previous version again: Secrets Manager keeps it as AWSPREVIOUS.',
    resource: name,
  })
}

/** Without reading it: its password is never handed out. */
async function hasVerifyLogin({aws, environment}: CredentialsContext): Promise<boolean> {
  const wanted = verifyLoginSecretName(environment)
  return (await aws.secrets.withPrefix(wanted)).some(({name}) => name === wanted)
}

function unknownUser(
  {environment, user, commandLine, isTooOld}: CredentialsContext,
  all: readonly Credential[],
) {
  // A class would fill the screen: whoever has a fixed name is named, and the first students.
  const fixed = all.filter(({kind}) => kind !== 'student').map(({name}) => name)
  const students = all.filter(({kind}) => kind === 'student').map(({name}) => name)
  const names = [...fixed, ...(students.length === 0 ? [] : [`students ${listed(students)}`])].join(', ')
  return invalidInput(
    'UNKNOWN_USER',
    `--user: there is no user ${JSON.stringify(user)} in environment ${environment}. The users are ${names}.`,
    isTooOld
      ? `Name one of these. The environment is of older templates, which had no students: \`${commandLine('deploy')}\` updates it.`
      : `Name one of these, or make students: \`${commandLine('realm')} --students 20\`.`,
  )
}

function noPassword({commandLine}: CredentialsContext, {name, secret, key}: Credential) {
  return failed(
    'NO_PASSWORD',
    `There is no password of ${name}: the secret ${secret} has no text under ${key}.`,
    {
      hint: `Run \`${commandLine('deploy')}\` if the environment was created with older templates; otherwise someone changed the secret, and Secrets Manager keeps its previous version as AWSPREVIOUS.`,
      resource: secret,
    },
  )
}
