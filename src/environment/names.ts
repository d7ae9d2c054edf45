import {invalidInput} from '../errors.js'

/** Every resource that mcpgw makes carries this tag with the environment's name. */
export const environmentTag = 'mcpgw:environment'

/**
 * Load balancer and target group names allow 32 characters; the longest suffix takes 13. ECR and RDS Proxy refuse two
 * hyphens in a row, Parameter Store names that begin with `aws` or `ssm`, Elastic Load Balancing those with `internal-`.
 * The main load balancer of an environment `x-keycloak` would be called what the Keycloak load balancer of `x` is.
 */
const environmentPattern = /^(?!aws|ssm|internal$|internal-|.*--|.*-keycloak$)[a-z][a-z0-9-]{0,17}[a-z0-9]$/

/**
 * Returns `name` when it can name an environment: 2 to 19 lower-case letters, digits and single hyphens, without the
 * beginnings and the ending that would make one of its resources' names unusable.
 * @throws McpgwError INVALID_ENVIRONMENT, exit code 2.
 */
export function checkEnvironmentName(name: string): string {
  if (environmentPattern.test(name)) return name
  throw invalidInput(
    'INVALID_ENVIRONMENT',
    `The environment name ${JSON.stringify(name)} is not usable: it needs 2 to 19 lower-case letters, digits or single hyphens, starting with a letter and not ending with a hyphen. Names that begin with aws, ssm or internal- are AWS's own, and -keycloak at the end makes names that another environment has.`,
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

/** The secret of the client that logs people in, key `client_secret`. */
export function keycloakClientSecretName(environment: string): string {
  return `${environment}-keycloak-client-secret`
}

/** The secret of the machines' client, key `client_secret`. */
export function keycloakM2mClientSecretName(environment: string): string {
  return `${environment}-keycloak-m2m-client-secret`
}

/** The secret with the students' passwords by user name, a JSON object; without a value until there are students. */
export function studentsSecretName(environment: string): string {
  return `${environment}-students`
}

/** The secret of the account with which verify logs in, key `password`. */
export function verifyLoginSecretName(environment: string): string {
  return `${environment}-verify-login`
}

/** The function that says who may administer Keycloak, at the edge, where names know no region. */
export function viewersFunctionName(environment: string, region: string): string {
  return `${environment}-keycloak-viewers-${region}`
}
