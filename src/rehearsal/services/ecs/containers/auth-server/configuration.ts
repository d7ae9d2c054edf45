import type {RunningContainer} from '../container-app.js'

/** What the auth server of v1.0.7 reads of its variables. */
export function configurationOf({environment}: Pick<RunningContainer, 'environment'>) {
  const realm = environment.KEYCLOAK_REALM ?? 'mcp-gateway'
  const internal = (environment.KEYCLOAK_URL ?? 'http://keycloak:8080').replace(/\/+$/, '')
  const external = (environment.KEYCLOAK_EXTERNAL_URL ?? internal).replace(/\/+$/, '')
  const clientId = environment.KEYCLOAK_CLIENT_ID ?? 'mcp-gateway-web'
  return {
    /** For servers. */
    realmUrl: `${internal}/realms/${realm}`,
    /** For browsers. */
    externalRealmUrl: `${external}/realms/${realm}`,
    realm,
    clientId,
    machineClientId: environment.KEYCLOAK_M2M_CLIENT_ID ?? clientId,
    clientSecret: environment.KEYCLOAK_CLIENT_SECRET ?? '',
    /** Where browsers reach this server. */
    ownUrl: (environment.AUTH_SERVER_EXTERNAL_URL ?? 'http://localhost:8888').replace(/\/+$/, ''),
    secretKey: environment.SECRET_KEY ?? '',
  }
}
