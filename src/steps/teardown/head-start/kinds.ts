import type {HeadStarts} from '../../../aws/head-starts.js'
import type {StackResource} from '../../../aws/stack-data.js'

/** Something slow that waits for nobody: AWS can be asked for it before CloudFormation comes to it. */
export interface HeadStartKind {
  /** For `--head-start`. */
  readonly name: string
  readonly type: string
  /** What is begun, for whoever is asked to confirm it: one, and several. */
  readonly words: readonly [one: string, several: string]
  /**
   * On unless switched off: a source says how CloudFormation's handler meets a resource that is going or gone, or the
   * resource itself stays. docs/head-start.md names the sources.
   */
  readonly isDefault: boolean
  /** Left to CloudFormation in express mode: there it asks for it in time, and met on its way it would fail the row. */
  readonly isLeftToExpress?: boolean
  /** Data is lost with it: never begun where a database is protected, or keeps a last snapshot. */
  readonly holdsData?: boolean
  /** Begun only when nothing in the VPC is left that reaches out by it. */
  readonly needsIdleNetwork?: boolean
  /**
   * How its handler meets one that is going is not known, only how it meets one that is gone: so it is begun only beside this
   * kind, where that is on, which keeps CloudFormation from coming to it for minutes longer than it takes.
   */
  readonly onlyBeside?: string
  readonly begin: (headStarts: HeadStarts, physicalId: string) => Promise<void>
  /**
   * Where CloudFormation's handler takes one that is going for a conflict, so that its row fails: whether it still exists.
   * The stack is deleted again when it does not.
   */
  readonly conflictsWhile?: (headStarts: HeadStarts, physicalId: string) => Promise<boolean>
}

/** Resources of one kind, and the stack whose deletion has to be accepted first. */
export interface PlannedHeadStart {
  readonly kind: HeadStartKind
  readonly resources: readonly (StackResource & {readonly label: string})[]
}

/** What of it a forecast reads: it may be of an environment that does not exist yet. */
export interface ForeseenHeadStarts {
  readonly begins: readonly {
    readonly kind: Pick<HeadStartKind, 'type'>
    readonly resources: readonly {readonly label: string; readonly logicalId: string}[]
  }[]
}

/** What can be begun ahead of CloudFormation, and why the rest that was chosen cannot. */
export interface HeadStartPlan {
  readonly begins: readonly PlannedHeadStart[]
  /** Sentences without a full stop. */
  readonly notes: readonly string[]
}

/** `2 distributions (disabled)`. */
export function countedWords({words: [one, several]}: HeadStartKind, count: number): string {
  return `${count} ${count === 1 ? one : several}`
}

/** In the order in which they are begun: RDS deletes a cluster when its instances are going. */
export const headStartKinds: readonly HeadStartKind[] = [
  {
    name: 'database-writer',
    type: 'AWS::RDS::DBInstance',
    words: ['database instance', 'database instances'],
    isDefault: true,
    holdsData: true,
    begin: (headStarts, id) => headStarts.deleteInstance(id),
  },
  {
    name: 'database-cluster',
    type: 'AWS::RDS::DBCluster',
    words: ['database cluster', 'database clusters'],
    isDefault: true,
    holdsData: true,
    begin: (headStarts, id) => headStarts.deleteCluster(id),
    isLeftToExpress: true,
    conflictsWhile: async (headStarts, id) => (await headStarts.cluster(id)) !== undefined,
  },
  {
    name: 'database-proxy',
    type: 'AWS::RDS::DBProxy',
    words: ['database proxy', 'database proxies'],
    isDefault: false,
    begin: (headStarts, name) => headStarts.deleteProxy(name),
    isLeftToExpress: true,
    conflictsWhile: (headStarts, name) => headStarts.proxyExists(name),
  },
  {
    name: 'distributions',
    type: 'AWS::CloudFront::Distribution',
    words: ['distribution (disabled)', 'distributions (disabled)'],
    isDefault: true,
    begin: (headStarts, id) => headStarts.disableDistribution(id),
  },
  {
    name: 'services',
    type: 'AWS::ECS::Service',
    words: ['service (tasks stopped)', 'services (tasks stopped)'],
    isDefault: true,
    begin: (headStarts, arn) => headStarts.stopTasks(arn),
  },
  {
    name: 'nat-gateways',
    type: 'AWS::EC2::NatGateway',
    words: ['NAT gateway (when nothing uses it)', 'NAT gateways (when nothing uses them)'],
    isDefault: true,
    needsIdleNetwork: true,
    begin: (headStarts, id) => headStarts.deleteNatGateway(id),
  },
  {
    name: 'vpc-endpoints',
    type: 'AWS::EC2::VPCEndpoint',
    words: ['VPC endpoint (when nothing uses it)', 'VPC endpoints (when nothing uses them)'],
    isDefault: true,
    needsIdleNetwork: true,
    onlyBeside: 'database-writer',
    begin: (headStarts, id) => headStarts.deleteEndpoint(id),
    conflictsWhile: (headStarts, id) => headStarts.endpointExists(id),
  },
]
