import {
  accessTokenSeconds,
  adminGroupName,
  adminUserName,
  machineClientId,
  realmName,
  studentGroupName,
  verifyUserName,
  webClientId,
} from '../../environment/realm.js'
import type {
  ClientRepresentation,
  MapperRepresentation,
  RealmRepresentation,
} from '../../keycloak/representations.js'
import type {RealmSecrets} from './secrets.js'
import type {StudentPasswords} from './student-passwords.js'

/** What the realm of a class is made of. */
export interface WantedRealm {
  readonly clients: readonly WantedClient[]
  /** Of every environment. */
  readonly people: readonly Person[]
  readonly students: readonly Person[]
}

/** A client with everything that matters of it; whatever else somebody has set stays. */
export interface WantedClient extends ClientRepresentation {
  readonly clientId: string
  readonly secret: string
  readonly redirectUris: string[]
  readonly webOrigins: string[]
}

/** Somebody who logs in. */
export interface Person {
  readonly name: string
  readonly group: string
  readonly firstName: string
  readonly lastName: string
  /** Set when the account is made; undefined for a student who has none yet. */
  readonly password: string | undefined
  /** Nobody types the password: where it is not the one in the secret, it is set again. */
  readonly isNobody?: true
}

/** What the token of a login says of groups: names without a path, where the auth server looks for them. */
export const groupsMapper: MapperRepresentation & {readonly config: Readonly<Record<string, string>>} = {
  name: 'groups',
  protocol: 'openid-connect',
  protocolMapper: 'oidc-group-membership-mapper',
  config: {
    'full.path': 'false',
    'claim.name': 'groups',
    'id.token.claim': 'true',
    'access.token.claim': 'true',
    'userinfo.token.claim': 'true',
  },
}

/** Without them a token has no `aud` (roles), or does not say who it is of (profile). */
export const neededScopes = ['roles', 'profile', 'email'] as const

/** An open login page, without registration. The session outlives the token, else Keycloak cuts the token short. */
export const realmMembers: RealmRepresentation = {
  enabled: true,
  registrationAllowed: false,
  loginWithEmailAllowed: true,
  duplicateEmailsAllowed: false,
  accessTokenLifespan: accessTokenSeconds,
  ssoSessionMaxLifespan: accessTokenSeconds + 2 * 3600,
}

/** @param registryUrl without a slash at its end */
export function wantedRealm(options: {
  registryUrl: string
  secrets: RealmSecrets
  students: readonly string[]
  passwords: StudentPasswords
}): WantedRealm {
  const {registryUrl, secrets, students, passwords} = options
  return {
    clients: [webClient(registryUrl, secrets.webClient), machineClient(secrets.machineClient)],
    people: [
      {
        name: adminUserName,
        group: adminGroupName,
        firstName: 'Registry',
        lastName: 'Administrator',
        password: secrets.admin,
      },
      {
        name: verifyUserName,
        group: studentGroupName,
        firstName: 'Verify',
        lastName: 'of mcpgw',
        password: secrets.verify,
        isNobody: true,
      },
    ],
    students: students.map(name => ({
      name,
      group: studentGroupName,
      firstName: name,
      lastName: 'Student',
      password: passwords.get(name),
    })),
  }
}

/** Nobody receives mail there: the top level is reserved (RFC 2606), and a profile without an address may need a form. */
export function addressOf(person: Person): string {
  return `${person.name}@${realmName}.invalid`
}

const confidential = {
  enabled: true,
  protocol: 'openid-connect',
  publicClient: false,
  bearerOnly: false,
  clientAuthenticatorType: 'client-secret',
  consentRequired: false,
  fullScopeAllowed: true,
} as const

function webClient(registryUrl: string, secret: string): WantedClient {
  return {
    ...confidential,
    clientId: webClientId,
    name: 'MCP Gateway & Registry',
    secret,
    standardFlowEnabled: true,
    directAccessGrantsEnabled: true,
    redirectUris: [`${registryUrl}/oauth2/callback/keycloak`, `${registryUrl}/*`],
    webOrigins: [registryUrl],
    attributes: {'post.logout.redirect.uris': '+'},
  }
}

function machineClient(secret: string): WantedClient {
  return {
    ...confidential,
    clientId: machineClientId,
    name: 'Machines of the MCP Gateway & Registry',
    secret,
    serviceAccountsEnabled: true,
    redirectUris: [],
    webOrigins: [],
  }
}
