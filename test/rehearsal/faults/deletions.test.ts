import {CloudFormationClient, CreateStackCommand} from '@aws-sdk/client-cloudformation'
import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  DeleteLogGroupCommand,
  DescribeLogGroupsCommand,
} from '@aws-sdk/client-cloudwatch-logs'
import {
  GetResourcesCommand,
  ResourceGroupsTaggingAPIClient,
} from '@aws-sdk/client-resource-groups-tagging-api'
import {afterEach, describe, expect, test} from 'vitest'
import {catalogue} from '../../../src/rehearsal/faults/catalogue.js'
import {endAll, failureOf, faulty} from './faulty.js'

afterEach(endAll)

const template = JSON.stringify({
  Resources: {
    Group: {Type: 'AWS::Logs::LogGroup', Properties: {LogGroupName: '/aws/demo'}},
    Topic: {Type: 'AWS::SNS::Topic'},
  },
})

/** An account with a stack of a log group and a topic, tagged, and whoever asks about them. */
async function tagged(...faults: string[]) {
  const account = await faulty(faults)
  const logs = new CloudWatchLogsClient(account.client)
  const tagging = new ResourceGroupsTaggingAPIClient(account.client)
  const Tags = [{Key: 'environment', Value: 'demo'}]
  await new CloudFormationClient(account.client).send(
    new CreateStackCommand({StackName: 'demo', TemplateBody: template, Tags}),
  )
  await account.minute(2)
  return {
    ...account,
    remove: (logGroupName: string) => logs.send(new DeleteLogGroupCommand({logGroupName})),
    make: (logGroupName: string) => logs.send(new CreateLogGroupCommand({logGroupName})),
    groups: async () => {
      const {logGroups = []} = await logs.send(new DescribeLogGroupsCommand({}))
      return logGroups.map(each => each.logGroupName)
    },
    services: async () => {
      const {ResourceTagMappingList = []} = await tagging.send(new GetResourcesCommand({}))
      return ResourceTagMappingList.map(({ResourceARN}) => ResourceARN?.split(':')[2]).sort()
    },
  }
}

describe('the examples of faults that a deletion has to see through', () => {
  test('lie: the call is answered as ever, and the group is still there', async () => {
    const {remove, groups} = await tagged(catalogue.lie.example)
    await remove('/aws/demo')
    expect(await groups()).toEqual(['/aws/demo'])
    await remove('/aws/demo')
    // What cannot be done is refused all the same.
    expect(await failureOf(remove('/aws/nobody'))).toMatchObject({name: 'ResourceNotFoundException'})
  })

  test('lie: once', async () => {
    const {remove, groups} = await tagged(`${catalogue.lie.example} once`)
    await remove('/aws/demo')
    await remove('/aws/demo')
    expect(await groups()).toEqual([])
  })

  test('forget-tags: the type is not told of, others are, and its own service has it', async () => {
    expect(await (await tagged()).services()).toEqual(['cloudformation', 'logs', 'sns'])
    const {services, groups} = await tagged(catalogue['forget-tags'].example)
    expect(await services()).toEqual(['cloudformation', 'sns'])
    expect(await groups()).toEqual(['/aws/demo'])
    expect(await (await tagged('forget-tags')).services()).toEqual([])
  })

  test('recreate-log-group: five seconds after it was deleted, once, and only what is named', async () => {
    const {remove, make, groups, minute} = await tagged(catalogue['recreate-log-group'].example)
    await make('/other')
    await remove('/other')
    await remove('/aws/demo')
    expect(await groups()).toEqual([])
    await minute(2 + 4 / 60)
    expect(await groups()).toEqual([])
    await minute(2 + 6 / 60)
    expect(await groups()).toEqual(['/aws/demo'])
    await remove('/aws/demo')
    await minute(3)
    expect(await groups()).toEqual([])
  })
})
