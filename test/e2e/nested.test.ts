import {afterAll, describe, expect, test} from 'vitest'
import {services} from '../../src/environment/services.js'
import {targetGroups} from '../../src/environment/target-groups.js'
import {formatMinutes} from '../../src/report/words.js'
import {existingStacks} from './existing-stacks.js'

const {rehearsal, deployed} = await existingStacks()

describe('the nested layout, from nothing to nothing', () => {
  afterAll(() => rehearsal.remove())

  test('deploy prints the documented document and exits 0', () => {
    expect(deployed.stderr).not.toContain('Error')
    expect(deployed.code).toBe(0)
    const document = deployed.json()
    expect(Object.keys(document)).toEqual([
      'schemaVersion',
      'environment',
      'account',
      'region',
      'layout',
      'time',
      'operation',
      'stacks',
      'outputs',
      'build',
      'realm',
      'verification',
      'remaining',
      'durationSeconds',
      'apiCalls',
    ])
    expect(document).toMatchObject({
      environment: 'mcp-gateway',
      layout: 'nested',
      operation: 'create',
      region: 'us-west-2',
    })
    expect(document.stacks.map(({logicalId, status}: any) => [logicalId, status])).toEqual([
      ['mcp-gateway', 'CREATE_COMPLETE'],
      ['NetworkStack', 'CREATE_COMPLETE'],
      ['DataStack', 'CREATE_COMPLETE'],
      ['ComputeStack', 'CREATE_COMPLETE'],
      ['ServicesStack', 'CREATE_COMPLETE'],
    ])
    expect(document.build).toMatchObject({status: 'SUCCEEDED', mode: 'source'})
    expect(document.durationSeconds).toBeGreaterThan(600)
  })

  test('every service runs at 1/1, every target group is healthy, every endpoint answers', () => {
    const {verification} = deployed.json()
    expect(verification.healthy).toBe(true)
    expect(verification.services).toHaveLength(services.length)
    for (const service of verification.services) {
      expect(service).toMatchObject({desired: 1, running: 1, pending: 0, rollout: 'COMPLETED', ok: true})
    }
    expect(verification.targetGroups).toHaveLength(targetGroups.length)
    for (const group of verification.targetGroups)
      expect(group).toMatchObject({healthy: 1, total: 1, ok: true})
    const urls = verification.endpoints.map(({url, status}: any) => [new URL(url).pathname, status])
    expect(urls).toContainEqual(['/realms/master', 200])
    expect(urls).toContainEqual(['/realms/master/.well-known/openid-configuration', 200])
    for (const endpoint of verification.endpoints) {
      expect(endpoint.url).toMatch(/^https:/)
      expect(endpoint.ok).toBe(true)
    }
  })

  test('deploy again finds nothing to do', async () => {
    const again = await rehearsal.rehearse('deploy', '--yes')
    expect(again.code).toBe(0)
    expect(again.json()).toMatchObject({operation: 'none', verification: {healthy: true}})
    expect(again.json().apiCalls['cloudformation:CreateStack']).toBeUndefined()
  })

  test('a changed parameter touches only what depends on it', async () => {
    const update = await rehearsal.rehearse('deploy', '--yes', '--set', 'TargetCpuUtilization=60')
    expect(update.code).toBe(0)
    const document = update.json()
    expect(document).toMatchObject({operation: 'update', verification: {healthy: true}})
    const touched = document.stacks.filter(({durationSeconds}: any) => durationSeconds > 0)
    expect(touched.map(({logicalId}: any) => logicalId)).toEqual(['mcp-gateway', 'ServicesStack'])
    const events = await rehearsal.updatedResources()
    expect(
      events.every(resource => resource === 'ServicesStack' || resource.endsWith('CpuScalingPolicy')),
    ).toBe(true)
    // Of four services: Keycloak and the MCP servers have one task whatever their load.
    expect(new Set(events).size).toBe(5)
  })

  test('the change stays when it is not given again', async () => {
    const again = await rehearsal.rehearse('deploy', '--yes', '--no-verify')
    expect(again.json().operation).toBe('none')
  })

  test('another version builds images, and every service runs them at the end', async () => {
    const began = (await rehearsal.account()).now
    const update = await rehearsal.rehearse('deploy', '--yes', '--set', 'GitHubBranch=v1.0.8')
    expect(update.code).toBe(0)
    expect(update.json()).toMatchObject({
      operation: 'update',
      build: {status: 'SUCCEEDED'},
      verification: {healthy: true},
    })
    const {regions} = await rehearsal.account()
    const running = Object.values<any>(regions['us-west-2'].tasks).filter(
      ({lastStatus, desiredStatus}) => lastStatus === 'RUNNING' && desiredStatus === 'RUNNING',
    )
    expect(running).toHaveLength(services.length)
    for (const {startedAt} of running) expect(startedAt).toBeGreaterThan(began)
  })

  test('verify looks and finds it healthy', async () => {
    const verified = await rehearsal.rehearse('verify')
    expect(verified.code).toBe(0)
    expect(verified.json().healthy).toBe(true)
  })

  test('teardown deletes in reverse, leaves nothing, and says so', async () => {
    const plan = (await rehearsal.rehearse('plan', '--teardown')).json()
    const plain = (await rehearsal.rehearse('plan', '--teardown', '--head-start', 'none')).json()
    const torn = await rehearsal.rehearse('teardown', '--yes')
    expect(torn.code).toBe(0)
    // What it foresees, from the templates of the stacks, is what plan foresees from the product's.
    expect(torn.stderr).toContain(`typically ${formatMinutes(plan.expectedSeconds)}`)
    // With its head starts it takes less than CloudFormation alone.
    expect(plan.expectedSeconds).toBeLessThan(0.8 * plain.expectedSeconds)
    const {removed, remaining} = torn.json()
    expect(remaining).toEqual([])
    expect(removed.map(({status}: any) => status)).toEqual(Array(5).fill('DELETE_COMPLETE'))
    expect(removed.map(({stack}: any) => stack.replace(/-[A-Z0-9]{12}$/, ''))).toEqual([
      'mcp-gateway-ServicesStack',
      expect.stringMatching(/ComputeStack|DataStack/),
      expect.stringMatching(/ComputeStack|DataStack/),
      'mcp-gateway-NetworkStack',
      'mcp-gateway',
    ])
  })

  test('the account holds nothing afterwards but keys waiting to be deleted', async () => {
    expect(await rehearsal.resourceTypes()).toEqual(['AWS::KMS::Key'])
  })

  test('teardown again says that there was nothing', async () => {
    const torn = await rehearsal.run(['teardown', '--rehearse', '--yes'])
    expect(torn.code).toBe(0)
    expect(torn.stdout + torn.stderr).toMatch(/nothing/i)
    expect((await rehearsal.rehearse('teardown', '--yes')).json()).toMatchObject({removed: [], remaining: []})
  })

  test('verify then fails and says that no such environment exists', async () => {
    const verified = await rehearsal.rehearse('verify')
    expect(verified.code).toBe(1)
    expect(verified.json().error.code).toBe('NO_SUCH_ENVIRONMENT')
  })
})
