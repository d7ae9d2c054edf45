import {realmName} from '../../../src/environment/realm.js'
import type {RealmFixture} from './realm-fixture.js'

/** Who logs in to a realm that upstream's script has made. */
export const upstreamUsers = {admin: 'Upstream-1', testuser: 'testpass', 'lob1-user': 'Lob-1'}

/**
 * A realm as upstream's init-keycloak.sh of v1.0.7 leaves it: other secrets, more clients, scopes, groups and users, and a
 * machines' client whose user is in no group.
 */
export async function makeUpstreamRealm(fixture: RealmFixture): Promise<void> {
  const post = async (path: string, body: unknown) => {
    const {status} = await fixture.admin('POST', path, body)
    if (status >= 300) throw new Error(`POST ${path}: ${status}`)
  }
  await fixture.admins('POST', '', {
    realm: realmName,
    enabled: true,
    registrationAllowed: false,
    loginWithEmailAllowed: true,
    duplicateEmailsAllowed: false,
    resetPasswordAllowed: true,
    editUsernameAllowed: false,
  })
  const confidential = {enabled: true, publicClient: false, clientAuthenticatorType: 'client-secret'}
  await post('/clients', {
    ...confidential,
    clientId: 'mcp-gateway-web',
    standardFlowEnabled: true,
    directAccessGrantsEnabled: true,
    redirectUris: [
      'https://registry.example.com/oauth2/callback/keycloak',
      'https://registry.example.com/*',
      'http://localhost:7860/*',
      'http://localhost:8888/*',
    ],
    webOrigins: ['https://registry.example.com', 'http://localhost:7860', '+'],
  })
  const machines = {...confidential, standardFlowEnabled: false, serviceAccountsEnabled: true}
  for (const clientId of ['mcp-gateway-m2m', 'registry-admin-bot', 'lob1-bot'])
    await post('/clients', {...machines, clientId})
  for (const name of ['unrestricted/read', 'unrestricted/execute', 'restricted/read', 'restricted/execute'])
    await post('/client-scopes', {name: `mcp-servers-${name}`, protocol: 'openid-connect'})
  for (const name of [
    'mcp-registry-admin',
    'mcp-registry-user',
    'mcp-servers-unrestricted',
    'registry-admins',
    'registry-users-lob1',
    'registry-users-lob2',
  ])
    await post('/groups', {name})
  const groupsOf: Record<string, string[]> = {
    admin: ['/mcp-registry-admin', '/mcp-servers-unrestricted'],
    testuser: ['/mcp-registry-user'],
    'lob1-user': ['/registry-users-lob1'],
  }
  for (const [username, value] of Object.entries(upstreamUsers))
    await post('/users', {
      username,
      email: `${username}@example.com`,
      enabled: true,
      emailVerified: true,
      firstName: username,
      lastName: 'User',
      groups: groupsOf[username],
      credentials: [{type: 'password', value, temporary: false}],
    })
  const web = await fixture.client('mcp-gateway-web')
  await post(`/clients/${web.id}/protocol-mappers/models`, {
    name: 'groups',
    protocol: 'openid-connect',
    protocolMapper: 'oidc-group-membership-mapper',
    config: {
      'full.path': 'false',
      'id.token.claim': 'true',
      'access.token.claim': 'true',
      'claim.name': 'groups',
      'userinfo.token.claim': 'true',
    },
  })
}
