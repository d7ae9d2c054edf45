import type {AppAnswer} from '../../../../../resources/http-messages.js'
import {lacking, refusal} from '../answers.js'
import type {Realm} from '../data.js'
import {issuerIn, verified} from '../keys.js'
import {liveSession} from '../sessions.js'
import {issuerOf, type Visit} from '../visit.js'
import {
  createClientScope,
  deleteClientScope,
  giveScope,
  listClientScopes,
  readClientScope,
  scopesOfClient,
  takeScope,
} from './client-scopes.js'
import {
  createClient,
  deleteClient,
  listClients,
  readClient,
  readSecret,
  readServiceAccount,
  renewSecret,
  updateClient,
} from './clients.js'
import * as groups from './groups.js'
import {createMapper, deleteMapper, listMappers, readMapper, updateMapper} from './protocol-mappers.js'
import {createRealm, deleteRealm, listRealms, readRealm, updateRealm} from './realms.js'
import type {AdminVisit} from './request.js'
import {
  compositesOf,
  giveRoles,
  listRoles,
  readRole,
  realmRoles,
  roleMappings,
  takeRoles,
  usersWithRole,
} from './roles.js'
import * as users from './users.js'

type Answer = (visit: AdminVisit) => AppAnswer

const realm = '/admin/realms/{realm}'
const client = `${realm}/clients/{client}`
const user = `${realm}/users/{user}`
const byDefault = 'defaultClientScopes'
const optional = 'optionalClientScopes'

/** What the admin API answers, by path and method. */
const paths: Readonly<Record<string, Partial<Record<string, Answer>>>> = {
  '/admin/realms': {GET: listRealms, POST: createRealm},
  [realm]: {GET: readRealm, PUT: updateRealm, DELETE: deleteRealm},
  [`${realm}/clients`]: {GET: listClients, POST: createClient},
  [client]: {GET: readClient, PUT: updateClient, DELETE: deleteClient},
  [`${client}/client-secret`]: {GET: readSecret, POST: renewSecret},
  [`${client}/service-account-user`]: {GET: readServiceAccount},
  [`${client}/protocol-mappers/models`]: {GET: listMappers, POST: createMapper},
  [`${client}/protocol-mappers/models/{mapper}`]: {GET: readMapper, PUT: updateMapper, DELETE: deleteMapper},
  [`${client}/default-client-scopes`]: {GET: scopesOfClient(byDefault)},
  [`${client}/default-client-scopes/{scope}`]: {PUT: giveScope(byDefault), DELETE: takeScope(byDefault)},
  [`${client}/optional-client-scopes`]: {GET: scopesOfClient(optional)},
  [`${client}/optional-client-scopes/{scope}`]: {PUT: giveScope(optional), DELETE: takeScope(optional)},
  [`${realm}/client-scopes`]: {GET: listClientScopes, POST: createClientScope},
  [`${realm}/client-scopes/{scope}`]: {GET: readClientScope, DELETE: deleteClientScope},
  [`${realm}/groups`]: {GET: groups.listGroups, POST: groups.createGroup},
  [`${realm}/groups/count`]: {GET: groups.countGroups},
  [`${realm}/groups/{group}`]: {GET: groups.readGroup, PUT: groups.updateGroup, DELETE: groups.deleteGroup},
  [`${realm}/groups/{group}/members`]: {GET: groups.groupMembers},
  [`${realm}/group-by-path/{path}`]: {GET: groups.groupByPath},
  [`${realm}/users`]: {GET: users.listUsers, POST: users.createUser},
  [`${realm}/users/count`]: {GET: users.countUsers},
  [user]: {GET: users.readUser, PUT: users.updateUser, DELETE: users.deleteUser},
  [`${user}/reset-password`]: {PUT: users.resetPassword},
  [`${user}/credentials`]: {GET: users.listCredentials},
  [`${user}/groups`]: {GET: users.groupsOfUser},
  [`${user}/groups/{group}`]: {PUT: users.joinGroup, DELETE: users.leaveGroup},
  [`${user}/role-mappings`]: {GET: roleMappings},
  [`${user}/role-mappings/realm`]: {GET: realmRoles, POST: giveRoles, DELETE: takeRoles},
  [`${realm}/roles`]: {GET: listRoles},
  [`${realm}/roles/{role}`]: {GET: readRole},
  [`${realm}/roles/{role}/composites`]: {GET: compositesOf},
  [`${realm}/roles/{role}/users`]: {GET: usersWithRole},
}

/** Longer ones first: /users/count is no user. */
const routes = Object.entries(paths)
  .map(([pattern, methods]) => ({
    pattern: new RegExp(`^${pattern.replace(/\{(\w+)\}/g, '(?<$1>[^/]+)')}$`),
    names: pattern.split('{').length,
    methods,
  }))
  .sort((left, right) => left.names - right.names)

/** What the real one has below a realm, and this one has in part or not at all. Source: RealmAdminResource of 23.0.7. */
const resources =
  /^\/admin\/(serverinfo|realms\/[^/]+\/(admin-events|attack-detection|authentication|client-[a-z-]+|clients|clients-initial-access|components|credential-registrators|default-[a-z-]+|events|group-by-path|groups|identity-provider|keys|localization|logout-all|partial-export|partialImport|push-revocation|roles|roles-by-id|sessions|testSMTPConnection|ui-ext|user-storage|users|users-management-permissions))(\/|$)/

/** The answer to a request to the admin API; undefined for any other. @throws Refused */
export async function adminApi(visit: Visit): Promise<AppAnswer | undefined> {
  if (!/^\/admin\/(realms|serverinfo)(\/|$)/.test(visit.path)) return undefined
  await checkAdministrator(visit)
  for (const {pattern, methods} of routes) {
    const match = pattern.exec(visit.path)
    if (!match) continue
    const answer = methods[visit.request.method]
    if (!answer && resources.test(visit.path)) throw lacking(`${visit.request.method} ${visit.path}`)
    if (!answer) throw refusal(405, 'HTTP 405 Method Not Allowed')
    return read(visit, answer({...visit, parts: decodedParts(match.groups ?? {})}))
  }
  if (resources.test(visit.path)) throw lacking(`${visit.request.method} ${visit.path}`)
  throw refusal(404, 'HTTP 404 Not Found')
}

/** What was read is sent with its character set, and not kept by anybody in between. */
function read({request}: Visit, answer: AppAnswer): AppAnswer {
  if (answer.status !== 200) return answer
  const type = {'content-type': 'application/json;charset=UTF-8'}
  if (request.method !== 'GET') return {...answer, headers: {...answer.headers, ...type}}
  return {...answer, headers: {...answer.headers, ...type, 'cache-control': 'no-cache'}}
}

/** @throws Refused unless the token is that of an administrator in realm master: there are no others here */
async function checkAdministrator(visit: Visit): Promise<void> {
  const token = /^Bearer (\S+)$/i.exec(visit.request.headers.authorization ?? '')?.[1] ?? ''
  const issuer = await issuerIn(token)
  const realm = visit.data.realms.find(each => issuerOf({...visit, realm: each}) === issuer)
  const claims = realm && (await verified(realm, token, visit.expiryNow))
  const user = realm?.users.find(({id}) => id === claims?.sub)
  if (!realm || !claims || !user?.enabled || isOver(visit, realm, claims.sid)) {
    throw refusal(401, 'HTTP 401 Unauthorized')
  }
  const admin = realm.roles.find(({name, clientId}) => name === 'admin' && clientId === undefined)
  const isAdministrator = realm.realm === 'master' && admin && user.realmRoles.includes(admin.id)
  if (!isAdministrator) throw refusal(403, 'unknown_error')
}

function isOver(visit: Visit, realm: Realm, session: unknown): boolean {
  return session !== undefined && !liveSession({...visit, realm}, session)
}

function decodedParts(parts: Record<string, string>): Record<string, string> {
  const decoded = (text: string) => {
    try {
      return decodeURIComponent(text)
    } catch {
      // Of a name like this nothing is found either.
      return text
    }
  }
  return Object.fromEntries(Object.entries(parts).map(([name, text]) => [name, decoded(text)]))
}
