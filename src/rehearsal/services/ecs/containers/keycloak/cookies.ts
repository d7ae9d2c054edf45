import type {RealmVisit} from './visit.js'

/** What pages of Keycloak's read themselves. */
const forScripts = ['KC_AUTH_STATE', 'KEYCLOAK_SESSION']

/** A cookie as Keycloak sets it for the pages of one realm; without a value it is taken away. */
export function cookie(
  {realm}: Pick<RealmVisit, 'realm'>,
  name: string,
  value: string,
  sameSite?: 'None',
): string {
  const end = value === '' ? ' Expires=Thu, 01-Jan-1970 00:00:10 GMT; Max-Age=0;' : ''
  const site = sameSite ? ` SameSite=${sameSite};` : ''
  const hidden = forScripts.some(known => name.startsWith(known)) ? '' : '; HttpOnly'
  return `${name}=${value}; Version=1;${end} Path=/realms/${realm.realm}/;${site} Secure${hidden}`
}

/** Of a login under way. */
export const loginCookie = 'AUTH_SESSION_ID'

/** Of a browser that is logged in. */
export const identityCookie = 'KEYCLOAK_IDENTITY'

/** The same cookie under a second name, for browsers that take no SameSite=None. */
export function withLegacy(visit: Pick<RealmVisit, 'realm'>, name: string, value: string): string[] {
  return [cookie(visit, name, value, 'None'), cookie(visit, `${name}_LEGACY`, value)]
}
