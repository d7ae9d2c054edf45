import {execFile} from 'node:child_process'
import {existsSync, readFileSync} from 'node:fs'
import {setTimeout as pause} from 'node:timers/promises'
import {inject} from 'vitest'
import {createWeb} from '../../../src/aws/web.js'
import type {SharedKeycloak} from '../setup.js'
import {folderVariable, type KeycloakAddress} from './real-keycloak.js'

/** Waits for the Keycloak that all files share. @throws where the machine has none, and when it did not start */
export async function sharedKeycloak(): Promise<SharedKeycloak> {
  const file = inject('keycloak')
  if (file === undefined)
    throw new Error(`${folderVariable} is not set; test/conformance/keycloak/install.sh fills such a folder.`)
  while (!existsSync(file)) await pause(100)
  const told: SharedKeycloak | {error: string} = JSON.parse(readFileSync(file, 'utf8'))
  if ('error' in told) throw new Error(told.error)
  return told
}

/** An answer of Keycloak's, read whole. */
export interface Reply {
  readonly status: number
  readonly headers: Headers
  readonly text: string
}

/** Asks a public address through the front, as a browser or a service does; redirects are not followed. */
export function ask({endpoint}: KeycloakAddress, url: string, init?: RequestInit): Promise<Reply> {
  return createWeb(endpoint)(async web => {
    const answer = await web.fetch(url, init)
    return {status: answer.status, headers: answer.headers, text: await answer.text()}
  })
}

/** Runs the health check's command as ECS does: as it is, without a shell around it. @returns its exit code */
export function runHealthCheck({healthCheck}: KeycloakAddress): Promise<number> {
  const [command = '', ...args] = healthCheck
  return new Promise(resolve => {
    execFile(command, args, error => resolve(error === null ? 0 : Number(error.code ?? 1)))
  })
}

/** What Keycloak's console is told of addresses, and what becomes of its login. */
export async function consoleOf(keycloak: KeycloakAddress): Promise<{
  /** Where `/admin/` sends a browser. */
  redirect: string | null
  /** Where its page asks for everything. */
  authUrl: string | undefined
  /** Of the login page that the console asks for, with an https address to come back to. */
  loginStatus: number
}> {
  const {publicUrl} = keycloak
  const page = `${publicUrl}/admin/master/console/`
  const login = new URLSearchParams({
    client_id: 'security-admin-console',
    redirect_uri: page,
    response_type: 'code',
    response_mode: 'fragment',
    scope: 'openid',
    // Any of the right length: the challenge of RFC 7636, appendix B.
    code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
    code_challenge_method: 'S256',
  })
  const [admin, shown, asked] = await Promise.all([
    ask(keycloak, `${publicUrl}/admin/`),
    ask(keycloak, page),
    ask(keycloak, `${publicUrl}/realms/master/protocol/openid-connect/auth?${login}`),
  ])
  return {
    redirect: admin.headers.get('location'),
    authUrl: /"authUrl": "([^"]*)"/.exec(shown.text)?.[1],
    loginStatus: asked.status,
  }
}

/** Every address in the realm's OpenID configuration, by its path in the document. */
export async function discoveredAddresses(keycloak: KeycloakAddress): Promise<Record<string, string>> {
  const {status, text} = await ask(
    keycloak,
    `${keycloak.publicUrl}/realms/master/.well-known/openid-configuration`,
  )
  if (status !== 200) throw new Error(`Discovery answers ${status}: ${text}`)
  const {mtls_endpoint_aliases: aliases, ...document} = JSON.parse(text)
  return Object.fromEntries(
    Object.entries({...document, ...prefixed(aliases)}).flatMap(([name, value]) =>
      typeof value === 'string' && /^https?:/.test(value) ? [[name, value]] : [],
    ),
  )
}

function prefixed(aliases: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(aliases).map(([name, value]) => [`mtls ${name}`, value]))
}

/** The administrator's token by password, as the admin client gets it. */
export function askForToken(keycloak: KeycloakAddress, password = keycloak.adminPassword): Promise<Reply> {
  const {publicUrl, adminUser} = keycloak
  return ask(keycloak, `${publicUrl}/realms/master/protocol/openid-connect/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'password',
      client_id: 'admin-cli',
      username: adminUser,
      password,
    }),
  })
}
