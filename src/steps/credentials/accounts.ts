import {
  adminPasswordSecretName,
  keycloakAdminSecretName,
  keycloakM2mClientSecretName,
  studentsSecretName,
} from '../../environment/names.js'
import {
  adminUserName,
  fixedAccountNames,
  keycloakAdminAlias,
  machineClientId,
  realmName,
} from '../../environment/realm.js'
import type {Credential} from '../../results.js'

/**
 * The accounts of an environment, without passwords, in the order in which a class needs them. The one with which
 * verify logs in belongs to no person.
 * @param parameters of its stacks
 */
export function accountsOf(
  environment: string,
  {
    outputs,
    parameters,
    students,
  }: {
    outputs: Readonly<Record<string, string>>
    parameters: Readonly<Record<string, string>>
    students: readonly string[]
  },
): readonly Credential[] {
  const registry = withoutSlash(outputs.RegistryUrl)
  const keycloak = withoutSlash(outputs.KeycloakUrl)
  return [
    {
      name: adminUserName,
      kind: 'registry-administrator',
      url: registry,
      user: adminUserName,
      secret: adminPasswordSecretName(environment),
      key: 'admin_password',
      password: null,
    },
    ...students
      .filter(name => !fixedAccountNames.has(name))
      .map(
        (name): Credential => ({
          name,
          kind: 'student',
          url: registry,
          user: name,
          secret: studentsSecretName(environment),
          key: name,
          password: null,
        }),
      ),
    {
      name: keycloakAdminAlias,
      kind: 'keycloak-administrator',
      url: `${keycloak}/admin/`,
      user: parameters.KeycloakAdminUsername ?? 'admin',
      secret: keycloakAdminSecretName(environment),
      key: 'password',
      password: null,
    },
    {
      name: machineClientId,
      kind: 'machine-client',
      url: `${keycloak}/realms/${realmName}/protocol/openid-connect/token`,
      user: machineClientId,
      secret: keycloakM2mClientSecretName(environment),
      key: 'client_secret',
      password: null,
    },
  ]
}

function withoutSlash(url = ''): string {
  return url.replace(/\/+$/, '')
}
