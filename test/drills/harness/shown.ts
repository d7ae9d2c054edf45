import {CloudFormation, type Stack} from '@aws-sdk/client-cloudformation'
import {ECS} from '@aws-sdk/client-ecs'
import {ElasticLoadBalancingV2} from '@aws-sdk/client-elastic-load-balancing-v2'
import {ResourceGroupsTaggingAPI} from '@aws-sdk/client-resource-groups-tagging-api'
import {S3} from '@aws-sdk/client-s3'
import type {DrillAccount} from './account.js'
import type {Ended} from './command.js'
import {ofFailure} from './said-of-failures.js'

const environment = 'mcp-gateway'
const tag = {Key: 'mcpgw:environment', Values: [environment]}

/**
 * Where the document that a command gave and what AWS's own API shows do not agree. Asked with the SDK alone, right after
 * the command has ended: nothing of mcpgw is used, and no time has passed.
 */
export async function disagreements(account: DrillAccount, {line, document}: Ended): Promise<string[]> {
  if (document === undefined) return []
  if (document.error) return ofFailure(account, document.error)
  const command = line.split(' ')[1]
  if (command === 'teardown') return afterTeardown(account, document)
  if (command === 'verify') return ofHealth(account, document)
  if (command !== 'deploy') return []
  return [...(await ofStacks(account, document)), ...(await ofHealth(account, document.verification))]
}

/** `name: what was said, what is shown`, where the two differ. */
function differing(name: string, said: unknown, shown: unknown): string[] {
  const [left, right] = [JSON.stringify(said), JSON.stringify(shown)]
  return left === right ? [] : [`${name}: said ${left}, shown ${right}`]
}

async function allStacks(account: DrillAccount): Promise<Stack[]> {
  const {Stacks = []} = await new CloudFormation(account.clientConfig).describeStacks({})
  return Stacks
}

async function ofStacks(account: DrillAccount, document: any): Promise<string[]> {
  const stacks = await allStacks(account)
  const named = new Map(stacks.map(stack => [stack.StackName, stack]))
  const statuses = (document.stacks ?? []).flatMap(({name, status}: any) =>
    differing(`stack ${name}`, status, named.get(name)?.StackStatus),
  )
  const outputs = new Map(
    stacks
      .filter(({Tags = []}) => Tags.some(({Key, Value}) => Key === tag.Key && Value === environment))
      .flatMap(({Outputs = []}) => Outputs.map(({OutputKey, OutputValue}) => [OutputKey, OutputValue])),
  )
  return [
    ...statuses,
    ...Object.entries(document.outputs ?? {}).flatMap(([key, value]) =>
      differing(`output ${key}`, value, outputs.get(key)),
    ),
  ]
}

async function ofHealth(account: DrillAccount, verification: any): Promise<string[]> {
  if (!verification) return []
  const {services = [], targetGroups = []} = verification
  const [shownServices, shownTargets] = await Promise.all([
    servicesOf(account, services),
    targetsOf(account, targetGroups),
  ])
  return [
    ...services.flatMap(({name, desired, running}: any) =>
      differing(`service ${name}`, {desired, running}, shownServices.get(name) ?? {desired: 0, running: 0}),
    ),
    ...targetGroups.flatMap(({name, healthy, total}: any) =>
      differing(`target group ${name}`, {healthy, total}, shownTargets.get(name) ?? {healthy: 0, total: 0}),
    ),
    ...(verification.healthy ? await busyStacks(account) : []),
  ]
}

/** Nobody may call healthy what is being worked on, or has failed. */
async function busyStacks(account: DrillAccount): Promise<string[]> {
  const own = (await allStacks(account)).filter(({Tags = []}) =>
    Tags.some(({Key, Value}) => Key === tag.Key && Value === environment),
  )
  return own
    .filter(({StackStatus = ''}) => !/^(CREATE|UPDATE|UPDATE_ROLLBACK)_COMPLETE$/.test(StackStatus))
    .map(({StackName, StackStatus}) => `said healthy, and stack ${StackName} is ${StackStatus}`)
}

async function servicesOf(account: DrillAccount, said: readonly {name: string; cluster: string}[]) {
  const ecs = new ECS(account.clientConfig)
  const shown = new Map<string, {desired: number; running: number}>()
  for (const cluster of new Set(said.map(each => each.cluster))) {
    const names = said.filter(each => each.cluster === cluster).map(({name}) => name)
    const answer = await ecs.describeServices({cluster, services: names}).catch(() => undefined)
    for (const {serviceName = '', status, desiredCount = 0, runningCount = 0} of answer?.services ?? []) {
      if (status === 'ACTIVE') shown.set(serviceName, {desired: desiredCount, running: runningCount})
    }
  }
  return shown
}

async function targetsOf(account: DrillAccount, said: readonly {name: string}[]) {
  const balancing = new ElasticLoadBalancingV2(account.clientConfig)
  const shown = new Map<string, {healthy: number; total: number}>()
  for (const {name} of said) {
    const answer = await balancing.describeTargetGroups({Names: [name]}).catch(() => undefined)
    const TargetGroupArn = answer?.TargetGroups?.[0]?.TargetGroupArn
    if (TargetGroupArn === undefined) continue
    const {TargetHealthDescriptions = []} = await balancing.describeTargetHealth({TargetGroupArn})
    const states = TargetHealthDescriptions.map(({TargetHealth}) => TargetHealth?.State)
    const healthy = states.filter(state => state === 'healthy').length
    // What drains beside targets that are well is on its way out.
    const total = healthy > 0 ? states.filter(state => state !== 'draining').length : states.length
    shown.set(name, {healthy, total})
  }
  return shown
}

async function afterTeardown(account: DrillAccount, document: any): Promise<string[]> {
  const stacks = await allStacks(account)
  const {Buckets = []} = await new S3({...account.clientConfig, forcePathStyle: true}).listBuckets({})
  const {ResourceTagMappingList = []} = await new ResourceGroupsTaggingAPI(account.clientConfig).getResources(
    {
      TagFilters: [tag],
    },
  )
  const removed = (document.removed ?? []).flatMap(({stack, status}: any) => {
    const existing = stacks.find(({StackName}) => StackName === stack)?.StackStatus
    return status === 'DELETE_COMPLETE' && existing ? differing(`stack ${stack}`, status, existing) : []
  })
  const cleaned = (document.cleaned ?? [])
    .filter(({kind, name}: any) => kind === 'bucket' && Buckets.some(({Name}) => Name === name))
    .map(({name}: any) => `bucket ${name}: said to be cleaned, and there`)
  const remaining: {name: string; kept: boolean}[] = document.remaining ?? []
  const names = remaining.map(({name}) => name)
  // A key that waits for its deletion is gone, as far as anybody can tell.
  const left = ResourceTagMappingList.map(({ResourceARN = ''}) => ResourceARN).filter(
    arn => !arn.includes(':kms:') && !names.some(name => arn.endsWith(name) || name.endsWith(arn)),
  )
  const own = stacks
    .filter(({Tags = []}) => Tags.some(({Key, Value}) => Key === tag.Key && Value === environment))
    .map(({StackName = ''}) => StackName)
    .filter(name => !names.some(said => said.includes(name)))
  return [
    ...removed,
    ...cleaned,
    ...left.map(arn => `said nothing of ${arn}, which bears our tag`),
    ...own.map(name => `said nothing of stack ${name}, which exists`),
  ]
}
