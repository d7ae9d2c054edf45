/** A variable of a container as the application at v1.0.7 reads it. */
export interface Variable {
  readonly name: string
  /** What reads it and what for, or what a reader must know. */
  readonly use: string
  /**
   * Whether the template must give it: always, only when litellm computes embeddings, or never, because what the
   * application takes by itself is right; or when another model is chosen for the agents.
   */
  readonly given: 'always' | 'with-litellm' | 'with-model' | 'never'
}

const always = (name: string, use: string): Variable => ({name, use, given: 'always'})
const withLitellm = (name: string, use: string): Variable => ({name, use, given: 'with-litellm'})
const withModel = (name: string, use: string): Variable => ({name, use, given: 'with-model'})
const never = (name: string, use: string): Variable => ({name, use, given: 'never'})

/** Uvicorn's command line takes every option from `UVICORN_` and its name as well, which its start scripts use. */
const keepAlive = always(
  'UVICORN_TIMEOUT_KEEP_ALIVE',
  'uvicorn: seconds until it closes an idle connection (default 5); must exceed the idle timeout of the load balancer',
)

/** registry/embeddings and mcpgw read the same names, and must be given the same values. */
const embeddings: readonly Variable[] = [
  always('EMBEDDINGS_PROVIDER', 'sentence-transformers or litellm'),
  always(
    'EMBEDDINGS_MODEL_NAME',
    'the folder of the model below /app/registry/models, or a name for litellm',
  ),
  always(
    'EMBEDDINGS_MODEL_DIMENSIONS',
    "length of the model's vectors; a different length rebuilds the index",
  ),
  always('EMBEDDINGS_AWS_REGION', 'region of Amazon Bedrock, only for litellm'),
  withLitellm('EMBEDDINGS_API_KEY', 'only for litellm'),
  never('EMBEDDINGS_API_BASE', 'URL of a custom API endpoint, only for litellm'),
]

const port = (value: number) => always('PORT', `start script: the port that it listens on, ${value}`)
const transport = always(
  'MCP_TRANSPORT',
  'streamable-http; the default is SSE, which the registry does not forward',
)

const agent: readonly Variable[] = [
  always('AGENTCORE_RUNTIME_URL', 'the address in the agent card; default localhost'),
  always('AWS_REGION', 'region of Amazon Bedrock'),
  always('AWS_DEFAULT_REGION', 'boto3: same as AWS_REGION, for code that does not read that'),
  withModel(
    'BEDROCK_MODEL_ID',
    'model or inference profile, instead of the one in the source; the image build makes the agents read it',
  ),
]

/**
 * By service: every variable that the application at v1.0.7, its start script or its server reads, as far as it means
 * something in this deployment. What is not here nothing reads, and what is read with another meaning is said so. Read in
 * the sources of the release (registry/core/config.py takes every field of `Settings` in capitals; the others call
 * `os.environ`), and tried with the application itself.
 */
export const variables: Readonly<Record<string, readonly Variable[]>> = {
  'auth-server': [
    always('REGISTRY_URL', 'where it redirects after a login'),
    always('AUTH_SERVER_EXTERNAL_URL', "base of its own redirect URI for logins: the registry's address"),
    always('AUTH_SERVER_URL', 'used if AUTH_SERVER_EXTERNAL_URL is not set'),
    always('AUTH_PROVIDER', 'keycloak; default cognito'),
    always('AWS_REGION', 'region of Amazon Cognito, only for that provider'),
    always(
      'KEYCLOAK_URL',
      'where it requests keys and tokens: the public address, so that the issuer matches',
    ),
    always('KEYCLOAK_EXTERNAL_URL', 'where it redirects browsers'),
    always('KEYCLOAK_REALM', 'the realm of KEYCLOAK_URL'),
    always('KEYCLOAK_CLIENT_ID', 'the client that people log in with'),
    always('KEYCLOAK_CLIENT_SECRET', 'its secret, read when the task starts'),
    always('KEYCLOAK_M2M_CLIENT_ID', 'the client for machines'),
    always('KEYCLOAK_M2M_CLIENT_SECRET', 'its secret, read when the task starts'),
    always('SCOPES_CONFIG_PATH', 'scopes.yml; without the file everyone may use everything'),
    always('SECRET_KEY', "signs the session cookie; same as the registry's"),
    always('ADMIN_PASSWORD', 'the registry presents it when it requests a reload of the scopes'),
    always('SESSION_COOKIE_DOMAIN', 'domain of the cookie; empty limits it to the host'),
    keepAlive,
  ],
  registry: [
    always(
      'GATEWAY_ADDITIONAL_SERVER_NAMES',
      'host names, besides localhost, that nginx serves: the public one',
    ),
    always(
      'AUTH_SERVER_URL',
      'nginx has every request checked there, and does not start if the name does not resolve',
    ),
    always('AUTH_SERVER_EXTERNAL_URL', 'where the login page redirects browsers'),
    always(
      'KEYCLOAK_URL',
      'nginx proxies to Keycloak, and does not start if the name does not resolve; groups are created there',
    ),
    always('KEYCLOAK_REALM', 'the realm of the groups that it creates'),
    always('KEYCLOAK_ADMIN', 'it creates and deletes groups as this Keycloak administrator'),
    always('KEYCLOAK_ADMIN_PASSWORD', 'without it, group management fails; nothing else needs it'),
    always('KEYCLOAK_M2M_CLIENT_SECRET', 'gives administrators a token of the client for machines'),
    always('SCOPES_CONFIG_PATH', 'scopes.yml, which it also changes'),
    ...embeddings,
    always('SESSION_COOKIE_SECURE', 'the Secure attribute of the cookie of its own login form'),
    always('SESSION_COOKIE_DOMAIN', 'domain of that cookie; empty limits it to the host'),
    always('SECRET_KEY', "signs the session cookie; same as the auth server's"),
    always('ADMIN_PASSWORD', 'password for its own login form; the registry does not start without it'),
    never('ADMIN_USER', 'user name for that form; default admin'),
    always(
      'HEALTH_CHECK_INTERVAL_SECONDS',
      'seconds between health checks of a server (default 300), which has a route only after a successful one',
    ),
    never('HEALTH_CHECK_TIMEOUT_SECONDS', 'timeout of a health check in seconds; default 2'),
    keepAlive,
  ],
  keycloak: [
    always('KC_HOSTNAME', 'the host in every address that it issues'),
    always('KC_HOSTNAME_ADMIN_URL', "base of the console's addresses; by default taken from the request"),
    always('KC_PROXY', 'edge: TLS is terminated in front of it'),
    always(
      'KC_HOSTNAME_STRICT',
      'false: it also responds to other host names, such as an IP address in a health check',
    ),
    always(
      'KC_HOSTNAME_STRICT_HTTPS',
      'true: addresses are https regardless of what the load balancer reports',
    ),
    // KC_HEALTH_ENABLED and KC_METRICS_ENABLED are decided when the image is built: it has neither, and an older image
    // keeps both, whatever the task says.
    always('KC_LOG_LEVEL', 'log level'),
    always('KC_DB_URL', 'JDBC URL of the database; the database type is built in'),
    always('KC_DB_USERNAME', 'database user'),
    always('KC_DB_PASSWORD', 'password of the database user'),
    always('KEYCLOAK_ADMIN', 'the administrator; read only at the first start'),
    always('KEYCLOAK_ADMIN_PASSWORD', 'password of the administrator; read only at the first start'),
  ],
  currenttime: [port(8000), transport],
  realserverfaketools: [port(8002), transport],
  mcpgw: [
    port(8003),
    always('REGISTRY_BASE_URL', "the registry's own API, bypassing nginx"),
    always('REGISTRY_USERNAME', 'it logs in there as the administrator'),
    always('REGISTRY_PASSWORD', 'with this password'),
    // Its image lacks litellm, so that its search works with sentence-transformers only.
    ...embeddings,
  ],
  'flight-booking-agent': agent,
  'travel-assistant-agent': agent,
}
