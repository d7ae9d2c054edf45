import type {TargetGroupKey} from './target-groups.js'

/** One of the eight ECS services. */
export interface EnvironmentService {
  readonly key: string
  name(environment: string): string
  cluster(environment: string): string
  /** Keys of `targetGroups` that its tasks register in. */
  readonly targetGroups: readonly TargetGroupKey[]
  /** Keys of the services that it reaches by their names in Service Connect. */
  readonly calls: readonly string[]
}

/** The cluster of everything but Keycloak. */
export function mainCluster(environment: string): string {
  return `${environment}-ecs-cluster`
}

/** Keycloak's own cluster. */
export function keycloakCluster(environment: string): string {
  return `${environment}-keycloak-cluster`
}

export const services: readonly EnvironmentService[] = [
  service('auth-server', mainCluster, ['auth']),
  service(
    'registry',
    mainCluster,
    ['registry', 'gradio'],
    [
      ...['auth-server', 'currenttime', 'mcpgw', 'realserverfaketools'],
      ...['flight-booking-agent', 'travel-assistant-agent'],
    ],
  ),
  service('keycloak', keycloakCluster, ['keycloak']),
  service('currenttime', mainCluster),
  service('mcpgw', mainCluster, [], ['registry']),
  service('realserverfaketools', mainCluster),
  service('flight-booking-agent', mainCluster),
  service('travel-assistant-agent', mainCluster),
]

function service(
  key: string,
  cluster: (environment: string) => string,
  targetGroups: readonly TargetGroupKey[] = [],
  calls: readonly string[] = [],
): EnvironmentService {
  return {key, name: environment => `${environment}-${key}`, cluster, targetGroups, calls}
}
