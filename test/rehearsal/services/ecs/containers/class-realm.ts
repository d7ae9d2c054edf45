import {pbkdf2Sync} from 'node:crypto'

/** A password as an export of a realm has it: with so few rounds it costs nothing, to make and to check. */
function passwordOf(text: string) {
  const [salt, hashIterations] = [Buffer.from('salt of a class'), 1]
  const value = pbkdf2Sync(text, salt, hashIterations, 64, 'sha256').toString('base64')
  return {
    type: 'password',
    secretData: JSON.stringify({value, salt: salt.toString('base64')}),
    credentialData: JSON.stringify({hashIterations, algorithm: 'pbkdf2-sha256'}),
  }
}

/** What a class needs, in one document: a student, somebody without the default role, and the machines' client. */
export function classRealm(registryUrl: string) {
  const groups = {
    name: 'groups',
    protocol: 'openid-connect',
    protocolMapper: 'oidc-group-membership-mapper',
    config: {
      'claim.name': 'groups',
      'full.path': 'false',
      'access.token.claim': 'true',
      'id.token.claim': 'true',
      'userinfo.token.claim': 'true',
    },
  }
  const credentials = [passwordOf('open sesame')]
  const realmRoles = ['default-roles-mcp-gateway']
  return {
    realm: 'mcp-gateway',
    enabled: true,
    accessTokenLifespan: 28_800,
    clients: [
      {
        clientId: 'mcp-gateway-web',
        secret: 'web secret',
        redirectUris: [`${registryUrl}/oauth2/callback/keycloak`],
        directAccessGrantsEnabled: true,
        protocolMappers: [groups],
      },
      {
        clientId: 'mcp-gateway-m2m',
        secret: 'machine secret',
        serviceAccountsEnabled: true,
        protocolMappers: [groups],
      },
    ],
    groups: [{name: 'mcp-registry-admin'}, {name: 'registry-users-lob1'}],
    users: [
      {username: 'student-01', enabled: true, credentials, groups: ['/registry-users-lob1'], realmRoles},
      {username: 'bare', enabled: true, credentials},
      {
        username: 'service-account-mcp-gateway-m2m',
        enabled: true,
        serviceAccountClientId: 'mcp-gateway-m2m',
        groups: ['/mcp-registry-admin'],
        realmRoles,
      },
    ],
  }
}
