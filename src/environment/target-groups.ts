export type TargetGroupKey = 'registry' | 'auth' | 'gradio' | 'keycloak'

/** One of the four target groups, and the listener that must send to it. */
export interface EnvironmentTargetGroup {
  readonly key: TargetGroupKey
  name(environment: string): string
  /** Key of the service whose tasks it holds. */
  readonly service: string
  readonly containerPort: number
  /** Name of the load balancer. */
  loadBalancer(environment: string): string
  /** The listener's port, without a domain and with one (HTTPS). */
  listenerPort(options: {readonly domain: boolean}): number
}

export const targetGroups: readonly EnvironmentTargetGroup[] = [
  {
    key: 'registry',
    name: environment => `${environment}-registry-tg`,
    service: 'registry',
    containerPort: 80,
    loadBalancer: mainLoadBalancer,
    listenerPort: ({domain}) => (domain ? 443 : 80),
  },
  {
    key: 'auth',
    name: environment => `${environment}-auth-tg`,
    service: 'auth-server',
    containerPort: 8888,
    loadBalancer: mainLoadBalancer,
    listenerPort: () => 8888,
  },
  {
    key: 'gradio',
    name: environment => `${environment}-gradio-tg`,
    service: 'registry',
    containerPort: 7860,
    loadBalancer: mainLoadBalancer,
    listenerPort: () => 7860,
  },
  {
    key: 'keycloak',
    name: environment => `${environment}-keycloak-tg`,
    service: 'keycloak',
    containerPort: 8080,
    loadBalancer: keycloakLoadBalancer,
    listenerPort: ({domain}) => (domain ? 443 : 80),
  },
]

export function mainLoadBalancer(environment: string): string {
  return `${environment}-alb`
}

export function keycloakLoadBalancer(environment: string): string {
  return `${environment}-keycloak-alb`
}
