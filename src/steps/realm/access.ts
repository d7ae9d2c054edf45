import type {KeycloakAccess} from '../../keycloak/keycloak.js'
import {requireContext} from '../context.js'
import type {RealmSecrets} from './secrets.js'
import type {StudentPasswords} from './student-passwords.js'
import type {RealmTarget} from './target.js'

/** Keycloak of the environment, as its administrator; what it says is shown without secrets. */
export function accessTo(
  {aws: {web}, clock, signal, outputs, parameters}: RealmTarget,
  secrets: RealmSecrets,
  passwords: () => StudentPasswords,
): KeycloakAccess {
  return {
    web,
    clock,
    signal,
    url: addressIn(outputs, 'KeycloakUrl'),
    user: requireContext(parameters.KeycloakAdminUsername, 'the name of the administrator of Keycloak'),
    password: secrets.keycloakAdmin,
    clean: text =>
      [...Object.values(secrets), ...passwords().values()]
        // An empty one would be found between any two characters.
        .filter(secret => secret !== '')
        .reduce((clean, secret) => clean.replaceAll(secret, '****'), text),
  }
}

/** An address of the outputs, without a slash at its end. */
export function addressIn(outputs: Readonly<Record<string, string>>, name: string): string {
  return requireContext(outputs[name], `the output ${name}`).replace(/\/+$/, '')
}
