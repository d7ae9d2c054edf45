/** The four stacks under the main one. */
export type StackKey = 'network' | 'data' | 'compute' | 'services'

/** One child stack: deploy walks the table forwards, teardown backwards. */
export interface ChildStack {
  readonly key: StackKey
  /** In the main template; also what the stack's resources are called in its parent's events. */
  readonly logicalId: 'NetworkStack' | 'DataStack' | 'ComputeStack' | 'ServicesStack'
  readonly template: string
  /** What must be complete before it; data and compute run side by side. */
  readonly needs: readonly StackKey[]
}

export const mainTemplate = 'main-stack.yaml'

/** In an order in which every stack follows what it needs. */
export const childStacks: readonly ChildStack[] = [
  {key: 'network', logicalId: 'NetworkStack', template: 'network-stack.yaml', needs: []},
  {key: 'data', logicalId: 'DataStack', template: 'data-stack.yaml', needs: ['network']},
  {key: 'compute', logicalId: 'ComputeStack', template: 'compute-stack.yaml', needs: ['network']},
  {key: 'services', logicalId: 'ServicesStack', template: 'services-stack.yaml', needs: ['data', 'compute']},
]

/**
 * The short name for people, from a logical id (`NetworkStack`), a nested stack's name (`demo-NetworkStack-1A2B`)
 * or an individual stack's name (`demo-network`): "network" …; "main" for anything else. `environment` keeps an
 * environment that is itself called `…-network` apart.
 */
export function labelOf(name: string, environment?: string): string {
  if (name === environment) return 'main'
  const child = childStacks.find(
    ({key, logicalId}) => name === logicalId || name.includes(`-${logicalId}-`) || name.endsWith(`-${key}`),
  )
  if (child) return child.key
  const nested = /^([A-Za-z0-9]+)Stack$/.exec(name)
  return nested?.[1]?.toLowerCase() ?? 'main'
}
