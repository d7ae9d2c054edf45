import {uuid} from '../../../../account/random.js'
import type {Digest} from './digest.js'

/** What a Keycloak keeps in its database: plain data, part of the database's own. */
export interface KeycloakData {
  /** What ids are made from, so that they are the same with the same requests and differ between databases. */
  seed: number
  name: string
  /** How many ids were given. */
  made: number
  realms: Realm[]
}

export interface Realm {
  id: string
  realm: string
  /** Members of the representation that were set, but for collections; the rest is as `realmDefaults` says. */
  settings: Record<string, unknown>
  /** Made when it is first needed. */
  keys?: RealmKeys
  clients: Client[]
  clientScopes: ClientScope[]
  groups: Group[]
  roles: Role[]
  users: User[]
}

/** As JSON Web Keys. */
export interface RealmKeys {
  kid: string
  privateKey: Record<string, unknown>
  /** Signs what only this Keycloak reads: refresh tokens and the cookie of a login. Base64url. */
  secret: string
  secretKid: string
}

/** A client as its representation says; members beside these are kept as they came. */
export interface Client {
  id: string
  clientId: string
  enabled: boolean
  publicClient: boolean
  secret?: string
  redirectUris: string[]
  webOrigins: string[]
  standardFlowEnabled: boolean
  directAccessGrantsEnabled: boolean
  serviceAccountsEnabled: boolean
  attributes: Record<string, string>
  protocolMappers: ProtocolMapper[]
  defaultClientScopes: string[]
  optionalClientScopes: string[]
  [member: string]: unknown
}

export interface ProtocolMapper {
  id: string
  name: string
  protocol: string
  protocolMapper: string
  consentRequired: boolean
  config: Record<string, string>
}

export interface ClientScope {
  id: string
  name: string
  description?: string
  protocol: string
  attributes: Record<string, string>
}

export interface Group {
  id: string
  name: string
  attributes: Record<string, string[]>
}

export interface Role {
  id: string
  name: string
  description: string
  /** The client that it belongs to; a role of the realm has none. */
  clientId?: string
  /** Names of the roles that it brings along. */
  composites: {clientId?: string; name: string}[]
}

export interface User {
  id: string
  /** Absent of one that came with a realm's document. */
  createdTimestamp?: number
  /** In lower case. */
  username: string
  enabled: boolean
  emailVerified: boolean
  email?: string
  firstName?: string
  lastName?: string
  attributes?: Record<string, string[]>
  requiredActions: string[]
  /** Ids. */
  groups: string[]
  /** Ids of roles of the realm. */
  realmRoles: string[]
  password?: Digest & {id: string; createdDate: number}
  /** Id of the client that is this user. */
  serviceAccountClientLink?: string
}

/** A fresh id. It takes nothing from the account's own chance: what a class does changes no deployment. */
export function newId(data: KeycloakData): string {
  data.made += 1
  return uuid(data.seed, 'keycloak', data.name, data.made)
}

export function realmNamed(data: KeycloakData, name: string): Realm | undefined {
  return data.realms.find(({realm}) => realm === name)
}

export function clientNamed(realm: Realm, clientId: string | undefined): Client | undefined {
  return realm.clients.find(client => client.clientId === clientId)
}

/** A user by name or, as Keycloak lets people log in by default, by e-mail address. */
export function userNamed(realm: Realm, name: string): User | undefined {
  const wanted = name.toLowerCase()
  return realm.users.find(({username}) => username === wanted) ?? realm.users.find(u => u.email === wanted)
}
