import {readFileSync} from 'node:fs'
import {describe, expect, it} from 'vitest'
import {diagnose, diagnosisResult} from '../../src/diagnosis/diagnosis.js'
import type {Templates} from '../../src/diagnosis/template-line.js'
import {templateLine} from '../../src/diagnosis/template-line.js'
import {childStacks, mainTemplate} from '../../src/environment/stacks.js'
import {parseTemplate} from '../../src/template/index.js'
import {Events, tree} from './events.js'

const folder = new URL('../../cloudformation/', import.meta.url)
const texts = new Map(
  [mainTemplate, ...childStacks.map(({template}) => template)].map(
    name => [name, readFileSync(new URL(name, folder), 'utf8')] as const,
  ),
)
const templates: Templates = new Map(
  [...texts].map(
    ([name, text]) => [name, {template: parseTemplate(text, `cloudformation/${name}`)}] as const,
  ),
)

describe('a diagnosis', () => {
  it('says which resource of which stack failed, why, what that means, where it is, and the rest', () => {
    const {root, data} = tree()
    const cancelled = 'Resource creation cancelled'
    const events = [
      root.own('CREATE_IN_PROGRESS', 0),
      root.nested(data, 'DataStack', 'CREATE_IN_PROGRESS', 1),
      data.of('AdminPassword', 'CREATE_FAILED', 5, {
        type: 'AWS::SecretsManager::Secret',
        physicalId: 'demo-admin-password',
        reason:
          "You can't create this secret because a secret with this name is already scheduled for deletion.",
      }),
      data.of('FileSystem', 'CREATE_FAILED', 6, {type: 'AWS::EFS::FileSystem', reason: 'Rate exceeded'}),
      data.of('DatabaseCluster', 'CREATE_FAILED', 6, {reason: cancelled}),
      root.nested(data, 'DataStack', 'CREATE_FAILED', 7, 'The following resource(s) failed to create: [A]. '),
    ]
    const diagnosis = diagnose(events, new Map())
    expect(diagnosis).toEqual({
      stackPath: 'demo / DataStack',
      stackId: data.id,
      logicalId: 'AdminPassword',
      physicalId: 'demo-admin-password',
      type: 'AWS::SecretsManager::Secret',
      status: 'CREATE_FAILED',
      reason:
        "You can't create this secret because a secret with this name is already scheduled for deletion.",
      at: 5000,
      templateLine: undefined,
      explanation: expect.objectContaining({id: 'secret-pending-deletion'}),
      others: [
        {
          stackPath: 'demo / DataStack',
          logicalId: 'FileSystem',
          type: 'AWS::EFS::FileSystem',
          status: 'CREATE_FAILED',
          reason: 'Rate exceeded',
        },
      ],
      cancelled: 1,
    })
  })

  it('takes what a nested stack says of itself for a resource of its parent', () => {
    const {root, data} = tree()
    const events = [
      root.nested(data, 'DataStack', 'CREATE_IN_PROGRESS', 1),
      data.own('CREATE_FAILED', 2, 'No export named demo-VpcId found'),
    ]
    const line = lineOf(mainTemplate, 'DataStack')
    expect(diagnose(events, templates)).toMatchObject({
      stackPath: 'demo',
      logicalId: 'DataStack',
      templateLine: `cloudformation/main-stack.yaml:${line}`,
      explanation: {id: 'export-missing'},
    })
  })

  it('is in documents with null for what nobody knows', () => {
    const one = new Events('data', 'demo-data')
    const diagnosis = diagnose([one.of('A', 'CREATE_FAILED', 1)], new Map())
    expect(diagnosis && diagnosisResult(diagnosis)).toEqual({
      stack: 'demo-data',
      logicalId: 'A',
      type: 'AWS::SNS::Topic',
      status: 'CREATE_FAILED',
      reason: 'CREATE_FAILED',
      template: null,
      meaning: null,
      advice: null,
      others: [],
      cancelled: 0,
    })
  })

  it('is missing when nothing failed', () => {
    expect(diagnose([new Events('data', 'demo-data').own('CREATE_COMPLETE', 1)], new Map())).toBeUndefined()
  })
})

describe('the line of a resource', () => {
  it.each([
    ['network', 'network-stack.yaml', 'NatGateway1'],
    ['compute', 'compute-stack.yaml', 'MainDistribution'],
    ['services', 'services-stack.yaml', 'RegistryLogGroup'],
    ['main', mainTemplate, 'ServicesStack'],
  ])('of %s is where %s declares %s', (label, file, logicalId) => {
    const place = templateLine({label, logicalId, isStack: false}, templates)
    expect(place).toBe(`cloudformation/${file}:${lineOf(file, logicalId)}`)
  })

  it('is unknown for what no template has, and for a stack itself', () => {
    expect(templateLine({label: 'data', logicalId: 'Nothing', isStack: false}, templates)).toBeUndefined()
    expect(
      templateLine({label: 'other', logicalId: 'NatGateway1', isStack: false}, templates),
    ).toBeUndefined()
    expect(templateLine({label: 'main', logicalId: 'DataStack', isStack: true}, templates)).toBeUndefined()
  })
})

/** By the text alone: the line that begins with the name of the resource. */
function lineOf(file: string, logicalId: string): number {
  const lines = texts.get(file)?.split('\n') ?? []
  return lines.indexOf(`  ${logicalId}:`, lines.indexOf('Resources:')) + 1
}
