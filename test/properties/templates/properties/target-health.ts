import {differs, judgeEach, type Property} from '../property.js'
import {environmentOf} from '../tasks.js'

interface TargetHealth {
  readonly port: number
  readonly path: string
  readonly unhealthy: number
  readonly codes: string
}

/** By the end of the name. As in Terraform v1.0.7, except that the registry is asked through nginx, as its users are. */
const expected: Readonly<Record<string, TargetHealth>> = {
  'registry-tg': {port: 80, path: '/health', unhealthy: 2, codes: '200'},
  'auth-tg': {port: 8888, path: '/health', unhealthy: 2, codes: '200'},
  'gradio-tg': {port: 7860, path: '/health', unhealthy: 2, codes: '200'},
  'keycloak-tg': {port: 8080, path: '/', unhealthy: 3, codes: '200-399'},
}

/** Property 4. */
export const targetHealth: Property = {
  id: 'target-health',
  title: 'every target group has a health check with path, protocol and thresholds',
  violations: ({deployed}) =>
    judgeEach(
      deployed.resources('AWS::ElasticLoadBalancingV2::TargetGroup'),
      {atLeast: 4, what: 'target groups'},
      ({properties}) => {
        const health = expected[String(properties.Name).slice(environmentOf(deployed).length + 1)]
        if (health === undefined) return [`nobody expects a target group ${properties.Name}`]
        return [
          differs('Port', properties.Port, health.port),
          differs('Protocol', properties.Protocol, 'HTTP'),
          // Fargate tasks have addresses, not instances.
          differs('TargetType', properties.TargetType, 'ip'),
          differs('HealthCheckPath', properties.HealthCheckPath, health.path),
          differs('HealthCheckProtocol', properties.HealthCheckProtocol, 'HTTP'),
          differs('HealthCheckPort', properties.HealthCheckPort, 'traffic-port'),
          differs('HealthyThresholdCount', properties.HealthyThresholdCount, 2),
          differs('UnhealthyThresholdCount', properties.UnhealthyThresholdCount, health.unhealthy),
          differs('HealthCheckIntervalSeconds', properties.HealthCheckIntervalSeconds, 30),
          differs('HealthCheckTimeoutSeconds', properties.HealthCheckTimeoutSeconds, 5),
          differs('Matcher', properties.Matcher, {HttpCode: health.codes}),
          properties.HealthCheckEnabled === false && 'HealthCheckEnabled is false',
        ]
      },
    ),
}
