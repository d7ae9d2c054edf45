import {createLocalJWKSet, errors, type JWTPayload, jwtVerify} from 'jose'
import {keycloakM2mClientSecretName} from '../../../environment/names.js'
import {accessTokenSeconds, machineClientId, webClientId} from '../../../environment/realm.js'
import {deployLine} from '../remedies.js'
import {type BrokenLink, broken, type Chain} from './chain.js'
import type {Realm} from './realm-links.js'
import {type LinkScope, logsOf, membersOf, quoted, realmRemedy, unexpected} from './scope.js'
import {secretMember} from './secret-member.js'

/**
 * What the auth server takes for `aud`, any one of them, and the only algorithm that it takes.
 * Source: auth_server/providers/keycloak.py of v1.0.7, `validate_token`.
 */
const audiences = ['account', webClientId, machineClientId]
const algorithms = ['RS256']

/** Clocks differ a little; more than this is worth a word. */
const clockToleranceSeconds = 60

/** Gets a token as a program does, and looks at it as the auth server will. */
export async function getMachineToken(chain: Chain, scope: LinkScope, realm: Realm): Promise<string> {
  const token = await chain.link('machine token', () => askForToken(scope, realm))
  await chain.link('token contents', () => lookAtToken(scope, realm, token))
  return token
}

async function askForToken(scope: LinkScope, realm: Realm): Promise<string> {
  const {target} = scope
  const secret = secretMember(scope, keycloakM2mClientSecretName(target.environment), 'client_secret', {
    whyMissing: 'someone deleted it',
    todo: `Run: ${deployLine(target)}`,
  })
  const form = {grant_type: 'client_credentials', client_id: machineClientId, client_secret: secret}
  const answer = await scope.ask(realm.token, {form, accept: 'application/json'})
  const {access_token: token, error, error_description: words} = membersOf(answer.body)
  if (answer.status === 200 && typeof token === 'string' && token !== '') {
    scope.secrets.add(token)
    return token
  }
  if (answer.status >= 400 && answer.status < 500 && typeof error === 'string') {
    const said = typeof words === 'string' ? `${error}, ${words}` : error
    const what = `Keycloak gives client ${machineClientId} no token (${answer.status} ${quoted(scope, said)}): it does not know the client, or the secret in ${keycloakM2mClientSecretName(target.environment)} is not the client's.`
    throw broken(what, realmRemedy(scope), {permanent: true})
  }
  throw unexpected(scope, realm.token, answer, {wanted: 'a token', service: 'keycloak'})
}

async function lookAtToken(scope: LinkScope, realm: Realm, token: string): Promise<void> {
  const {iat, exp} = await verified(scope, realm, token)
  if (exp === undefined || iat === undefined || exp - iat >= accessTokenSeconds) return
  if (exp <= iat) throw expired(realmRemedy(scope))
  const what = `A token lives ${exp - iat} s, which is less than the ${accessTokenSeconds / 3600} hours of a class day: programs would be cut off in the middle of it.`
  throw broken(what, realmRemedy(scope), {permanent: true})
}

async function verified(scope: LinkScope, realm: Realm, token: string): Promise<JWTPayload> {
  const answer = await scope.ask(realm.keys, {accept: 'application/json'})
  const {keys} = membersOf(answer.body)
  if (answer.status !== 200 || !Array.isArray(keys))
    throw unexpected(scope, realm.keys, answer, {wanted: "the realm's keys", service: 'keycloak'})
  try {
    const {payload} = await jwtVerify(token, createLocalJWKSet({keys}), {
      issuer: realm.issuer,
      audience: audiences,
      algorithms,
      requiredClaims: ['exp', 'iat'],
      clockTolerance: clockToleranceSeconds,
      currentDate: new Date(scope.target.clock.now()),
    })
    return payload
  } catch (error) {
    throw tokenProblem(scope, error)
  }
}

function expired(todo: string): BrokenLink {
  return broken('A token that Keycloak has just given has expired already.', todo, {permanent: true})
}

function tokenProblem(scope: LinkScope, error: unknown): unknown {
  if (error instanceof errors.JWTExpired)
    return expired("Compare this machine's clock with the time of day: one of the two is wrong.")
  if (error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWSSignatureVerificationFailed) {
    const what = `Keycloak signs tokens with a key that it does not publish (${error.code}): something keeps old keys, or several Keycloaks answer.`
    return broken(what, logsOf(scope, 'keycloak'), {permanent: false})
  }
  if (error instanceof errors.JWTClaimValidationFailed) {
    const {claim, payload} = error
    const found = payload[claim] === undefined ? 'none' : quoted(scope, JSON.stringify(payload[claim]))
    const wanted = claim === 'aud' ? ` The auth server requires one of ${audiences.join(', ')}.` : ''
    return broken(
      `The token's claim ${claim} is not what the auth server takes: it has ${found}.${wanted}`,
      realmRemedy(scope),
      {permanent: true},
    )
  }
  if (error instanceof errors.JOSEError) {
    const what = `The token cannot be verified with the realm's keys: ${quoted(scope, error.message)} (${error.code}).`
    return broken(what, realmRemedy(scope), {permanent: true})
  }
  return error
}
