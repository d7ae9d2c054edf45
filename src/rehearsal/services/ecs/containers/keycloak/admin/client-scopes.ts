import type {AppAnswer} from '../../../../../resources/http-messages.js'
import {conflict, lacking, refusal, reply} from '../answers.js'
import type {ClientScope, KeycloakData, Realm} from '../data.js'
import {newClientScope} from '../new-realm.js'
import {
  type AdminVisit,
  bodyOf,
  checkFree,
  clientOf,
  locationOf,
  type Members,
  realmOf,
  textOf,
} from './request.js'

export function listClientScopes(visit: AdminVisit): AppAnswer {
  return reply(200, realmOf(visit).clientScopes)
}

export function createClientScope(visit: AdminVisit): AppAnswer {
  const realm = realmOf(visit)
  const scope = addClientScope(visit.data, realm, bodyOf(visit, 'ClientScope'))
  return reply(201, undefined, locationOf(visit, `/admin/realms/${realm.realm}/client-scopes/${scope.id}`))
}

/** Puts a scope for clients into a realm. @throws Refused */
export function addClientScope(data: KeycloakData, realm: Realm, body: Members): ClientScope {
  const name = textOf(body.name)
  if (!name) throw conflict('Client scope name is missing', 400)
  checkFree(
    realm.clientScopes.some(scope => scope.name === name),
    `Client Scope ${name} already exists`,
  )
  if (Array.isArray(body.protocolMappers) && body.protocolMappers.length > 0) {
    throw lacking('protocol mappers of client scopes')
  }
  const scope = newClientScope(data, name, body as Partial<ClientScope>)
  realm.clientScopes.push(scope)
  return scope
}

export function readClientScope(visit: AdminVisit): AppAnswer {
  return reply(200, scopeOf(realmOf(visit), visit))
}

export function deleteClientScope(visit: AdminVisit): AppAnswer {
  const realm = realmOf(visit)
  const scope = scopeOf(realm, visit)
  realm.clientScopes = realm.clientScopes.filter(other => other !== scope)
  for (const client of realm.clients) {
    client.defaultClientScopes = client.defaultClientScopes.filter(name => name !== scope.name)
    client.optionalClientScopes = client.optionalClientScopes.filter(name => name !== scope.name)
  }
  return reply(204)
}

type Kind = 'defaultClientScopes' | 'optionalClientScopes'

/** GET …/clients/{id}/default-client-scopes, or optional ones. */
export function scopesOfClient(kind: Kind) {
  return (visit: AdminVisit): AppAnswer => {
    const realm = realmOf(visit)
    const names = clientOf(realm, visit)[kind]
    const found = realm.clientScopes.filter(({name}) => names.includes(name))
    return reply(
      200,
      found.map(({id, name}) => ({id, name})),
    )
  }
}

/** PUT …/default-client-scopes/{scope}. */
export function giveScope(kind: Kind) {
  return (visit: AdminVisit): AppAnswer => {
    const realm = realmOf(visit)
    const {name} = scopeOf(realm, visit)
    const client = clientOf(realm, visit)
    if (![...client.defaultClientScopes, ...client.optionalClientScopes].includes(name))
      client[kind].push(name)
    return reply(204)
  }
}

/** DELETE …/default-client-scopes/{scope}. */
export function takeScope(kind: Kind) {
  return (visit: AdminVisit): AppAnswer => {
    const realm = realmOf(visit)
    const {name} = scopeOf(realm, visit)
    const client = clientOf(realm, visit)
    client[kind] = client[kind].filter(other => other !== name)
    return reply(204)
  }
}

function scopeOf(realm: Realm, {parts}: AdminVisit): ClientScope {
  const scope = realm.clientScopes.find(({id}) => id === parts.scope)
  if (!scope) throw refusal(404, 'Could not find client scope')
  return scope
}
