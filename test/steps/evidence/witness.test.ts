import {describe, expect, it} from 'vitest'
import type {Evidence} from '../../../src/results.js'
import {Witness} from '../../../src/steps/evidence/witness.js'
import {failure, never, serviceScene} from './scene.js'

function scene() {
  const aws = serviceScene()
  const asked: string[] = []
  const {services} = aws.containers
  aws.containers.services = (cluster, names) => {
    asked.push(...names)
    return services(cluster, names)
  }
  const told: (readonly Evidence[])[] = []
  const witness = new Witness({
    reads: aws,
    onEvidence: evidence => told.push([...evidence]),
  })
  const hear = (rest: Parameters<typeof failure>[0] = {}) =>
    witness.hear({kind: 'stack-event', event: failure(rest)})
  return {aws, witness, hear, asked, told}
}

const named = (name: string) => ({
  logicalId: name,
  physicalId: `arn:aws:ecs:us-west-2:1:service/demo-ecs-cluster/${name}`,
})

describe('a witness', () => {
  it('looks behind a failure as soon as it is heard of, and tells what was found', async () => {
    const {witness, hear, told} = scene()
    hear()
    await witness.settle(never)
    expect(witness.evidence[0]?.title).toBe('Task killed')
    expect(told).toHaveLength(1)
  })

  it('looks behind a failure once', async () => {
    const {witness, hear, asked} = scene()
    hear()
    hear()
    await witness.settle(never)
    expect(asked).toEqual(['demo-registry'])
  })

  it.each([
    ['what was cancelled', {reason: 'Resource creation cancelled'}],
    ['what goes well', {status: 'CREATE_COMPLETE'}],
    ['the row of a stack', {isStack: true}],
    ['a resource that has nothing behind it', {type: 'AWS::EC2::VPC'}],
  ])('does not look behind %s', async (_, rest) => {
    const {witness, hear, asked} = scene()
    hear(rest)
    await witness.settle(never)
    expect(asked).toEqual([])
  })

  it('looks behind five failed resources at most', async () => {
    const {witness, hear, asked} = scene()
    for (let index = 0; index < 8; index += 1) hear(named(`service-${index}`))
    await witness.settle(never)
    expect(asked).toHaveLength(5)
  })

  it('looks behind a build that it hears has failed', async () => {
    const {aws, witness} = scene()
    aws.build = {
      id: 'b:1',
      number: 1,
      status: 'FAILED',
      currentPhase: 'COMPLETED',
      complete: true,
      phases: [{name: 'PRE_BUILD', status: 'FAILED'}],
      environment: {},
    }
    witness.hear({kind: 'build-phase', buildId: 'b:1', phase: 'COMPLETED', status: 'FAILED', seconds: 1})
    await witness.settle(never)
    expect(witness.evidence).toEqual([
      {
        kind: 'build',
        title: 'Build b:1',
        lines: ['FAILED in phase PRE_BUILD.', 'It has no log: it did not get as far as PROVISIONING.'],
      },
    ])
  })

  it('waits for nothing when the user has interrupted, and keeps what it has', async () => {
    const {aws, witness, hear} = scene()
    aws.loadBalancers.targetHealth = () => new Promise(() => {})
    hear()
    await new Promise(resolve => setImmediate(resolve))
    await witness.settle(AbortSignal.abort())
    await new Promise(resolve => setImmediate(resolve))
    expect(witness.evidence.find(({kind}) => kind === 'target')?.lines).toEqual([
      'could not be read: mcpgw was interrupted before.',
    ])
    expect(witness.evidence.find(({kind}) => kind === 'task')?.title).toBe('Task killed')
  })

  it('still hears of failures after it has settled once', async () => {
    const {witness, hear, asked} = scene()
    await witness.settle(never)
    hear()
    await witness.settle(never)
    expect(asked).toEqual(['demo-registry'])
    expect(witness.evidence.flatMap(({lines}) => lines).join()).not.toContain('could not be read')
  })

  it('survives an AWS that fails in every way', async () => {
    const {aws, witness, hear} = scene()
    const broken = () => {
      throw new Error('broken')
    }
    aws.containers.services = broken
    aws.containers.tasks = broken
    hear()
    await witness.settle(never)
    expect(witness.evidence.every(({lines}) => lines[0] === 'could not be read: broken')).toBe(true)
    expect(witness.evidence).toHaveLength(4)
  })
})
