import {CloudFormation} from '@aws-sdk/client-cloudformation'
import {afterEach, beforeEach, describe, expect, test} from 'vitest'
import {handlerTables} from '../../../../src/rehearsal/services/operations.js'
import {engineWorld, logGroup} from '../../engine/engine-world.js'
import {type Served, served} from '../served.js'

const TemplateBody = JSON.stringify({Resources: {Group: logGroup('group')}})
const demo = {StackName: 'demo', TemplateBody}
const express = {Mode: 'EXPRESS'} as const

describe('DeploymentConfig over the wire', () => {
  let account: ReturnType<typeof engineWorld>
  let server: Served
  let client: CloudFormation

  beforeEach(async () => {
    account = engineWorld()
    server = await served(handlerTables(account.world))
    client = new CloudFormation(server.client)
  })
  afterEach(async () => {
    client.destroy()
    await server.close()
  })

  const shown = async () => {
    const {Stacks} = await client.describeStacks({StackName: 'demo'})
    return {config: Stacks?.[0]?.DeploymentConfig, rollsBack: Stacks?.[0]?.DisableRollback === false}
  }

  test('is shown with the stack; in express mode a failure is not rolled back unless that is asked for', async () => {
    await client.createStack({...demo, DeploymentConfig: express})
    expect(await shown()).toEqual({config: express, rollsBack: false})
    account.pass(60)
    await client.deleteStack({StackName: 'demo', DeploymentConfig: express})
    account.pass(60)
    await client.createStack({...demo, DeploymentConfig: {...express, DisableRollback: false}})
    expect(await shown()).toEqual({config: {...express, DisableRollback: false}, rollsBack: true})
  })

  test('has the reason of express mode in the events of finished rows', async () => {
    await client.createStack({...demo, DeploymentConfig: express})
    account.pass(60)
    const {StackEvents = []} = await client.describeStackEvents({StackName: 'demo'})
    const reasons = StackEvents.filter(({ResourceStatus}) => ResourceStatus === 'CREATE_COMPLETE').map(
      each => each.ResourceStatusReason,
    )
    expect(reasons).toEqual([undefined, expect.stringMatching(/using express mode/i)])
  })

  test('does not go with what else says what to do after a failure', async () => {
    await expect(
      client.createStack({...demo, DeploymentConfig: express, OnFailure: 'DELETE'}),
    ).rejects.toThrow('OnFailure cannot be specified together with DeploymentConfig.')
    await expect(
      client.createStack({...demo, DeploymentConfig: {Mode: 'STANDARD'}, DisableRollback: true}),
    ).rejects.toThrow('DisableRollback cannot be specified together with DeploymentConfig.')
    await client.createStack(demo)
    account.pass(60)
    await expect(
      client.updateStack({...demo, DeploymentConfig: express, DisableRollback: false}),
    ).rejects.toThrow('DisableRollback cannot be specified together with DeploymentConfig.')
  })

  test('is refused with a mode that there is not', async () => {
    await expect(
      client.createStack({...demo, DeploymentConfig: {Mode: 'FAST' as 'EXPRESS'}}),
    ).rejects.toThrow(/'FAST' at 'deploymentConfig.mode'/)
  })

  test('comes with a change set, which its execution does not contradict', async () => {
    const ChangeSetName = 'plan'
    const plan = {ChangeSetName, ChangeSetType: 'CREATE', DeploymentConfig: express} as const
    await client.createChangeSet({...demo, ...plan})
    account.pass(10)
    const set = {StackName: 'demo', ChangeSetName}
    expect((await client.describeChangeSet(set)).DeploymentConfig).toEqual(express)
    await expect(client.executeChangeSet({...set, DisableRollback: false})).rejects.toThrow(
      /DisableRollback cannot be specified/,
    )
    await client.executeChangeSet(set)
    account.pass(60)
    expect((await shown()).config).toEqual(express)
  })

  test('is forgotten by the next operation that does not have it', async () => {
    await client.createStack({...demo, DeploymentConfig: express})
    account.pass(60)
    const changed = JSON.stringify({Resources: {Group: logGroup('group'), Other: logGroup('other')}})
    await client.updateStack({StackName: 'demo', TemplateBody: changed})
    account.pass(60)
    expect((await shown()).config).toBeUndefined()
  })
})
