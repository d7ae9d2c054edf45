/** Keycloak's own shapes, so that what was read can be sent back whole: it takes a missing member for a default here and there. */
export type {default as ClientRepresentation} from '@keycloak/keycloak-admin-client/lib/defs/clientRepresentation.js'
export type {default as CredentialRepresentation} from '@keycloak/keycloak-admin-client/lib/defs/credentialRepresentation.js'
export type {default as MapperRepresentation} from '@keycloak/keycloak-admin-client/lib/defs/protocolMapperRepresentation.js'
export type {default as RealmRepresentation} from '@keycloak/keycloak-admin-client/lib/defs/realmRepresentation.js'
export type {default as UserRepresentation} from '@keycloak/keycloak-admin-client/lib/defs/userRepresentation.js'

/** Something that Keycloak knows by an id of its own. */
export interface Known {
  readonly id: string
}

/** A group or a role. */
export interface Named extends Known {
  readonly name: string
}
