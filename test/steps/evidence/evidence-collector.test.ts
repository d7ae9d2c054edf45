import {describe, expect, it} from 'vitest'
import type {Evidence} from '../../../src/results.js'
import {EvidenceCollector} from '../../../src/steps/evidence/evidence-collector.js'
import {failure, never, serviceFixture} from './fixture.js'

function fixture() {
  const aws = serviceFixture()
  const asked: string[] = []
  const {services} = aws.containers
  aws.containers.services = (cluster, names) => {
    asked.push(...names)
    return services(cluster, names)
  }
  const told: (readonly Evidence[])[] = []
  const collector = new EvidenceCollector({
    reads: aws,
    onEvidence: evidence => told.push([...evidence]),
  })
  const hear = (rest: Parameters<typeof failure>[0] = {}) =>
    collector.hear({kind: 'stack-event', event: failure(rest)})
  return {aws, collector, hear, asked, told}
}

const named = (name: string) => ({
  logicalId: name,
  physicalId: `arn:aws:ecs:us-west-2:1:service/demo-ecs-cluster/${name}`,
})

describe('a collector', () => {
  it('looks behind a failure as soon as it is heard of, and tells what was found', async () => {
    const {collector, hear, told} = fixture()
    hear()
    await collector.settle(never)
    expect(collector.evidence[0]?.title).toBe('Task killed of service demo-registry')
    expect(told).toHaveLength(1)
  })

  it('looks behind a failure once', async () => {
    const {collector, hear, asked} = fixture()
    hear()
    hear()
    await collector.settle(never)
    expect(asked).toEqual(['demo-registry'])
  })

  it.each([
    ['what was cancelled', {reason: 'Resource creation cancelled'}],
    ['what goes well', {status: 'CREATE_COMPLETE'}],
    ['the row of a stack', {isStack: true}],
    ['a resource that has nothing behind it', {type: 'AWS::EC2::VPC'}],
  ])('does not look behind %s', async (_, rest) => {
    const {collector, hear, asked} = fixture()
    hear(rest)
    await collector.settle(never)
    expect(asked).toEqual([])
  })

  it('looks behind five failed resources at most', async () => {
    const {collector, hear, asked} = fixture()
    for (let index = 0; index < 8; index += 1) hear(named(`service-${index}`))
    await collector.settle(never)
    expect(asked).toHaveLength(5)
  })

  it('looks behind a build that it hears has failed', async () => {
    const {aws, collector} = fixture()
    aws.build = {
      id: 'b:1',
      number: 1,
      status: 'FAILED',
      currentPhase: 'COMPLETED',
      complete: true,
      phases: [{name: 'PRE_BUILD', status: 'FAILED'}],
      environment: {},
    }
    collector.hear({kind: 'build-phase', buildId: 'b:1', phase: 'COMPLETED', status: 'FAILED', seconds: 1})
    await collector.settle(never)
    expect(collector.evidence).toEqual([
      {
        kind: 'build',
        title: 'Build b:1',
        lines: ['FAILED in phase PRE_BUILD.', 'It has no log: it did not get as far as PROVISIONING.'],
      },
    ])
  })

  it('waits for nothing when the user has interrupted, and keeps what it has', async () => {
    const {aws, collector, hear} = fixture()
    aws.loadBalancers.targetHealth = () => new Promise(() => {})
    hear()
    await new Promise(resolve => setImmediate(resolve))
    await collector.settle(AbortSignal.abort())
    await new Promise(resolve => setImmediate(resolve))
    expect(collector.evidence.find(({kind}) => kind === 'target')?.lines).toEqual([
      'could not be read: mcpgw was interrupted before.',
    ])
    expect(collector.evidence.find(({kind}) => kind === 'task')?.title).toBe(
      'Task killed of service demo-registry',
    )
  })

  it('still hears of failures after it has settled once', async () => {
    const {collector, hear, asked} = fixture()
    await collector.settle(never)
    hear()
    await collector.settle(never)
    expect(asked).toEqual(['demo-registry'])
    expect(collector.evidence.flatMap(({lines}) => lines).join()).not.toContain('could not be read')
  })

  it('survives an AWS that fails in every way', async () => {
    const {aws, collector, hear} = fixture()
    const broken = () => {
      throw new Error('broken')
    }
    aws.containers.services = broken
    aws.containers.tasks = broken
    hear()
    await collector.settle(never)
    expect(collector.evidence.every(({lines}) => lines[0] === 'could not be read: broken')).toBe(true)
    expect(collector.evidence).toHaveLength(4)
  })
})
