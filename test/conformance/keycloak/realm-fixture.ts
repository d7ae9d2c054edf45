import type {Dispatcher} from 'undici'
import {createWeb} from '../../../src/aws/web.js'
import {systemClock} from '../../../src/clock.js'
import {realmName, webClientId} from '../../../src/environment/realm.js'
import {makeRealm} from '../../../src/steps/realm/make-realm.js'
import type {KeycloakAddress} from './real-keycloak.js'

/** What an answer of Keycloak is compared by. */
export interface Answer {
  readonly status: number
  readonly body: any
}

/** What a run of the step did. */
export interface Ran {
  /** `kind name: change`. */
  readonly changes: readonly string[]
  readonly notes: readonly string[]
  readonly students: number
  /** `PUT /admin/realms/…`, of everything that was sent. */
  readonly requests: readonly string[]
  readonly milliseconds: number
}

/** The step against a real Keycloak, and somebody who works there by hand. */
export class RealmFixture {
  readonly #keycloak: KeycloakAddress
  #token: string | undefined
  /** Secrets Manager's, by name. */
  readonly secrets: Map<string, string>

  constructor(keycloak: KeycloakAddress) {
    this.#keycloak = keycloak
    this.secrets = new Map([
      ['demo-keycloak-admin', JSON.stringify({password: keycloak.adminPassword})],
      ['demo-admin-password', '{"admin_password":"Admin-4711"}'],
      ['demo-keycloak-client-secret', '{"client_secret":"web-secret"}'],
      ['demo-keycloak-m2m-client-secret', '{"client_secret":"machine-secret"}'],
      ['demo-verify-login', '{"password":"Verify-4711"}'],
    ])
  }

  /**
   * Runs the step once.
   * @param cutAtWrite the run is ended at its nth request that changes something, when that has been sent
   */
  async make(students?: readonly string[], cutAtWrite = Number.POSITIVE_INFINITY): Promise<Ran> {
    const requests: string[] = []
    const notes: string[] = []
    const stop = new AbortController()
    let writes = 0
    const watched: Dispatcher.DispatcherComposeInterceptor = dispatch => (options, handler) => {
      requests.push(`${options.method} ${options.path}`)
      if (options.method !== 'GET' && String(options.path).startsWith('/admin')) writes += 1
      const isTaken = dispatch(options, handler)
      // Keycloak has it, and nobody hears what becomes of it.
      if (writes >= cutAtWrite) setTimeout(() => stop.abort(new Error('cut')), 30)
      return isTaken
    }
    const web = createWeb(this.#keycloak.endpoint)
    const startedAt = performance.now()
    const {changes, students: count} = await makeRealm({
      aws: {
        web: work => web(({dispatcher, fetch}) => work({dispatcher: dispatcher.compose(watched), fetch})),
        secrets: {
          withPrefix: async () => [],
          value: async name => this.secrets.get(name),
          values: async () => new Map(),
          putValue: async (name, value) => {
            this.secrets.set(name, value)
          },
        },
      },
      clock: systemClock,
      environment: 'demo',
      outputs: {RegistryUrl: 'https://registry.example.com/', KeycloakUrl: this.#keycloak.publicUrl},
      parameters: {KeycloakAdminUsername: this.#keycloak.adminUser},
      students,
      patienceMs: 30_000,
      signal: stop.signal,
      tell: event => {
        if (event.kind === 'note') notes.push(event.text)
      },
      commandLine: command => `mcpgw ${command}`,
      onChange() {},
    })
    return {
      changes: changes.map(({kind, name, change}) => `${kind} ${name}: ${change}`),
      notes,
      students: count,
      requests,
      milliseconds: performance.now() - startedAt,
    }
  }

  /** Passwords of the students, as the secret holds them. */
  passwords(): Record<string, string> {
    return JSON.parse(this.secrets.get('demo-students') ?? '{}')
  }

  /** Asks the admin API below the realm by hand. */
  admin(method: string, path: string, body?: unknown): Promise<Answer> {
    return this.admins(method, `/${realmName}${path}`, body)
  }

  /** Asks the admin API by hand. */
  async admins(method: string, path: string, body?: unknown): Promise<Answer> {
    for (let isFirst = true; ; isFirst = false) {
      this.#token ??= await this.#adminToken()
      const answer = await this.#send(`/admin/realms${path}`, {
        method,
        headers: {authorization: `Bearer ${this.#token}`, 'content-type': 'application/json'},
        ...(body === undefined ? {} : {body: JSON.stringify(body)}),
      })
      // A token lives 60 s.
      if (answer.status !== 401 || !isFirst) return answer
      this.#token = undefined
    }
  }

  /** The realm goes, with everything in it, and the students' secret has no value again. */
  async removeRealm(): Promise<void> {
    await this.admin('DELETE', '')
    this.secrets.delete('demo-students')
  }

  /** What is in a token of this user, or Keycloak's refusal. */
  logIn(username: string, password: string): Promise<Record<string, any>> {
    const grant = {grant_type: 'password', username, password, scope: 'openid'}
    return this.#claims({client_id: webClientId, client_secret: 'web-secret', ...grant})
  }

  /** What is in a token by client credentials. */
  machine(client: string, secret: string): Promise<Record<string, any>> {
    return this.#claims({client_id: client, client_secret: secret, grant_type: 'client_credentials'})
  }

  async user(name: string): Promise<any> {
    return (await this.admin('GET', `/users?username=${name}&exact=true`)).body[0]
  }

  async client(clientId: string): Promise<any> {
    return (await this.admin('GET', `/clients?clientId=${clientId}`)).body[0]
  }

  async group(name: string): Promise<any> {
    return (await this.admin('GET', `/groups?search=${name}&exact=true`)).body[0]
  }

  async #claims(form: Record<string, string>): Promise<Record<string, any>> {
    const path = `/realms/${realmName}/protocol/openid-connect/token`
    const {status, body} = await this.#send(path, {method: 'POST', body: new URLSearchParams(form)})
    if (status !== 200) return {status, ...body}
    return JSON.parse(Buffer.from(body.access_token.split('.')[1], 'base64url').toString())
  }

  async #adminToken(): Promise<string> {
    const {adminUser: username, adminPassword: password} = this.#keycloak
    const form = new URLSearchParams({grant_type: 'password', client_id: 'admin-cli', username, password})
    const answer = await this.#send('/realms/master/protocol/openid-connect/token', {
      method: 'POST',
      body: form,
    })
    return answer.body.access_token
  }

  #send(path: string, init: RequestInit): Promise<Answer> {
    return createWeb(this.#keycloak.endpoint)(async ({fetch}) => {
      const answer = await fetch(`${this.#keycloak.publicUrl}${path}`, init)
      const text = await answer.text()
      return {status: answer.status, body: text === '' ? undefined : JSON.parse(text)}
    })
  }
}
