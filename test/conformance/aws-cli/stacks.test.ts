import {fileURLToPath} from 'node:url'
import {describe, expect, inject, test} from 'vitest'
import {aws} from '../clients.js'

const {document, stacks} = inject('deployed')
const root = stacks.find(({name}) => name === document.environment)!
const services = stacks.find(({name}) => name.includes('-ServicesStack-'))!
const stackNames = document.stacks.map(({name}: any) => name)
/** As every service does, CloudFormation gives at most a hundred events a page. */
const pageSize = 100

const cloudformation = (operation: string, ...args: string[]) => aws('cloudformation', operation, ...args)
const eventsOf = async (name: string): Promise<any[]> =>
  (await cloudformation('describe-stack-events', '--stack-name', name)).StackEvents

describe('stack events', () => {
  test('of the root lead from User Initiated, the oldest and last, to CREATE_COMPLETE, the newest and first', async () => {
    const events = await eventsOf(root.name)
    expect(events.map(({EventId}) => EventId)).toEqual(root.events.toReversed())
    const ofStack = {
      LogicalResourceId: root.name,
      PhysicalResourceId: root.id,
      ResourceType: 'AWS::CloudFormation::Stack',
    }
    expect(events.at(-1)).toMatchObject({
      ...ofStack,
      ResourceStatus: 'CREATE_IN_PROGRESS',
      ResourceStatusReason: 'User Initiated',
    })
    expect(events[0]).toMatchObject({...ofStack, ResourceStatus: 'CREATE_COMPLETE'})
    const times = events.map(({Timestamp}) => Date.parse(Timestamp))
    expect(times).toEqual(times.toSorted((left, right) => right - left))
  })

  test('come in pages, each of them once', async () => {
    const [all, page] = await Promise.all([
      eventsOf(services.id),
      cloudformation('describe-stack-events', '--stack-name', services.id, '--no-paginate'),
    ])
    expect(page.StackEvents).toHaveLength(pageSize)
    expect(page.NextToken).toEqual(expect.any(String))
    expect(all.length).toBeGreaterThan(pageSize)
    expect(all.map(({EventId}) => EventId)).toEqual(services.events.toReversed())
  })
})

describe('stack resources', () => {
  test('are listed for the root and for each nested stack, all of them complete', async () => {
    expect(stacks.map(({name}) => name).sort()).toEqual(stackNames.toSorted())
    await Promise.all(
      stacks.map(async ({name, rows}) => {
        const listed = await cloudformation('list-stack-resources', '--stack-name', name)
        const statuses = listed.StackResourceSummaries.map((row: any) => [
          row.LogicalResourceId,
          row.ResourceStatus,
        ])
        expect(statuses).toHaveLength(Object.keys(rows).length)
        expect(Object.fromEntries(statuses)).toEqual(rows)
        expect(new Set(Object.values(rows))).toEqual(new Set(['CREATE_COMPLETE']))
      }),
    )
  })

  test('of the root are the four stacks in it', async () => {
    const {StackResources} = await cloudformation('describe-stack-resources', '--stack-name', root.name)
    expect(StackResources.map((row: any) => row.PhysicalResourceId).sort()).toEqual(
      stacks
        .filter(stack => stack !== root)
        .map(({id}) => id)
        .sort(),
    )
  })
})

describe('stacks', () => {
  test('have the outputs that mcpgw reports', async () => {
    const {Stacks} = await cloudformation('describe-stacks', '--stack-name', root.name)
    expect(Stacks).toHaveLength(1)
    expect(Stacks[0]).toMatchObject({
      StackId: root.id,
      StackStatus: 'CREATE_COMPLETE',
      Tags: [{Key: 'mcpgw:environment', Value: document.environment}],
    })
    const outputs = Stacks[0].Outputs.map(({OutputKey, OutputValue}: any) => [OutputKey, OutputValue])
    expect(Object.fromEntries(outputs)).toEqual(document.outputs)
  })

  test('know their parent and root, and are all there', async () => {
    const {Stacks} = await cloudformation('describe-stacks')
    // Another file may just have made a stack of its own.
    const found = Stacks.filter(({StackId, RootId}: any) => [StackId, RootId].includes(root.id))
    expect(found.map(({StackName}: any) => StackName).sort()).toEqual(stackNames.toSorted())
    for (const {StackId, ParentId, RootId} of found) {
      const above = StackId === root.id ? undefined : root.id
      expect({ParentId, RootId}).toEqual({ParentId: above, RootId: above})
    }
  })

  test('never show the value of a NoEcho parameter, not even an empty one', async () => {
    const main = fileURLToPath(new URL('../../../cloudformation/main-stack.yaml', import.meta.url))
    const [declared, {Stacks}] = await Promise.all([
      cloudformation('validate-template', '--template-body', `file://${main}`),
      cloudformation('describe-stacks'),
    ])
    const secret = declared.Parameters.filter(({NoEcho}: any) => NoEcho).map((p: any) => p.ParameterKey)
    expect(secret.length).toBeGreaterThan(0)
    const shown = Stacks.flatMap(({Parameters}: any) => Parameters ?? []).filter(({ParameterKey}: any) =>
      secret.includes(ParameterKey),
    )
    expect(shown.length).toBeGreaterThan(secret.length)
    for (const {ParameterValue} of shown) expect(ParameterValue).toBe('****')
  })
})
