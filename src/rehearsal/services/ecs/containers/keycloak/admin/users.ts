import type {AppAnswer} from '../../../../../resources/http-messages.js'
import {conflict, lacking, refusal, reply} from '../answers.js'
import {clientNamed, type KeycloakData, type Realm, type User} from '../data.js'
import {defaultRoleOf, newUser} from '../new-realm.js'
import {digestIn, setPassword} from '../password.js'
import {groupOfUser} from './groups.js'
import {
  type AdminVisit,
  bodyOf,
  checkFree,
  checkMembers,
  groupOf,
  locationOf,
  type Members,
  pageOf,
  realmOf,
  textOf,
  textsOf,
  userOf,
} from './request.js'
import {briefUser, userRepresentation} from './user-representation.js'

/** GET …/users: by `username` or `email`, in part or `exact`; by `search` in any of their names; or all people. */
export function listUsers(visit: AdminVisit): AppAnswer {
  const found = realmOf(visit)
    .users.filter(user => fits(user, visit.query))
    .sort((left, right) => (left.username < right.username ? -1 : 1))
  const isBrief = visit.query.get('briefRepresentation') === 'true'
  return reply(200, pageOf(found, visit).map(isBrief ? briefUser : userRepresentation))
}

export function countUsers(visit: AdminVisit): AppAnswer {
  return reply(200, realmOf(visit).users.filter(user => fits(user, visit.query)).length)
}

function fits(user: User, query: URLSearchParams): boolean {
  const isExact = query.get('exact') === 'true'
  const isService = user.serviceAccountClientLink !== undefined
  const same = (value: string | undefined, wanted: string) =>
    isExact ? value === wanted.toLowerCase() : (value ?? '').includes(wanted.toLowerCase())
  const asked = (['username', 'email', 'firstName', 'lastName'] as const).filter(name => query.has(name))
  const search = query.get('search')
  if (search !== null) {
    return (
      !isService &&
      [user.username, user.email, user.firstName, user.lastName].some(v => same(v?.toLowerCase(), search))
    )
  }
  // Whoever asks for nobody in particular is shown no service accounts.
  if (asked.length === 0) return !isService
  return asked.every(name => same(user[name]?.toLowerCase(), query.get(name) ?? ''))
}

export function readUser(visit: AdminVisit): AppAnswer {
  return reply(200, userRepresentation(userOf(realmOf(visit), visit)))
}

export function createUser(visit: AdminVisit): AppAnswer {
  const realm = realmOf(visit)
  const user = addUser(visit.data, realm, bodyOf(visit, 'User'), {now: visit.now})
  return reply(201, undefined, locationOf(visit, `/admin/realms/${realm.realm}/users/${user.id}`))
}

/** Puts a user into a realm: alone, with the role that every user has; within a realm's document without. */
export function addUser(
  data: KeycloakData,
  realm: Realm,
  body: Members,
  {now, inDocument}: {now: number; inDocument?: true},
): User {
  const username = textOf(body.username)?.toLowerCase()
  if (!username) throw conflict('User name is missing', 400)
  const client = clientNamed(realm, textOf(body.serviceAccountClientId))
  const known = client && realm.users.find(user => user.serviceAccountClientLink === client.id)
  if (known) realm.users = realm.users.filter(user => user !== known)
  checkNames(realm, undefined, body)
  const role = inDocument ? undefined : defaultRoleOf(realm)
  const user = newUser(data, inDocument ? undefined : now, {
    ...personOf(body),
    username,
    groups: groupIds(realm, body),
    realmRoles: inDocument ? roleIds(realm, body) : role ? [role.id] : [],
    ...(client && {serviceAccountClientLink: client.id}),
  })
  applyCredentials(data, user, body, now)
  realm.users.push(user)
  return user
}

/** PUT …/users/{id}: members that are not in it stay. Groups and roles in it are passed over, as in the real one. */
export function updateUser(visit: AdminVisit): AppAnswer {
  const realm = realmOf(visit)
  const user = userOf(realm, visit)
  const body = bodyOf(visit, 'User')
  checkNames(realm, user, body)
  // A user's name stays unless the realm allows another one.
  Object.assign(user, personOf(body))
  if (realm.settings.editUsernameAllowed === true)
    user.username = textOf(body.username)?.toLowerCase() ?? user.username
  applyCredentials(visit.data, user, body, visit.now)
  return reply(204)
}

export function deleteUser(visit: AdminVisit): AppAnswer {
  const realm = realmOf(visit)
  const user = userOf(realm, visit)
  realm.users = realm.users.filter(other => other !== user)
  return reply(204)
}

/** PUT …/users/{id}/reset-password. */
export function resetPassword(visit: AdminVisit): AppAnswer {
  const user = userOf(realmOf(visit), visit)
  const body = bodyOf(visit, 'Credential')
  if (!textOf(body.value)) throw refusal(400, 'Empty password not allowed')
  applyCredentials(visit.data, user, {credentials: [body]}, visit.now)
  return reply(204)
}

export function listCredentials(visit: AdminVisit): AppAnswer {
  const {password} = userOf(realmOf(visit), visit)
  if (!password) return reply(200, [])
  const credentialData = JSON.stringify({
    hashIterations: password.hashIterations,
    algorithm: 'pbkdf2-sha256',
    additionalParameters: {},
  })
  return reply(200, [{id: password.id, type: 'password', createdDate: password.createdDate, credentialData}])
}

export function groupsOfUser(visit: AdminVisit): AppAnswer {
  const realm = realmOf(visit)
  const user = userOf(realm, visit)
  return reply(
    200,
    pageOf(
      realm.groups.filter(({id}) => user.groups.includes(id)),
      visit,
    ).map(groupOfUser),
  )
}

export function joinGroup(visit: AdminVisit): AppAnswer {
  const realm = realmOf(visit)
  const user = userOf(realm, visit)
  const {id} = groupOf(realm, visit, 'Group not found')
  if (!user.groups.includes(id)) user.groups.push(id)
  return reply(204, undefined, {'cache-control': 'no-cache'})
}

export function leaveGroup(visit: AdminVisit): AppAnswer {
  const realm = realmOf(visit)
  const user = userOf(realm, visit)
  const group = groupOf(realm, visit, 'Group not found')
  user.groups = user.groups.filter(id => id !== group.id)
  return reply(204, undefined, {'cache-control': 'no-cache'})
}

/** @throws Refused when another user has the name or the address */
function checkNames(realm: Realm, self: User | undefined, body: Members): void {
  const username = textOf(body.username)?.toLowerCase()
  const email = textOf(body.email)?.toLowerCase()
  const others = realm.users.filter(user => user !== self)
  const hasName = username !== undefined && others.some(user => user.username === username)
  const hasEmail = email !== undefined && email !== '' && others.some(user => user.email === email)
  if (self) return checkFree(hasName || hasEmail, 'User exists with same username or email')
  checkFree(hasName, 'User exists with same username')
  checkFree(hasEmail, 'User exists with same email')
}

/** What a body says of the person alone. */
function personOf(body: Members): Partial<User> {
  const taken = ['enabled', 'emailVerified', 'firstName', 'lastName', 'attributes'].flatMap(name =>
    body[name] === undefined || body[name] === null ? [] : [[name, body[name]] as const],
  )
  const email = textOf(body.email)?.toLowerCase()
  const actions = textsOf(body.requiredActions)
  for (const member of ['federatedIdentities', 'clientRoles', 'clientConsents']) {
    const value = body[member]
    if (value && Object.keys(value).length > 0) throw lacking(`${member} of users`)
  }
  return {
    ...Object.fromEntries(taken),
    ...(email !== undefined && {email: email || undefined}),
    ...(actions && {requiredActions: actions}),
  }
}

/** @throws Refused: the real one does not say why either */
function groupIds(realm: Realm, body: Members): string[] {
  return (textsOf(body.groups) ?? []).map(path => {
    const group = realm.groups.find(({name}) => name === path.replace(/^\//, ''))
    if (!group) throw refusal(500, 'unknown_error')
    return group.id
  })
}

function roleIds(realm: Realm, body: Members): string[] {
  return (textsOf(body.realmRoles) ?? []).map(name => {
    const role = realm.roles.find(each => each.clientId === undefined && each.name === name)
    if (!role) throw refusal(500, 'unknown_error')
    return role.id
  })
}

/** A password that is for once only has to be replaced at the next login. */
function applyCredentials(data: KeycloakData, user: User, body: Members, now: number): void {
  const credentials = Array.isArray(body.credentials) ? (body.credentials as Members[]) : []
  for (const credential of credentials) {
    checkMembers('Credential', credential)
    if ((credential.type ?? 'password') !== 'password') throw lacking('credentials other than passwords')
    const password = textOf(credential.value) ?? digestIn(credential)
    if (password === undefined) throw lacking('passwords with a digest other than pbkdf2-sha256')
    setPassword(data, user, password, now)
    const others = user.requiredActions.filter(action => action !== 'UPDATE_PASSWORD')
    user.requiredActions = credential.temporary === true ? [...others, 'UPDATE_PASSWORD'] : others
  }
}
