import {awsCommand, shell} from '../../../aws/command-line.js'
import type {OwnSubnet} from '../../../aws/networks.js'
import {environmentTag} from '../../../environment/names.js'
import type {PlannedStack} from '../../plan/planned-stacks.js'
import {block, type Check, type CheckContext, type Finding, judgePlanned, pass, warn} from '../check.js'
import {taskSizes} from '../fargate-tasks.js'
import {ofType, propertyOf, willUpdate} from '../will-make.js'

/**
 * Of each subnet, so that a load balancer can grow; Elastic Load Balancing refuses to create one where fewer are free. Source: User
 * Guide for Application Load Balancers, "Subnets for your load balancer" ("at least 8 free IP addresses").
 */
const perBalancerSubnet = 8
/**
 * In all subnets of a proxy together, by the most Aurora capacity units (ACU) that a serverless instance may have. Source: Aurora User
 * Guide, "Setting up network prerequisites for RDS Proxy", "Planning for IP address capacity", the table for Aurora Serverless v2.
 */
const perProxy: readonly (readonly [mostAcu: number, addresses: number])[] = [
  [16, 10],
  [32, 15],
  [64, 25],
  [96, 30],
  [128, 40],
  [160, 50],
  [192, 55],
  [224, 65],
  [256, 75],
]

/** What the template tags its subnets with. */
type Kind = 'public' | 'private'

/**
 * Whether the subnets that exist already have addresses for what is to be in them. A task has one of its own, and ECS spreads
 * the tasks of a service over the zones. Source: ECS developer guide, "Task networking with awsvpc" and "Availability Zone rebalancing".
 */
export const addresses: Check = {
  id: 'subnet-addresses',
  title: 'Subnet addresses',
  looksAt:
    "the free IP addresses in the environment's existing subnets; warns when one has too few for an update to start all new tasks beside the old ones, or for its load balancers to scale",
  blocksWhen: 'a subnet has too few for what will be created in it',
  async run(context) {
    const {planned, refusal} = context
    if (refusal === undefined && planned?.length === 0) {
      return judge(context, await subnetsOf(context), needsOf(willUpdate(context) ?? [], 'update'), warn)
    }
    return judgePlanned(context, async stacks => {
      if (ofType(stacks, 'AWS::EC2::Subnet').length > 0) return pass('the subnets are created, too')
      return judge(context, await subnetsOf(context), needsOf(stacks, 'create'), block)
    })
  },
}

/** Addresses of each subnet of a kind, with what they are for. */
type Needs = Readonly<Record<Kind, (zones: number) => readonly {count: number; what: string}[]>>

function needsOf(stacks: readonly PlannedStack[], how: 'create' | 'update'): Needs {
  const {tasks} = taskSizes(stacks)
  const has = (type: string) => ofType(stacks, type).length > 0
  const isMade = (type: string) => how === 'create' && has(type)
  const ofProxy = proxyAddresses(stacks)
  return {
    public: () =>
      has('AWS::ElasticLoadBalancingV2::LoadBalancer')
        ? [{count: perBalancerSubnet, what: 'its load balancers'}]
        : [],
    private: zones =>
      [
        {count: Math.ceil(tasks / zones), what: how === 'create' ? 'tasks' : 'new tasks beside the old ones'},
        {count: isMade('AWS::EFS::MountTarget') ? 1 : 0, what: 'the file system'},
        {count: isMade('AWS::RDS::DBInstance') ? 1 : 0, what: 'the database'},
        {count: isMade('AWS::RDS::DBProxy') ? Math.ceil(ofProxy / zones) : 0, what: 'its proxy'},
      ].filter(({count}) => count > 0),
  }
}

/** A capacity that the table lacks, or that is not known yet, counts as the next larger one, or the smallest. */
function proxyAddresses(stacks: readonly PlannedStack[]): number {
  const most = ofType(stacks, 'AWS::RDS::DBCluster').map(cluster => {
    const scaling = propertyOf(cluster, 'ServerlessV2ScalingConfiguration')
    return Number((scaling as {MaxCapacity?: unknown} | undefined)?.MaxCapacity) || 0
  })
  const acu = Math.max(0, ...most)
  return (perProxy.find(([mostAcu]) => acu <= mostAcu) ?? perProxy.at(-1))?.[1] ?? 0
}

function subnetsOf({aws, environment}: CheckContext): Promise<readonly OwnSubnet[]> {
  return aws.networks.subnetsTagged(environmentTag, environment)
}

function judge(
  {aws}: CheckContext,
  subnets: readonly OwnSubnet[],
  needs: Needs,
  object: typeof warn | typeof block,
): Finding {
  const kinds: readonly Kind[] = ['public', 'private']
  const judged = kinds.flatMap(kind => {
    const ofKind = subnets.filter(({tags}) => tags['subnet-type'] === kind)
    const own = needs[kind](ofKind.length)
    const needed = own.reduce((sum, {count}) => sum + count, 0)
    const purpose = own.map(({count, what}) => `${count} for ${what}`).join(', ')
    return needed === 0 ? [] : ofKind.map(subnet => ({subnet, needed, purpose}))
  })
  if (judged.length === 0) return pass('nothing new needs addresses in existing subnets')
  const short = judged.filter(({subnet, needed}) => subnet.free < needed)
  const [least] = [...judged].sort((left, right) => left.subnet.free - right.subnet.free)
  if (short.length === 0)
    return pass(`${least?.subnet.free} free in ${least?.subnet.id}, the fullest; ${least?.needed} needed`)
  const words = short.map(
    ({subnet: {id, zone, free}, needed, purpose}) =>
      `subnet ${id} (${zone}) has ${free} free addresses and needs ${needed} (${purpose})`,
  )
  const ids = short.map(({subnet: {id}}) => id).join(',')
  const show = awsCommand(aws, shell`ec2 describe-network-interfaces --filters Name=subnet-id,Values=${ids}`)
  return object(
    `${sentence(words.join('; '))}.`,
    `Remove what others have placed there; \`${show}\` shows what uses the addresses.`,
  )
}

const sentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
