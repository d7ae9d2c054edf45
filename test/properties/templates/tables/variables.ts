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
  'uvicorn: seconds until it closes an idle connection (by itself 5), longer than the load balancer keeps one',
)

/** registry/embeddings and mcpgw read the same names, and must be given the same values. */
const embeddings: readonly Variable[] = [
  always('EMBEDDINGS_PROVIDER', 'sentence-transformers or litellm'),
  always(
    'EMBEDDINGS_MODEL_NAME',
    'the folder of the model below /app/registry/models, or a name for litellm',
  ),
  always('EMBEDDINGS_MODEL_DIMENSIONS', "length of the model's vectors; another one makes the index anew"),
  always('EMBEDDINGS_AWS_REGION', 'region of Amazon Bedrock, for litellm alone'),
  withLitellm('EMBEDDINGS_API_KEY', 'for litellm alone'),
  never('EMBEDDINGS_API_BASE', "address of an interface of one's own, for litellm alone"),
]

const port = (value: number) => always('PORT', `start script: the port that it listens on, ${value}`)
const transport = always(
  'MCP_TRANSPORT',
  'streamable-http; by itself it speaks SSE, which the registry does not pass on',
)

const agent: readonly Variable[] = [
  always('AGENTCORE_RUNTIME_URL', "the address in the agent's card; by itself localhost"),
  always('AWS_REGION', 'region of Amazon Bedrock'),
  always('AWS_DEFAULT_REGION', 'boto3: as AWS_REGION, for what does not look there'),
  withModel(
    'BEDROCK_MODEL_ID',
    'model or inference profile, in place of the one in the source; the image build sees to it',
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
    always('REGISTRY_URL', 'where it leads after a login'),
    always(
      'AUTH_SERVER_EXTERNAL_URL',
      "the beginning of its own address in the redirect back from a login: the registry's",
    ),
    always('AUTH_SERVER_URL', 'taken where AUTH_SERVER_EXTERNAL_URL is missing'),
    always('AUTH_PROVIDER', 'keycloak; by itself cognito'),
    always('AWS_REGION', 'region of Amazon Cognito, for that provider alone'),
    always(
      'KEYCLOAK_URL',
      'where it asks for keys and tokens: the public address, so that the issuer is the same',
    ),
    always('KEYCLOAK_EXTERNAL_URL', 'where it sends browsers'),
    always('KEYCLOAK_REALM', 'the realm of KEYCLOAK_URL'),
    always('KEYCLOAK_CLIENT_ID', 'the client that people log in with'),
    always('KEYCLOAK_CLIENT_SECRET', 'its secret, read when the task starts'),
    always('KEYCLOAK_M2M_CLIENT_ID', 'the client of machines'),
    always('KEYCLOAK_M2M_CLIENT_SECRET', 'its secret, read when the task starts'),
    always('SCOPES_CONFIG_PATH', 'scopes.yml; without the file everybody may use everything'),
    always('SECRET_KEY', "signs the session cookie; the registry's is the same"),
    always('ADMIN_PASSWORD', 'the registry shows it when it asks for the scopes to be read again'),
    always('SESSION_COOKIE_DOMAIN', 'domain of the cookie; empty limits it to the host'),
    keepAlive,
  ],
  registry: [
    always(
      'GATEWAY_ADDITIONAL_SERVER_NAMES',
      'names beside localhost for which nginx answers: the public one',
    ),
    always('AUTH_SERVER_URL', 'nginx has every request checked there, and does not start without that name'),
    always('AUTH_SERVER_EXTERNAL_URL', 'where the login page sends browsers'),
    always(
      'KEYCLOAK_URL',
      'nginx passes Keycloak on, and does not start without that name; groups are made there',
    ),
    always('KEYCLOAK_REALM', 'the realm of the groups that it makes'),
    always('KEYCLOAK_ADMIN', 'it makes and deletes groups as this administrator of Keycloak'),
    always('KEYCLOAK_ADMIN_PASSWORD', 'without it the management of groups fails; nothing else needs it'),
    always('KEYCLOAK_M2M_CLIENT_SECRET', 'gives administrators a token of the client of machines'),
    always('SCOPES_CONFIG_PATH', 'scopes.yml, which it changes as well'),
    ...embeddings,
    always('SESSION_COOKIE_SECURE', 'Secure on the cookie of its own form'),
    always('SESSION_COOKIE_DOMAIN', 'domain of that cookie; empty limits it to the host'),
    always('SECRET_KEY', "signs the session cookie; the auth server's is the same"),
    always('ADMIN_PASSWORD', 'of the form for the administrator; it does not start without'),
    never('ADMIN_USER', 'of that form; by itself admin'),
    always(
      'HEALTH_CHECK_INTERVAL_SECONDS',
      'between two checks of a server (by itself 300), which has a route only after one that succeeded',
    ),
    never('HEALTH_CHECK_TIMEOUT_SECONDS', 'what a check may take; by itself 2'),
    keepAlive,
  ],
  keycloak: [
    always('KC_HOSTNAME', 'the host in every address that it hands out'),
    always(
      'KC_HOSTNAME_ADMIN_URL',
      "the beginning of the console's addresses; by itself what the request says",
    ),
    always('KC_PROXY', 'edge: TLS ends in front of it'),
    always('KC_HOSTNAME_STRICT', 'false: it answers for other hosts, such as an address in a health check'),
    always(
      'KC_HOSTNAME_STRICT_HTTPS',
      'true: addresses are https whatever the load balancer says of a request',
    ),
    // KC_HEALTH_ENABLED and KC_METRICS_ENABLED are decided when the image is built: it has neither, and an older image
    // keeps both, whatever the task says.
    always('KC_LOG_LEVEL', 'what it logs'),
    always('KC_DB_URL', 'JDBC address of the database; the kind of database is built in'),
    always('KC_DB_USERNAME', 'user of the database'),
    always('KC_DB_PASSWORD', 'its password'),
    always('KEYCLOAK_ADMIN', 'the administrator, at the first start only'),
    always('KEYCLOAK_ADMIN_PASSWORD', 'the password of that one, at the first start only'),
  ],
  currenttime: [port(8000), transport],
  realserverfaketools: [port(8002), transport],
  mcpgw: [
    port(8003),
    always('REGISTRY_BASE_URL', "the registry's own interface, past nginx"),
    always('REGISTRY_USERNAME', 'it logs in there as the administrator'),
    always('REGISTRY_PASSWORD', 'with this password'),
    // Its image lacks litellm, so that its search works with sentence-transformers only.
    ...embeddings,
  ],
  'flight-booking-agent': agent,
  'travel-assistant-agent': agent,
}
