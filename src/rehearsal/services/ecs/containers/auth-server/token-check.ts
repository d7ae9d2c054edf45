import type {JSONWebKeySet} from 'jose'
import type {RunningContainer} from '../container-app.js'
import {expiryTime} from '../expiry.js'
import {reach} from '../reach.js'
import {configurationOf} from './configuration.js'

/** Who a token stands for. */
export interface TokenBearer {
  username: string
  groups: string[]
  scopes: string[]
}

/** How long the keys of the realm are remembered. Source: auth_server/providers/keycloak.py of v1.0.7. */
const keysMs = 3_600_000

interface Remembered {
  keys: JSONWebKeySet
  at: number
}

/**
 * The bearer of a token that Keycloak has signed for this gateway: by a key of the realm, under one of its addresses,
 * for one of three audiences, and not expired.
 * @throws Error in the words of its log
 */
export async function checkedToken(token: string, container: RunningContainer): Promise<TokenBearer> {
  const {realmUrl, externalRealmUrl, realm, clientId, machineClientId} = configurationOf(container)
  const {importJWK, jwtVerify, decodeProtectedHeader} = await import('jose')
  const {keys} = await keysOf(realmUrl, container)
  const {kid} = decodeProtectedHeader(token)
  if (!kid) throw new Error("Token missing 'kid' in header")
  const key = keys.find(each => each.kid === kid)
  if (!key) throw new Error(`No matching key found for kid: ${kid}`)
  const {payload} = await jwtVerify(token, await importJWK(key, 'RS256'), {
    algorithms: ['RS256'],
    issuer: [externalRealmUrl, realmUrl, `http://localhost:8080/realms/${realm}`],
    audience: ['account', clientId, machineClientId],
    currentDate: new Date(expiryTime(container.world)),
  })
  return {
    username: String(payload.preferred_username ?? payload.sub),
    groups: Array.isArray(payload.groups) ? payload.groups.map(String) : [],
    scopes: String(payload.scope ?? '')
      .split(' ')
      .filter(Boolean),
  }
}

async function keysOf(realmUrl: string, container: RunningContainer): Promise<JSONWebKeySet> {
  const {task, world} = container
  task.memory ??= {}
  const known = task.memory.realmKeys as Remembered | undefined
  if (known && world.now < known.at + keysMs) return known.keys
  const answer = await reach(container, `${realmUrl}/protocol/openid-connect/certs`)
  if (answer?.status !== 200) throw new Error(`Cannot retrieve JWKS: ${answer?.status ?? 'no answer'}`)
  const keys = JSON.parse(answer.body) as JSONWebKeySet
  task.memory.realmKeys = {keys, at: world.now} satisfies Remembered
  return keys
}
