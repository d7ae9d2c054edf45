import type {AppAnswer} from '../../../../../resources/http-messages.js'
import {conflict, lacking, refusal, reply} from '../answers.js'
import {type Group, type KeycloakData, newId, type Realm} from '../data.js'
import {
  type AdminVisit,
  bodyOf,
  checkFree,
  groupOf,
  locationOf,
  type Members,
  pageOf,
  realmOf,
  textOf,
} from './request.js'
import {listedUser} from './user-representation.js'

/** GET …/groups: all, or with `search` those whose name has it in it, or is it with `exact`. */
export function listGroups(visit: AdminVisit): AppAnswer {
  const search = visit.query.get('search')
  const isExact = visit.query.get('exact') === 'true'
  const found = realmOf(visit)
    .groups.filter(({name}) => search === null || (isExact ? name === search : name.includes(search)))
    .sort((left, right) => (left.name < right.name ? -1 : 1))
  return reply(200, pageOf(found, visit).map(brief))
}

export function countGroups(visit: AdminVisit): AppAnswer {
  return reply(200, {count: realmOf(visit).groups.length})
}

export function readGroup(visit: AdminVisit): AppAnswer {
  return reply(200, whole(groupOf(realmOf(visit), visit)))
}

export function groupByPath(visit: AdminVisit): AppAnswer {
  const found = realmOf(visit).groups.find(({name}) => name === visit.parts.path)
  if (!found) throw refusal(404, 'Group path does not exist')
  const {access: _, subGroupCount: __, ...shown} = whole(found)
  return reply(200, shown)
}

export function groupMembers(visit: AdminVisit): AppAnswer {
  const realm = realmOf(visit)
  const {id} = groupOf(realm, visit)
  const members = realm.users.filter(({groups}) => groups.includes(id))
  return reply(200, pageOf(members, visit).map(listedUser))
}

export function createGroup(visit: AdminVisit): AppAnswer {
  const realm = realmOf(visit)
  const group = addGroup(visit.data, realm, bodyOf(visit, 'Group'))
  return reply(201, undefined, locationOf(visit, `/admin/realms/${realm.realm}/groups/${group.id}`))
}

/** Puts a group into a realm. @throws Refused */
export function addGroup(data: KeycloakData, realm: Realm, body: Members): Group {
  const name = nameOf(body)
  checkFree(
    realm.groups.some(group => group.name === name),
    `Top level group named '${name}' already exists.`,
  )
  const group: Group = {
    id: textOf(body.id) ?? newId(data),
    name,
    attributes: (body.attributes ?? {}) as Group['attributes'],
  }
  realm.groups.push(group)
  return group
}

export function updateGroup(visit: AdminVisit): AppAnswer {
  const realm = realmOf(visit)
  const group = groupOf(realm, visit)
  const body = bodyOf(visit, 'Group')
  const name = nameOf(body)
  const isTaken = realm.groups.some(other => other !== group && other.name === name)
  checkFree(isTaken, `Sibling group named '${name}' already exists.`)
  group.name = name
  if (body.attributes) group.attributes = body.attributes as Group['attributes']
  return reply(204)
}

export function deleteGroup(visit: AdminVisit): AppAnswer {
  const realm = realmOf(visit)
  const group = groupOf(realm, visit)
  realm.groups = realm.groups.filter(other => other !== group)
  for (const user of realm.users) user.groups = user.groups.filter(id => id !== group.id)
  return reply(204)
}

/** As a user's groups are listed. */
export function groupOfUser({id, name}: Group): Members {
  return {id, name, path: `/${name}`, subGroups: []}
}

function nameOf(body: Members): string {
  const name = textOf(body.name)
  if (!name) throw conflict('Group name is missing', 400)
  if (Array.isArray(body.subGroups) && body.subGroups.length > 0) throw lacking('groups within groups')
  for (const member of ['realmRoles', 'clientRoles']) {
    const roles = body[member]
    if (roles && Object.keys(roles).length > 0) throw lacking('roles of groups')
  }
  return name
}

const access = {view: true, viewMembers: true, manageMembers: true, manage: true, manageMembership: true}

function brief({id, name}: Group): Members {
  return {id, name, path: `/${name}`, subGroupCount: 0, subGroups: [], access}
}

function whole(group: Group): Members {
  return {...brief(group), attributes: group.attributes, realmRoles: [], clientRoles: {}, access}
}
