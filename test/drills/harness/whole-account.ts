import type {Account, Region, Resource} from '../../../src/rehearsal/account/account.js'
import type {Stack} from '../../../src/rehearsal/account/stack.js'

const environment = 'mcp-gateway'
const rootNames = ['', '-network', '-data', '-compute', '-services'].map(end => `${environment}${end}`)
const tag = 'mcpgw:environment'

/** What ECS and EC2 remember for a while of what is gone. */
const memories = ['mcpgw::InactiveTaskDefinition', 'mcpgw::TaskDefinitionFamily', 'mcpgw::DeletedNatGateway']

/**
 * What the teardown of the environment did to everything else in the account, one a line: whatever is not the
 * environment's by its stacks or its tag is compared to the last property, stacks and their events, tasks, builds,
 * every object and its versions among it; nothing may be gone, changed or new.
 * @param isExcepted by the line's beginning, such as `us-west-2 AWS::Logs::LogGroup//notes`: what others did themselves
 */
export function changesToOthers(
  before: Account,
  after: Account,
  isExcepted: (key: string) => boolean = () => false,
): string[] {
  // What was the environment's in either is its own in both: its tag may be gone, and its stacks remembered.
  const own = new Set([...ownStackIds(before), ...ownStackIds(after)])
  const [had, has] = [others(before, own), others(after, own)]
  const gone = [...had].flatMap(([key, text]) => {
    const now = has.get(key)
    if (now === undefined) return [`${key} is gone`]
    return now === text ? [] : [`${key} was changed: ${difference(text, now)}`]
  })
  const made = [...has.keys()].filter(key => !had.has(key)).map(key => `${key} is new`)
  return [...gone, ...made].filter(line => !isExcepted(line))
}

/** Everything in an account but the environment's, as JSON by where it is. */
function others(account: Account, own: ReadonlySet<string>): Map<string, string> {
  const regions = Object.values(account.regions).flatMap(region => [
    ...Object.entries(region.resources)
      .filter(([, resource]) => !isOwn(resource, region, own))
      .map(([key, resource]): [string, unknown] => [`${region.name} ${key}`, resource]),
    ...Object.values(region.stacks)
      .filter(({id}) => !own.has(id))
      .map((stack): [string, unknown] => [`${region.name} stack ${stack.name} ${stack.id}`, stack]),
    ...Object.values(region.tasks)
      .filter(({clusterArn}) => !clusterArn.split('/').at(-1)?.match(ownCluster))
      .map((task): [string, unknown] => [`${region.name} task ${task.arn}`, task]),
    ...Object.values(region.builds)
      .filter(({projectName}) => projectName !== `${environment}-container-build`)
      .map((build): [string, unknown] => [`${region.name} build ${build.id}`, build]),
  ])
  const buckets = Object.values(account.buckets)
    .filter(({name, tags}) => tags[tag] !== environment && !ownBucket.test(name))
    .map((bucket): [string, unknown] => [`bucket ${bucket.name}`, bucket])
  const {id, seed, quotas} = account
  const all: [string, unknown][] = [...regions, ...buckets, ['account', {id, seed, quotas}]]
  return new Map(all.map(([key, value]) => [key, JSON.stringify(value)]))
}

const ownCluster = new RegExp(`^${environment}-(ecs|keycloak)-cluster$|^keycloak$`)
const ownBucket = new RegExp(`^mcpgw-${environment}-\\d{12}-[a-z0-9-]+$`)

function isOwn(
  {type, physicalId, tags, owner, properties, data}: Resource,
  region: Region,
  own: ReadonlySet<string>,
): boolean {
  if (tags[tag] !== undefined) return tags[tag] === environment
  if (owner) return own.has(owner.stackId)
  if (memories.includes(type)) return physicalId.startsWith(`${environment}-`)
  // Every VPC has a security group by itself, and a listener is a part of its load balancer, whoever added it.
  const isDefault = type === 'AWS::EC2::SecurityGroup' && data.name === 'default'
  const whole = isDefault
    ? region.resources[`AWS::EC2::VPC/${properties.VpcId}`]
    : region.resources[`AWS::ElasticLoadBalancingV2::LoadBalancer/${properties.LoadBalancerArn}`]
  return whole?.owner !== undefined && own.has(whole.owner.stackId)
}

/** The environment's stacks and those nested in them, whenever they were. */
function ownStackIds({regions}: Account): string[] {
  return Object.values(regions).flatMap(({stacks}) => {
    const all = Object.values(stacks)
    const isRoot = ({name, parentId}: Stack) => parentId === undefined && rootNames.includes(name)
    const roots = new Set(all.filter(isRoot).map(({id}) => id))
    return all
      .filter(({id, rootId}) => roots.has(id) || (rootId !== undefined && roots.has(rootId)))
      .map(({id}) => id)
  })
}

/** From where two texts differ, some words of each. */
function difference(before: string, after: string): string {
  const at = [...before].findIndex((letter, index) => letter !== after[index])
  const around = (text: string) => text.slice(Math.max(0, at - 60), at + 60)
  return `${around(before)} → ${around(after)}`
}
