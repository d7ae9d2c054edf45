import type {Secrets} from '../../aws/secrets.js'
import {
  adminPasswordSecretName,
  keycloakAdminSecretName,
  keycloakClientSecretName,
  keycloakM2mClientSecretName,
  verifyLoginSecretName,
} from '../../environment/names.js'
import {failed, refused} from '../../errors.js'

/** What Secrets Manager generated with the stacks; the containers hold the same values since they started. */
export interface RealmSecrets {
  /** Of Keycloak's own administrator. */
  readonly keycloakAdmin: string
  readonly webClient: string
  readonly machineClient: string
  /** Of the registry's administrator. */
  readonly admin: string
  readonly verify: string
}

/**
 * @throws McpgwError ENVIRONMENT_TOO_OLD when the stacks have no secret for verify; SECRET_UNUSABLE when a secret is
 * gone or not as it was made
 */
export async function readSecrets(
  secrets: Pick<Secrets, 'value'>,
  environment: string,
  commandLine: (command: string) => string,
): Promise<RealmSecrets> {
  const verifyName = verifyLoginSecretName(environment)
  if ((await secrets.value(verifyName)) === undefined)
    throw refused(
      'ENVIRONMENT_TOO_OLD',
      `Environment ${environment} was deployed with templates that had no students: it has no secret ${verifyName}. Nothing was changed.`,
      `Run \`${commandLine('deploy')}\` to update it.`,
    )
  const [keycloakAdmin, webClient, machineClient, admin, verify] = await Promise.all([
    member(keycloakAdminSecretName(environment), 'password'),
    member(keycloakClientSecretName(environment), 'client_secret'),
    member(keycloakM2mClientSecretName(environment), 'client_secret'),
    member(adminPasswordSecretName(environment), 'admin_password'),
    member(verifyName, 'password'),
  ])
  return {keycloakAdmin, webClient, machineClient, admin, verify}

  async function member(name: string, key: string): Promise<string> {
    const text = await secrets.value(name)
    if (text === undefined)
      throw failed(
        'SECRET_UNUSABLE',
        `There is no secret ${name}, or none with a value: someone deleted it.`,
        {
          resource: name,
          hint: `Run \`${commandLine('verify')}\`, which says what is missing, and how to create it again.`,
        },
      )
    const found = objectOf(text)?.[key]
    if (typeof found === 'string' && found !== '') return found
    throw failed('SECRET_UNUSABLE', `The secret ${name} has no text under ${key}.`, {
      resource: name,
      hint: `Someone changed it. Put a JSON object with ${key} there (Secrets Manager keeps the version before as AWSPREVIOUS), then run \`${commandLine('realm')}\`.`,
    })
  }
}

/** Undefined when the text is no JSON object. */
export function objectOf(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text)
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value)
    return isObject ? (value as Record<string, unknown>) : undefined
  } catch {
    return undefined
  }
}
