import type {AppAnswer} from '../../../../../resources/http-messages.js'
import {refusal, reply} from '../answers.js'
import type {Realm, Role} from '../data.js'
import {type AdminVisit, listOf, type Members, pageOf, realmOf, userOf} from './request.js'
import {listedUser} from './user-representation.js'

export function listRoles(visit: AdminVisit): AppAnswer {
  const realm = realmOf(visit)
  return reply(
    200,
    ownRoles(realm).map(role => brief(realm, role)),
  )
}

export function readRole(visit: AdminVisit): AppAnswer {
  const realm = realmOf(visit)
  return reply(200, {...brief(realm, roleOf(realm, visit)), attributes: {}})
}

/** GET …/roles/{role}/users: who has it, but not by another role. */
export function usersWithRole(visit: AdminVisit): AppAnswer {
  const realm = realmOf(visit)
  const {id} = roleOf(realm, visit)
  const found = realm.users.filter(({realmRoles}) => realmRoles.includes(id))
  return reply(200, pageOf(found, visit).map(listedUser))
}

export function compositesOf(visit: AdminVisit): AppAnswer {
  const realm = realmOf(visit)
  const parts = roleOf(realm, visit).composites
  const found = realm.roles.filter(role =>
    parts.some(({clientId, name}) => role.clientId === clientId && role.name === name),
  )
  return reply(
    200,
    found.map(role => brief(realm, role)),
  )
}

/** GET …/users/{id}/role-mappings. */
export function roleMappings(visit: AdminVisit): AppAnswer {
  const roles = rolesOfUser(visit)
  return reply(200, roles.length > 0 ? {realmMappings: roles} : {})
}

/** GET …/users/{id}/role-mappings/realm. */
export function realmRoles(visit: AdminVisit): AppAnswer {
  return reply(200, rolesOfUser(visit))
}

export function giveRoles(visit: AdminVisit): AppAnswer {
  const realm = realmOf(visit)
  const user = userOf(realm, visit)
  const ids = wantedIds(realm, visit)
  user.realmRoles = [...new Set([...user.realmRoles, ...ids])]
  return reply(204)
}

export function takeRoles(visit: AdminVisit): AppAnswer {
  const realm = realmOf(visit)
  const user = userOf(realm, visit)
  const ids = wantedIds(realm, visit)
  user.realmRoles = user.realmRoles.filter(id => !ids.includes(id))
  return reply(204)
}

function wantedIds(realm: Realm, visit: AdminVisit): string[] {
  return listOf(visit, 'Role').map(({name, id}) => {
    const role = ownRoles(realm).find(each => each.name === name && (id === undefined || each.id === id))
    if (!role) throw refusal(404, 'Role not found')
    return role.id
  })
}

function rolesOfUser(visit: AdminVisit): Members[] {
  const realm = realmOf(visit)
  const user = userOf(realm, visit)
  return ownRoles(realm)
    .filter(({id}) => user.realmRoles.includes(id))
    .map(role => brief(realm, role))
}

function ownRoles({roles}: Realm): Role[] {
  return roles.filter(({clientId}) => clientId === undefined)
}

function roleOf(realm: Realm, {parts}: AdminVisit): Role {
  const role = ownRoles(realm).find(({name}) => name === parts.role)
  if (!role) throw refusal(404, 'Could not find role')
  return role
}

function brief(realm: Realm, {id, name, description, composites, clientId}: Role): Members {
  const client = realm.clients.find(each => each.clientId === clientId)
  return {
    id,
    name,
    description,
    composite: composites.length > 0,
    clientRole: clientId !== undefined,
    containerId: client?.id ?? realm.id,
  }
}
