import {conflict, refusal} from '../answers.js'
import {type Client, type Group, type Realm, realmNamed, type User} from '../data.js'
import type {Visit} from '../visit.js'
import {type Representation, unknownMember} from './members.js'

/** A request to the admin API: with an administrator's token, about a path with these parts. */
export interface AdminVisit extends Visit {
  /** What is in the path where its pattern has a name in braces. */
  parts: Readonly<Record<string, string>>
}

export type Members = Record<string, unknown>

/** The body as a representation. @throws Refused for a member that Keycloak 23 does not know, as it does */
export function bodyOf(visit: Visit, representation: Representation): Members {
  const body = parsed(visit)
  if (typeof body !== 'object' || body === null || Array.isArray(body)) throw refusal(400, 'unknown_error')
  checkMembers(representation, body)
  return body as Members
}

/** The same for a list of representations. */
export function listOf(visit: Visit, representation: Representation): Members[] {
  const body = parsed(visit)
  if (!Array.isArray(body)) throw refusal(400, 'unknown_error')
  for (const item of body) checkMembers(representation, item as object)
  return body as Members[]
}

function parsed({request}: Visit): unknown {
  try {
    return JSON.parse(request.body ?? '')
  } catch {
    throw refusal(400, 'invalid_request')
  }
}

export function checkMembers(representation: Representation, body: object): void {
  const words = unknownMember(representation, body)
  if (words !== undefined) throw refusal(400, words)
}

/** The realm that the path names. @throws Refused */
export function realmOf({data, parts}: AdminVisit): Realm {
  const realm = realmNamed(data, parts.realm ?? '')
  if (!realm) throw refusal(404, 'Realm not found.')
  return realm
}

export function clientOf(realm: Realm, {parts}: AdminVisit): Client {
  const client = realm.clients.find(({id}) => id === parts.client)
  if (!client) throw refusal(404, 'Could not find client')
  return client
}

export function groupOf(realm: Realm, {parts}: AdminVisit, words = 'Could not find group by id'): Group {
  const group = realm.groups.find(({id}) => id === parts.group)
  if (!group) throw refusal(404, words)
  return group
}

export function userOf(realm: Realm, {parts}: AdminVisit): User {
  const user = realm.users.find(({id}) => id === parts.user)
  if (!user) throw refusal(404, 'User not found')
  return user
}

/** Text from a body, where there is some. */
export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}

/** A list of texts from a body. */
export function textsOf(value: unknown): string[] | undefined {
  return Array.isArray(value) ? value.filter(item => typeof item === 'string') : undefined
}

/** @throws Refused when something else has the name already */
export function checkFree(isTaken: boolean, words: string): void {
  if (isTaken) throw conflict(words)
}

/** Where what was made is found: below the address that the request came to, as the real one says it. */
export function locationOf({addresses}: Visit, path: string): {location: string} {
  return {location: `${addresses.asked}${path}`}
}

/** A page of a list: `first` and `max` of the query. */
export function pageOf<T>(items: readonly T[], {query}: Visit): T[] {
  const first = Number(query.get('first') ?? 0) || 0
  const max = query.has('max') ? Number(query.get('max')) : items.length
  return items.slice(first, max < 0 ? undefined : first + max)
}
