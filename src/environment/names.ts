import {invalidInput} from '../errors.js'

/** Every resource that mcpgw makes carries this tag with the environment's name. */
export const environmentTag = 'mcpgw:environment'

/** Load balancer and target group names allow 32 characters; the longest suffix takes 13. */
const environmentPattern = /^[a-z][a-z0-9-]{0,17}[a-z0-9]$/

/**
 * Returns `name` when it can name an environment: 2 to 19 lower-case letters, digits and hyphens.
 * @throws McpgwError INVALID_ENVIRONMENT, exit code 2.
 */
export function checkEnvironmentName(name: string): string {
  if (environmentPattern.test(name)) return name
  throw invalidInput(
    'INVALID_ENVIRONMENT',
    `The environment name ${JSON.stringify(name)} is not usable: it needs 2 to 19 lower-case letters, digits or hyphens, starting with a letter and not ending with a hyphen.`,
    'Give another name with --environment, for example --environment mcp-gateway.',
  )
}

/** The root stack of layout nested. */
export function rootStackName(environment: string): string {
  return environment
}

/** A stack of layout individual. */
export function individualStackName(environment: string, key: string): string {
  return `${environment}-${key}`
}

/** The bucket for templates when the user names none: one for each environment, account and region, within S3's 63 characters. */
export function defaultTemplateBucket(environment: string, account: string, region: string): string {
  return `mcpgw-${environment}-${account}-${region}`
}

/** The CodeBuild project that builds the images. */
export function buildProjectName(environment: string): string {
  return `${environment}-container-build`
}

/** The secret with the registry's administrator password. */
export function adminPasswordSecretName(environment: string): string {
  return `${environment}-admin-password`
}

/** The secret with Keycloak's administrator password. */
export function keycloakAdminSecretName(environment: string): string {
  return `${environment}-keycloak-admin`
}
