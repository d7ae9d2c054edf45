import type {UseWeb, Web} from '../aws/web.js'
import type {Clock} from '../clock.js'
import {type RealmAdmin, realmAdmin} from './admin.js'
import {AdminToken} from './admin-token.js'
import type {Ask} from './ask.js'
import {problemOf} from './problem.js'

/** Keycloak and its administrator. */
export interface KeycloakAccess {
  readonly web: UseWeb
  readonly clock: Clock
  /** Aborts what is asked at once. */
  readonly signal: AbortSignal
  /** The public address, without a slash at its end. */
  readonly url: string
  readonly user: string
  readonly password: string
  /** Hides secrets in what Keycloak says. */
  clean(text: string): string
}

/**
 * Does `work` on one realm with a login of its own. An account whose clock can stand still stands still meanwhile.
 * @throws KeycloakProblem for what Keycloak did not do
 */
export type UseRealm = <T>(work: (admin: RealmAdmin) => Promise<T>) => Promise<T>
/** CloudFront waits 30 s for an answer, a load balancer 60. */
const requestTimeoutMs = 60_000

export function openRealm(access: KeycloakAccess, realm: string): UseRealm {
  return work =>
    access.web(async web => {
      const {KeycloakAdminClient} = await import('./library.js')
      const settings = {baseUrl: access.url, requestOptions: optionsOf(web), timeout: requestTimeoutMs}
      const master = new KeycloakAdminClient({...settings, realmName: 'master'})
      const client = new KeycloakAdminClient({...settings, realmName: realm})
      const token = new AdminToken(access.clock, () => logIn(master, access))
      client.registerTokenProvider({getAccessToken: () => token.get()})
      return work(realmAdmin(client, realm, asking(access, token)))
    })
}

/** Redirects are not followed: nobody else is to be told what we send. */
function optionsOf({dispatcher}: Web): object {
  return {dispatcher, redirect: 'manual'}
}

interface Login {
  auth(credentials: {
    username: string
    password: string
    grantType: 'password'
    clientId: string
  }): Promise<void>
  accessToken?: string
}

async function logIn(master: Login, access: KeycloakAccess): Promise<string> {
  const {user: username, password, clean} = access
  try {
    await master.auth({username, password, grantType: 'password', clientId: 'admin-cli'})
  } catch (error) {
    throw problemOf(error, 'logging in as its administrator', {clean, timeoutMs: requestTimeoutMs})
  }
  return master.accessToken ?? ''
}

function asking({signal, clean}: KeycloakAccess, token: AdminToken): Ask {
  return async (asked, request, {isTrial} = {isTrial: false}) => {
    for (let isFirst = true; ; isFirst = false) {
      signal.throwIfAborted()
      try {
        return await untilAborted(request(), signal)
      } catch (error) {
        signal.throwIfAborted()
        const isTooOld = (error as {response?: {status?: number}}).response?.status === 401
        if (!isFirst || !isTooOld || isTrial)
          throw problemOf(error, asked, {clean, timeoutMs: requestTimeoutMs, isTrial})
        token.forget()
      }
    }
  }
}

/** The library takes no signal; closing the connections ends what is left behind. */
async function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  let stop = () => {}
  const aborted = new Promise<never>((_, reject) => {
    stop = () => reject(signal.reason)
    signal.addEventListener('abort', stop, {once: true})
  })
  try {
    return await Promise.race([work, aborted])
  } finally {
    signal.removeEventListener('abort', stop)
  }
}
