import type {AppAnswer} from '../../../../../resources/http-messages.js'
import {conflict, lacking, refusal, reply} from '../answers.js'
import {type Client, clientNamed, type KeycloakData, type ProtocolMapper, type Realm} from '../data.js'
import {newClient, newMapper, newSecret, settleServiceAccount} from '../new-realm.js'
import {checkedMapper} from './protocol-mappers.js'
import {
  type AdminVisit,
  bodyOf,
  checkFree,
  checkMembers,
  clientOf,
  locationOf,
  type Members,
  pageOf,
  realmOf,
  textOf,
} from './request.js'
import {userRepresentation} from './user-representation.js'

/** GET …/clients: all, or that with the `clientId` of the query; with `search` those whose id has it in it. */
export function listClients(visit: AdminVisit): AppAnswer {
  const realm = realmOf(visit)
  const wanted = visit.query.get('clientId')
  const isSearch = visit.query.get('search') === 'true'
  const found = realm.clients
    .filter(({clientId}) => wanted === null || (isSearch ? clientId.includes(wanted) : clientId === wanted))
    .sort((left, right) => (left.clientId < right.clientId ? -1 : 1))
  return reply(200, pageOf(found, visit).map(clientRepresentation))
}

export function readClient(visit: AdminVisit): AppAnswer {
  return reply(200, clientRepresentation(clientOf(realmOf(visit), visit)))
}

export function createClient(visit: AdminVisit): AppAnswer {
  const realm = realmOf(visit)
  const client = addClient(visit.data, realm, bodyOf(visit, 'Client'), {now: visit.now})
  return reply(201, undefined, locationOf(visit, `/admin/realms/${realm.realm}/clients/${client.id}`))
}

/** Puts a client into a realm. @throws Refused */
export function addClient(
  data: KeycloakData,
  realm: Realm,
  body: Members,
  {now, inDocument}: {now: number; inDocument?: true},
): Client {
  const clientId = textOf(body.clientId)
  if (!clientId) throw conflict('Client id is missing', 400)
  checkFree(clientNamed(realm, clientId) !== undefined, `Client ${clientId} already exists`)
  const given = kept(data, body)
  const isMadeUp = given.secret === undefined && given.publicClient !== true && !inDocument
  const client = newClient(data, {
    ...given,
    clientId,
    ...(isMadeUp && {
      attributes: {...given.attributes, 'client.secret.creation.time': String(Math.floor(now / 1000))},
    }),
  })
  realm.clients.push(client)
  settleServiceAccount(data, realm, client, inDocument ? undefined : now)
  return client
}

/** PUT …/clients/{id}: members that are not in it stay; a list in it takes the place of the whole list. */
export function updateClient(visit: AdminVisit): AppAnswer {
  const {data, now} = visit
  const realm = realmOf(visit)
  const client = clientOf(realm, visit)
  const body = bodyOf(visit, 'Client')
  const other = clientNamed(realm, textOf(body.clientId) ?? client.clientId)
  if (other && other !== client) throw refusal(409, 'unknown_error')
  const {protocolMappers, attributes, ...members} = kept(data, body)
  Object.assign(client, members, {id: client.id})
  if (attributes) client.attributes = {...client.attributes, ...attributes}
  if (protocolMappers) client.protocolMappers = mergedMappers(client, protocolMappers)
  settleServiceAccount(data, realm, client, now)
  return reply(204)
}

export function deleteClient(visit: AdminVisit): AppAnswer {
  const realm = realmOf(visit)
  const client = clientOf(realm, visit)
  realm.clients = realm.clients.filter(other => other !== client)
  realm.users = realm.users.filter(({serviceAccountClientLink}) => serviceAccountClientLink !== client.id)
  return reply(204)
}

export function readSecret(visit: AdminVisit): AppAnswer {
  return reply(200, {type: 'secret', value: clientOf(realmOf(visit), visit).secret})
}

export function renewSecret(visit: AdminVisit): AppAnswer {
  const client = clientOf(realmOf(visit), visit)
  client.secret = newSecret(visit.data)
  return reply(200, {type: 'secret', value: client.secret})
}

export function readServiceAccount(visit: AdminVisit): AppAnswer {
  const realm = realmOf(visit)
  const client = clientOf(realm, visit)
  const user = realm.users.find(({serviceAccountClientLink}) => serviceAccountClientLink === client.id)
  if (!user) throw refusal(400, 'unknown_error')
  const {access: _, ...shown} = userRepresentation(user)
  return reply(200, shown)
}

function clientRepresentation(client: Client): Members {
  const {protocolMappers, ...members} = client
  return {
    ...members,
    ...(protocolMappers.length > 0 && {protocolMappers}),
    access: {view: true, configure: true, manage: true},
  }
}

/** What of a body is kept; what it could not act on is refused. @throws Refused */
function kept(data: KeycloakData, body: Members): Partial<Client> {
  const {access: _, authorizationSettings, authorizationServicesEnabled, ...members} = body
  if (authorizationSettings || authorizationServicesEnabled === true) throw lacking('authorization services')
  if (members.protocol !== undefined && members.protocol !== 'openid-connect') throw lacking('SAML clients')
  const mappers = Array.isArray(members.protocolMappers) ? (members.protocolMappers as Members[]) : undefined
  for (const mapper of mappers ?? []) checkMembers('ProtocolMapper', mapper)
  const given = Object.fromEntries(Object.entries(members).filter(([, value]) => value !== null))
  return {
    ...given,
    ...(mappers && {protocolMappers: mappers.map(mapper => newMapper(data, checkedMapper(mapper)))}),
  } as Partial<Client>
}

/** One of the same name keeps its id. */
function mergedMappers(client: Client, wanted: readonly ProtocolMapper[]): ProtocolMapper[] {
  return wanted.map(mapper => {
    const same = client.protocolMappers.find(({name}) => name === mapper.name)
    return same ? {...mapper, id: same.id} : mapper
  })
}
