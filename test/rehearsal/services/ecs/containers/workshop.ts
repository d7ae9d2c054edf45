import KeycloakAdminClient from '@keycloak/keycloak-admin-client'
import type {UseWeb, Web} from '../../../../../src/aws/web.js'
import type {Resource} from '../../../../../src/rehearsal/account/account.js'
import {put, secondsUntil} from '../fixtures.js'
import {image, type ServiceOptions, secondsUntilReady, service} from '../gateway.js'
import {classRealm} from './class-realm.js'
import {adminPassword, distributionOf, type KeycloakFixture, keycloakFixture} from './keycloak/fixture.js'
import {servePublicNames} from './serve.js'

export interface Workshop extends KeycloakFixture {
  registryUrl: string
  keycloakUrl: string
  registryGroup: Resource
  registry: Resource
  use: UseWeb
}

const namespace = 'arn:aws:servicediscovery:us-west-2:123456789012:namespace/ns-1'

/** The servers, each with its name of Service Connect and its port. */
const servers = [
  ['currenttime', 8000],
  ['mcpgw', 8003],
  ['realserverfaketools', 8002],
] as const

/** Everything that a student needs, running and healthy; without a realm. */
export async function emptyWorkshop(options: {healthCheckSeconds?: number} = {}): Promise<Workshop> {
  const base = keycloakFixture()
  const {world, make} = base
  put(world, 'AWS::ServiceDiscovery::HttpNamespace', 'ns-1', {Name: 'demo'}, {Arn: namespace})
  const balancer = make(
    'AWS::ElasticLoadBalancingV2::LoadBalancer',
    {Name: 'demo-registry-alb', Subnets: ['subnet-1']},
    'RegistryAlb',
  )
  const registryGroup = make('AWS::ElasticLoadBalancingV2::TargetGroup', {
    ...{Name: 'demo-registry-tg', Port: 80, Protocol: 'HTTP', TargetType: 'ip', HealthCheckPath: '/health'},
    ...{HealthyThresholdCount: 2, UnhealthyThresholdCount: 2},
  })
  base.pass(200)
  make('AWS::ElasticLoadBalancingV2::Listener', {
    ...{LoadBalancerArn: balancer.physicalId, Port: 80, Protocol: 'HTTP'},
    DefaultActions: [{Type: 'forward', TargetGroupArn: registryGroup.physicalId}],
  })
  const registryHost = String(distributionOf(base, balancer).attributes.DomainName)
  const registryUrl = `https://${registryHost}`
  const keycloakUrl = `https://${base.host}`
  for (const [name, value] of [
    ['demo-secret-key', {secret_key: 'a key'}],
    ['demo-admin-password', {admin_password: 'open sesame too'}],
    ['demo-web', {client_secret: 'web secret'}],
  ] as const) {
    make('AWS::SecretsManager::Secret', {Name: name, SecretString: JSON.stringify(value)})
  }
  const connected = (name: string, alias: string, port: number, options: Partial<ServiceOptions> = {}) =>
    service(base, {
      name: `demo-${name}`,
      image: image(base, name),
      port,
      ...options,
      container: {
        ...options.container,
        PortMappings: [
          {Name: name, ContainerPort: port},
          ...(name === 'registry' ? [{ContainerPort: 80}] : []),
        ],
      },
      properties: {
        ServiceConnectConfiguration: {
          Enabled: true,
          Namespace: namespace,
          Services: [{PortName: name, DiscoveryName: alias, ClientAliases: [{DnsName: alias, Port: port}]}],
        },
        ...options.properties,
      },
    })
  const env = (variables: Record<string, string>) =>
    Object.entries(variables).map(([Name, Value]) => ({Name, Value}))
  const secretOf = (name: string, key: string) => `${secretArn(base, name)}:${key}::`
  const secretKey = {Name: 'SECRET_KEY', ValueFrom: secretOf('demo-secret-key', 'secret_key')}
  const made = [
    connected('auth-server', 'auth-server', 8888, {
      container: {
        Environment: env({
          AUTH_SERVER_EXTERNAL_URL: registryUrl,
          KEYCLOAK_URL: keycloakUrl,
          KEYCLOAK_EXTERNAL_URL: keycloakUrl,
          KEYCLOAK_REALM: 'mcp-gateway',
          KEYCLOAK_CLIENT_ID: 'mcp-gateway-web',
          KEYCLOAK_M2M_CLIENT_ID: 'mcp-gateway-m2m',
        }),
        Secrets: [
          secretKey,
          {Name: 'KEYCLOAK_CLIENT_SECRET', ValueFrom: secretOf('demo-web', 'client_secret')},
        ],
      },
    }),
    ...servers.map(([name, port]) => connected(name, `${name}-server`, port)),
  ]
  for (const each of made) secondsUntilReady(base, each)
  const registry = connected('registry', 'registry', 7860, {
    container: {
      Environment: env({
        GATEWAY_ADDITIONAL_SERVER_NAMES: registryHost,
        AUTH_SERVER_URL: 'http://auth-server:8888',
        KEYCLOAK_URL: keycloakUrl,
        HEALTH_CHECK_INTERVAL_SECONDS: String(options.healthCheckSeconds ?? 60),
      }),
      Secrets: [
        secretKey,
        {Name: 'ADMIN_PASSWORD', ValueFrom: secretOf('demo-admin-password', 'admin_password')},
      ],
    },
    properties: {
      LoadBalancers: [
        {TargetGroupArn: registryGroup.physicalId, ContainerName: 'demo-registry', ContainerPort: 80},
      ],
      HealthCheckGracePeriodSeconds: 120,
    },
  })
  secondsUntilReady(base, registry)
  const use = await servePublicNames(world)
  return {...base, registryUrl, keycloakUrl, registryGroup, registry, use}
}

/** The same with the realm of a class. */
export async function workshop(options: {healthCheckSeconds?: number} = {}): Promise<Workshop> {
  const made = await emptyWorkshop(options)
  await made.use(async web => {
    const admin = await administrator(made.keycloakUrl, web)
    await admin.realms.create(classRealm(made.registryUrl))
  })
  return made
}

/** Keycloak's administrator. He knows no clock: the account's is another one than the machine's. */
export async function administrator(keycloakUrl: string, web: Web): Promise<KeycloakAdminClient> {
  const {dispatcher} = web
  const options: object = {dispatcher}
  const client = new KeycloakAdminClient({baseUrl: keycloakUrl, requestOptions: options})
  const form = {grant_type: 'password', client_id: 'admin-cli', username: 'admin', password: adminPassword}
  client.registerTokenProvider({
    getAccessToken: async () => (await tokens(keycloakUrl, web, form, 'master')).access_token,
  })
  return client
}

/** What the token endpoint answers. */
export async function tokens(
  keycloakUrl: string,
  {fetch}: Web,
  form: Record<string, string>,
  realm = 'mcp-gateway',
) {
  const answer = await fetch(`${keycloakUrl}/realms/${realm}/protocol/openid-connect/token`, {
    method: 'POST',
    body: new URLSearchParams(form),
  })
  type Member = 'access_token' | 'id_token' | 'refresh_token' | 'error' | 'error_description'
  const body = (await answer.json()) as Partial<Record<Member, string>>
  return {status: answer.status, ...body}
}

export const machine = {
  grant_type: 'client_credentials',
  client_id: 'mcp-gateway-m2m',
  client_secret: 'machine secret',
}
export const student = {
  grant_type: 'password',
  client_id: 'mcp-gateway-web',
  client_secret: 'web secret',
  username: 'student-01',
  password: 'open sesame',
}

function secretArn({world, region}: KeycloakFixture, name: string): string {
  const secret = world.resourcesOf(region, 'AWS::SecretsManager::Secret').find(({data}) => data.name === name)
  return secret?.physicalId ?? ''
}

/** Until the registry's next health check has passed. */
export function untilRoutes(fixture: Workshop): void {
  fixture.pass(70)
  secondsUntil(fixture, () => true)
}
