import {differs, judgeEach, type Property} from '../property.js'
import {environmentOf} from '../tasks.js'

interface TargetHealth {
  readonly port: number
  readonly path: string
  /** Seconds between two checks, and that an answer may take. */
  readonly interval: number
  readonly timeout: number
  readonly unhealthy: number
  readonly codes: string
}

/**
 * By the end of the name. Paths, ports and codes as in Terraform v1.0.7, except that the registry is asked through nginx,
 * as its users are. Asked more often than there, every 30 seconds, since services that wait for each other would add that
 * up; failing as long as there, or nearly, before ECS stops the task.
 */
const expected: Readonly<Record<string, TargetHealth>> = {
  'registry-tg': {port: 80, path: '/health', interval: 5, timeout: 4, unhealthy: 10, codes: '200'},
  'auth-tg': {port: 8888, path: '/health', interval: 5, timeout: 4, unhealthy: 10, codes: '200'},
  'gradio-tg': {port: 7860, path: '/health', interval: 5, timeout: 4, unhealthy: 10, codes: '200'},
  'keycloak-tg': {port: 8080, path: '/', interval: 10, timeout: 5, unhealthy: 9, codes: '200-399'},
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
          differs('HealthCheckIntervalSeconds', properties.HealthCheckIntervalSeconds, health.interval),
          differs('HealthCheckTimeoutSeconds', properties.HealthCheckTimeoutSeconds, health.timeout),
          differs('Matcher', properties.Matcher, {HttpCode: health.codes}),
          properties.HealthCheckEnabled === false && 'HealthCheckEnabled is false',
        ]
      },
    ),
}
