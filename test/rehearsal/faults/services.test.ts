import {describe, expect, test} from 'vitest'
import {brokenLinkNames} from '../../../src/rehearsal/faults/broken-links.js'
import {catalogue} from '../../../src/rehearsal/faults/catalogue.js'
import {describeFaults, removeFaults, setFault} from '../../../src/rehearsal/faults/setting.js'
import {targetReasonNames, targetReasons} from '../../../src/rehearsal/faults/target-reasons.js'
import {stateOf, tasksOf} from '../../../src/rehearsal/resources/ecs-services.js'
import {isSteady} from '../../../src/rehearsal/services/ecs/deployments.js'
import {elbv2Operations} from '../../../src/rehearsal/services/elbv2/operations.js'
import {listenerType} from '../../../src/rehearsal/services/elbv2/target-groups.js'
import {call} from '../services/ecs/fixtures.js'
import {gateway, image, service} from '../services/ecs/gateway.js'

/** A service behind a load balancer, begun under these faults. */
function accountWith(...faults: string[]) {
  const base = gateway({port: 80})
  for (const fault of faults) setFault(base.world, fault)
  const made = service(base, {
    name: 'demo-registry',
    image: image(base, 'registry'),
    port: 80,
    group: base.group,
  })
  const {region, world} = base
  const elb = elbv2Operations(world)
  return {
    ...base,
    made,
    set: (fault: string) => setFault(world, fault),
    steady: () => isSteady(region, made),
    tasks: () => tasksOf(region, made),
    running: () => tasksOf(region, made).filter(({lastStatus}) => lastStatus === 'RUNNING').length,
    async health() {
      const answer = await elb.DescribeTargetHealth?.({TargetGroupArn: base.group.physicalId}, call)
      return answer?.TargetHealthDescriptions?.map(({TargetHealth}) => TargetHealth) ?? []
    },
  }
}

describe('the examples of faults that apply to services', () => {
  // What each link does to a student is in test/rehearsal/services/ecs/containers/login.test.ts.
  test('broken-link: it holds for each link that there is, and for no other', () => {
    const account = accountWith(catalogue['broken-link'].example)
    for (const what of brokenLinkNames) account.set(`broken-link *-registry what=${what}`)
    expect(describeFaults(account.world).every(({state}) => state === 'live')).toBe(true)
    expect(() => account.set('broken-link what=no-way')).toThrow('no-realm')
    expect(() => account.set('broken-link *-registry')).toThrow('broken-link needs what=…')
  })

  test('missing-image: one task does not start, the next one does', () => {
    const account = accountWith(catalogue['missing-image'].example)
    account.pass(900)
    expect(account.steady()).toBe(true)
    expect(account.tasks()[0]).toMatchObject({
      stopCode: 'TaskFailedToStart',
      stoppedReason: expect.stringMatching(/^CannotPullContainerError: .*demo-registry:latest: not found$/),
    })
    expect(account.tasks()).toHaveLength(2)
  })

  test('fail-task: one task stops for the reason given, the next one starts', () => {
    const account = accountWith(catalogue['fail-task'].example)
    account.pass(900)
    expect(account.steady()).toBe(true)
    expect(account.tasks()[0]).toMatchObject({
      stopCode: 'ServiceSchedulerInitiated',
      stoppedReason: 'Task failed container health checks',
    })
    expect(account.tasks()).toHaveLength(2)
  })

  test('unsteady: it runs and is healthy, but the roll-out never ends, until the fault does', async () => {
    const account = accountWith(catalogue.unsteady.example)
    account.pass(3000)
    expect(account.running()).toBe(1)
    expect(await account.health()).toMatchObject([{State: 'healthy'}])
    expect(stateOf(account.made).deployments[0]?.rolloutState).toBe('IN_PROGRESS')
    removeFaults(account.world)
    account.pass(60)
    expect(account.steady()).toBe(true)
  })

  test('unsteady: CloudFormation gives up after three hours', () => {
    const account = accountWith(catalogue.unsteady.example)
    account.pass(3 * 3600 - 60)
    expect(account.progress(account.made)).toMatchObject({state: 'waiting'})
    account.pass(120)
    expect(account.progress(account.made)).toMatchObject({
      state: 'failed',
      reason: expect.stringContaining('HandlerErrorCode: NotStabilized'),
    })
  })

  test('flap: a task ends every five minutes, and no longer than half an hour', () => {
    const account = accountWith(catalogue.flap.example.replace('mcpgw', 'registry'))
    account.pass(3000)
    const killed = account.tasks().filter(({stopCode}) => stopCode === 'EssentialContainerExited')
    expect(killed.length).toBeGreaterThan(2)
    expect(killed.length).toBeLessThan(7)
    expect(describeFaults(account.world)).toMatchObject([{state: 'over', struck: killed.length}])
    expect(account.running()).toBe(1)
  })

  test('lose-task: a steady service loses its task at minute 20, and gets another', () => {
    const account = accountWith(catalogue['lose-task'].example)
    account.pass(20 * 60 - 1)
    expect(account.steady()).toBe(true)
    account.pass(2)
    expect(account.running()).toBe(0)
    expect(account.tasks()[0]).toMatchObject({
      stopCode: 'EssentialContainerExited',
      stoppedReason: 'Essential container in task exited',
      containers: [{exitCode: 137, reason: 'OutOfMemoryError: Container killed due to memory usage'}],
    })
    account.pass(600)
    expect(account.steady()).toBe(true)
    expect(account.tasks()).toHaveLength(2)
  })

  test('unhealthy: the targets fail with its reason and status, and recover when it is removed', async () => {
    const account = accountWith()
    account.pass(600)
    expect(await account.health()).toMatchObject([{State: 'healthy'}])
    const [other] = [catalogue.unhealthy.example.replace('*-registry-tg', '*-auth-tg')]
    account.set(other ?? '')
    account.pass(120)
    expect(await account.health()).toMatchObject([{State: 'healthy'}])
    account.set(catalogue.unhealthy.example.replace('*-registry-tg', '*-tg'))
    account.pass(75)
    expect(await account.health()).toContainEqual({
      State: 'unhealthy',
      Reason: 'Target.ResponseCodeMismatch',
      Description: 'Health checks failed with these codes: [502]',
    })
    removeFaults(account.world)
    account.pass(900)
    expect(await account.health()).toMatchObject([{State: 'healthy'}])
  })

  test.each(targetReasonNames)('unhealthy: for the reason %s', async reason => {
    const account = accountWith()
    account.pass(600)
    account.set(`unhealthy demo-tg reason=${reason} for=15m`)
    account.pass(80)
    const [State, Description] = targetReasons[reason]
    expect(await account.health()).toContainEqual({State, Reason: reason, Description})
    account.pass(2400)
    expect(await account.health()).toEqual([{State: 'healthy', Reason: undefined, Description: undefined}])
  })

  test('remove-listener: at minute 30 it is gone, and the targets are unused', async () => {
    const account = accountWith(catalogue['remove-listener'].example)
    account.pass(30 * 60 - 1)
    expect(account.world.resourcesOf(account.region, listenerType)).toHaveLength(1)
    account.pass(2)
    expect(account.world.resourcesOf(account.region, listenerType)).toEqual([])
    expect(await account.health()).toMatchObject([{State: 'unused', Reason: 'Target.NotInUse'}])
  })

  test('remove-listener without a time waits until there is one', () => {
    const account = accountWith()
    account.world.remove(account.region, account.listener)
    account.set('remove-listener demo-alb')
    account.pass(60)
    account.world.put(account.region, account.listener)
    account.pass(20)
    expect(account.world.resourcesOf(account.region, listenerType)).toEqual([])
    account.world.put(account.region, account.listener)
    account.pass(60)
    expect(account.world.resourcesOf(account.region, listenerType)).toHaveLength(1)
  })

  test('quota: another value, of that one quota', async () => {
    const {world} = accountWith()
    setFault(world, catalogue.quota.example)
    const {quotas} = await import('../../../src/rehearsal/account/quotas.js')
    const {quotaValue} = await import('../../../src/rehearsal/faults/quota-value.js')
    expect(quotaValue(world.account, quotas.elasticIps)).toBe(0)
    expect(quotaValue(world.account, quotas.vpcs)).toBe(5)
    removeFaults(world)
    expect(quotaValue(world.account, quotas.elasticIps)).toBe(5)
  })
  test('demand-boundary: a role without that permissions boundary is refused', async () => {
    const {world} = accountWith()
    setFault(world, catalogue['demand-boundary'].example)
    const {boundaryProblem} = await import('../../../src/rehearsal/services/iam/boundaries.js')
    const demanded = 'arn:aws:iam::123456789012:policy/workshop-boundary'
    expect(boundaryProblem(world, 'demo', undefined)).toMatchObject({code: 'AccessDenied'})
    expect(boundaryProblem(world, 'demo', demanded)).toBeUndefined()
    removeFaults(world)
    expect(boundaryProblem(world, 'demo', undefined)).toBeUndefined()
    expect(boundaryProblem(world, 'demo', demanded)).toMatchObject({code: 'NotFound'})
  })
  test('default-subnets: templates get the zones that have one, and no others', async () => {
    const {world} = accountWith()
    const {templateZones} = await import('../../../src/rehearsal/faults/default-subnets.js')
    expect(templateZones(world, 'us-west-2')).toHaveLength(4)
    setFault(world, catalogue['default-subnets'].example)
    expect(templateZones(world, 'us-west-2')).toEqual(['us-west-2a', 'us-west-2b'])
    expect(templateZones(world, 'us-east-1')).toHaveLength(4)
  })
  test('model: the account has it in another state', async () => {
    const {world} = accountWith()
    const {bedrockOperations} = await import('../../../src/rehearsal/services/bedrock/operations.js')
    const call = {region: 'us-west-2'} as never
    const modelId = 'anthropic.claude-haiku-4-5-20251001-v1:0'
    const agreement = () =>
      bedrockOperations(world).GetFoundationModelAvailability({modelId}, call).agreementAvailability.status
    expect(agreement()).toBe('AVAILABLE')
    setFault(world, catalogue.model.example)
    expect(agreement()).toBe('NOT_AVAILABLE')
    removeFaults(world)
    setFault(world, 'model anthropic.* state=absent')
    expect(agreement).toThrow('Could not find model')
  })
})
