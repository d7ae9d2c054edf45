/** Keycloak's own client for its admin API; loaded when a realm is made, and by nothing else. */
export {KeycloakAdminClient} from '@keycloak/keycloak-admin-client/lib/client.js'
