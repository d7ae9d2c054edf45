import type {Resource} from '../../../../../../src/rehearsal/account/account.js'
import {put} from '../../fixtures.js'
import {type Gateway, gateway, image, secondsUntilReady, service} from '../../gateway.js'

export interface KeycloakFixture extends Gateway {
  host: string
  /** The service, which runs. */
  keycloak: Resource
  database: Resource
  distribution: Resource
}

export const adminPassword = 'correct horse'

/** A Keycloak behind CloudFront and a load balancer, in front of an Aurora cluster behind a proxy; it answers. */
export function keycloakFixture(environment: Record<string, string> = {}): KeycloakFixture {
  const base = gateway({port: 8080, path: '/'})
  const {world, make} = base
  const distribution = distributionOf(base, base.balancer)
  const host = String(distribution.attributes.DomainName)
  const database = put(
    world,
    'AWS::RDS::DBCluster',
    'demo-db',
    {},
    {'Endpoint.Address': 'demo-db.cluster-x.us-west-2.rds.amazonaws.com', DBClusterResourceId: 'cluster-1'},
  )
  put(
    world,
    'AWS::RDS::DBProxy',
    'demo-proxy',
    {},
    {Endpoint: 'demo-proxy.proxy-x.us-west-2.rds.amazonaws.com'},
  )
  put(world, 'AWS::RDS::DBProxyTargetGroup', 'demo-targets', {
    DBProxyName: 'demo-proxy',
    DBClusterIdentifiers: ['demo-db'],
  })
  put(world, 'AWS::SSM::Parameter', '/demo/url', {
    Value: 'jdbc:mysql://demo-proxy.proxy-x.us-west-2.rds.amazonaws.com:3306/keycloak',
  })
  put(world, 'AWS::SSM::Parameter', '/demo/admin', {Value: 'admin'})
  const secret = make('AWS::SecretsManager::Secret', {
    Name: 'demo-keycloak-admin',
    SecretString: JSON.stringify({password: adminPassword}),
  })
  const keycloak = service(base, {
    name: 'demo-keycloak',
    image: image(base, 'keycloak'),
    port: 8080,
    group: base.group,
    container: {
      Environment: Object.entries({
        KC_HOSTNAME: host,
        KC_PROXY: 'edge',
        KC_HOSTNAME_STRICT_HTTPS: 'true',
        KC_HEALTH_ENABLED: 'true',
        KC_METRICS_ENABLED: 'true',
        ...environment,
      }).map(([Name, Value]) => ({Name, Value})),
      Secrets: [
        {Name: 'KC_DB_URL', ValueFrom: '/demo/url'},
        {Name: 'KEYCLOAK_ADMIN', ValueFrom: '/demo/admin'},
        {Name: 'KEYCLOAK_ADMIN_PASSWORD', ValueFrom: `${secret.physicalId}:password::`},
      ],
    },
  })
  secondsUntilReady(base, keycloak)
  return {...base, host, keycloak, database, distribution}
}

/** A distribution in front of a load balancer. */
export function distributionOf({make}: Pick<Gateway, 'make'>, balancer: Resource): Resource {
  return make('AWS::CloudFront::Distribution', {
    DistributionConfig: {
      Enabled: true,
      DefaultCacheBehavior: {TargetOriginId: 'alb', ViewerProtocolPolicy: 'redirect-to-https'},
      Origins: [
        {
          Id: 'alb',
          DomainName: balancer.attributes.DNSName,
          CustomOriginConfig: {OriginProtocolPolicy: 'http-only', HTTPPort: 80},
        },
      ],
    },
  })
}
