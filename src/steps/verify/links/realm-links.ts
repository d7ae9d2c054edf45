import {oidcProblem} from '../../../environment/endpoints.js'
import {verifyLoginSecretName} from '../../../environment/names.js'
import {realmName} from '../../../environment/realm.js'
import {deployLine} from '../remedies.js'
import {broken, type Chain} from './chain.js'
import {addressOf, type LinkScope, membersOf, realmRemedy, unexpected} from './scope.js'
import {secretMember} from './secret-member.js'

/** What the login and the machines' token need of the realm's OpenID configuration. */
export interface Realm {
  readonly issuer: string
  readonly authorization: URL
  readonly token: URL
  readonly keys: URL
}

const needed = ['authorization_endpoint', 'token_endpoint', 'jwks_uri']

/** The password of the account that tries the way in. Environments of older templates have no such account. */
export function readVerifyPassword(chain: Chain, scope: LinkScope): Promise<string> {
  const {target} = scope
  return chain.link('verify account', async () =>
    secretMember(scope, verifyLoginSecretName(target.environment), 'password', {
      whyMissing: 'the environment was deployed with older templates, or someone deleted it',
      todo: `Run: ${deployLine(target)}. Until then, ${target.commandLine('verify')} --shallow checks the rest.`,
    }),
  )
}

/** Finds the realm, and that its addresses are those under which people reach it. */
export async function findRealm(chain: Chain, scope: LinkScope): Promise<Realm> {
  const body = await chain.link('realm', async () => {
    const keycloak = addressOf(scope, 'KeycloakUrl')
    const url = new URL(`${keycloak}/realms/${realmName}/.well-known/openid-configuration`)
    const answer = await scope.ask(url, {accept: 'application/json'})
    if (answer.status === 404 && typeof membersOf(answer.body).error === 'string') {
      const what = `Keycloak has no realm ${realmName}: nobody can log in.`
      throw broken(what, realmRemedy(scope), {permanent: true})
    }
    if (answer.status !== 200) throw unexpected(scope, url, answer, {wanted: '200', service: 'keycloak'})
    return answer.body
  })
  return chain.link('OpenID configuration', async () => {
    const keycloak = addressOf(scope, 'KeycloakUrl')
    const document = membersOf(body)
    const missing = needed.find(key => typeof document[key] !== 'string')
    const problem =
      oidcProblem(body, keycloak, realmName) ?? (missing && `The discovery document names no ${missing}.`)
    if (problem === undefined) {
      return {
        issuer: String(document.issuer),
        authorization: new URL(String(document.authorization_endpoint)),
        token: new URL(String(document.token_endpoint)),
        keys: new URL(String(document.jwks_uri)),
      }
    }
    const todo = `Keycloak takes its addresses from its variables KC_HOSTNAME…, which the templates set. Run: ${deployLine(scope.target)}`
    throw broken(problem, todo, {permanent: false})
  })
}
