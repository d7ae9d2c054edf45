import type {Account, Region} from '../../../src/rehearsal/account/account.js'
import type {Stack} from '../../../src/rehearsal/account/stack.js'
import {VirtualClock} from '../../../src/rehearsal/account/virtual-clock.js'
import {World} from '../../../src/rehearsal/account/world.js'
import {liveTasks, nameOf, serviceType, stateOf} from '../../../src/rehearsal/resources/ecs-services.js'
import {targetGroupType, targetsOf} from '../../../src/rehearsal/services/elbv2/target-groups.js'
import {healthOf} from '../../../src/rehearsal/services/elbv2/target-health.js'
import {belongings} from './neighbours.js'
import {resourceAilments} from './resources.js'
import {isOfStrangers, lostByStrangers} from './strangers.js'

const environment = 'mcp-gateway'
/** Where the drills deploy, but those whose advice is another region. */
const home = 'us-west-2'
/** Written out, so that what mcpgw takes an environment to be is not asked of mcpgw. */
const services = [
  'auth-server',
  'registry',
  'keycloak',
  'currenttime',
  'mcpgw',
  'realserverfaketools',
].concat(['flight-booking-agent', 'travel-assistant-agent'])
const targetGroups = ['registry', 'auth', 'gradio', 'keycloak']
const stackNames = ['', '-network', '-data', '-compute', '-services'].map(end => `${environment}${end}`)

/** What is wrong with the environment, seen in the account itself and not through mcpgw; empty when it is healthy. */
export function ailments(account: Account, region = home): string[] {
  const world = new World(account, new VirtualClock({speed: 'max', now: account.now}))
  const here = world.region(region)
  return [
    ...stackAilments(here),
    ...resourceAilments(world, here, ownStacks(here)),
    ...serviceAilments(world, here),
    ...targetAilments(world, here),
  ]
}

/** What is left of the environment; empty when it is gone. */
export function remains(account: Account, before: Account): string[] {
  const known = belongings(before)
  return [...belongings(account)].filter(
    // A key waits for its deletion for a week at least, and a deleted stack is remembered for ninety days.
    one =>
      !known.has(one) &&
      !isOfStrangers(one) &&
      !one.includes(' AWS::KMS::Key/') &&
      !one.endsWith(' DELETE_COMPLETE'),
  )
}

/** What other people had and have no more. */
export function losses(account: Account, before: Account): string[] {
  const now = belongings(account)
  return [...[...belongings(before)].filter(one => !now.has(one)), ...lostByStrangers(account)]
}

/** Statuses of the environment's own stacks that exist, by name. */
export function existingStacks({regions}: Account): Record<string, string> {
  const stacks = Object.values(regions[home]?.stacks ?? {})
  const own = stacks.filter(({name, status}) => stackNames.includes(name) && status !== 'DELETE_COMPLETE')
  return Object.fromEntries(own.map(({name, status}) => [name, status]))
}

function rootsIn({stacks}: Region): Stack[] {
  return Object.values(stacks).filter(
    ({name, status}) => stackNames.includes(name) && status !== 'DELETE_COMPLETE',
  )
}

/** The environment's stacks that exist, with those nested in them. */
function ownStacks(here: Region): Stack[] {
  const nested = Object.values(here.stacks).filter(({status}) => status !== 'DELETE_COMPLETE')
  return rootsIn(here).flatMap(root => [root, ...nested.filter(({rootId}) => rootId === root.id)])
}

function stackAilments(here: Region): string[] {
  const {stacks} = here
  const own = rootsIn(here)
  if (own.length !== 1 && own.length !== 4) return [`${own.length} stacks exist`]
  const sound = /^(CREATE|UPDATE|UPDATE_ROLLBACK)_COMPLETE$/
  const nested = own.flatMap(({resources}) =>
    Object.values(resources)
      .filter(({type}) => type === 'AWS::CloudFormation::Stack')
      .map(({logicalId, physicalId}) => stacks[physicalId] ?? {name: logicalId, status: 'gone'}),
  )
  if (own.length + nested.length !== (own.length === 1 ? 5 : 4))
    return [`${nested.length} nested stacks exist`]
  return [...own, ...nested]
    .filter(({status}) => !sound.test(status))
    .map(({name, status}) => `stack ${name} is ${status}`)
}

function serviceAilments(world: World, here: Region): string[] {
  return services.flatMap(key => {
    const service = world
      .resourcesOf(here, serviceType)
      .find(candidate => nameOf(candidate) === `${environment}-${key}`)
    if (service === undefined) return [`service ${key} does not exist`]
    const {desiredCount, deployments} = stateOf(service)
    const running = liveTasks(here, service).filter(({lastStatus}) => lastStatus === 'RUNNING')
    const {taskDefinition, rolloutState} = deployments[0] ?? {}
    return [
      desiredCount < 1 ? `service ${key} is to have no tasks` : undefined,
      running.length < desiredCount
        ? `service ${key} has ${running.length} of ${desiredCount} tasks`
        : undefined,
      rolloutState === 'COMPLETED' ? undefined : `the roll-out of service ${key} is ${rolloutState}`,
      running.every(task => task.taskDefinitionArn === taskDefinition)
        ? undefined
        : `service ${key} runs an older task definition`,
    ].filter(ailment => ailment !== undefined)
  })
}

function targetAilments(world: World, here: Region): string[] {
  return targetGroups.flatMap(key => {
    const name = `${environment}-${key}-tg`
    const group = world
      .resourcesOf(here, targetGroupType)
      .find(({attributes}) => attributes.TargetGroupName === name)
    if (group === undefined) return [`target group ${name} does not exist`]
    const states = targetsOf(group).map(target => healthOf(world, here, group, target).state)
    const counted = states.filter(state => state !== 'draining')
    if (counted.length === 0) return [`target group ${name} has no targets`]
    return counted.every(state => state === 'healthy') ? [] : [`targets of ${name} are ${counted.join(', ')}`]
  })
}
