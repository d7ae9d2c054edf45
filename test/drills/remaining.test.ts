import {CloudWatchLogs} from '@aws-sdk/client-cloudwatch-logs'
import {
  type GetResourcesCommandOutput,
  ResourceGroupsTaggingAPI,
} from '@aws-sdk/client-resource-groups-tagging-api'
import {S3} from '@aws-sdk/client-s3'
import {SecretsManager} from '@aws-sdk/client-secrets-manager'
import {SSM} from '@aws-sdk/client-ssm'
import {afterEach, beforeEach, expect, test} from 'vitest'
import {deletingCommand} from '../../src/aws/deleting-command.js'
import {taggedResource} from '../../src/aws/tagged-resources.js'
import type {Account} from '../../src/rehearsal/account/account.js'
import {DrillAccount} from './harness/account.js'
import {runAwsCommand} from './harness/aws-command.js'
import {runCommand} from './harness/command.js'
import {losses, remains} from './harness/oracle.js'
import {stateOf} from './harness/states.js'

const tag = {Key: 'mcpgw:environment', Value: 'mcp-gateway'}

let account: DrillAccount
let before: Account

beforeEach(async () => {
  before = JSON.parse(await stateOf('empty'))
  account = await DrillAccount.serve(await stateOf('deployed'))
})
afterEach(() => account.stop())

/** Runs the commands that the document of a teardown names. */
async function follow({remaining, unknown}: any): Promise<string[]> {
  const commands: string[] = [...remaining, ...unknown].map(({command}) => command)
  for (const command of commands) await runAwsCommand(account, command)
  return commands
}

test('what others gave our tag is named with a command that deletes it', async () => {
  const {clientConfig} = account
  await new CloudWatchLogs(clientConfig).createLogGroup({
    logGroupName: '/notes/of-a-student',
    tags: {[tag.Key]: tag.Value},
  })
  await new SecretsManager(clientConfig).createSecret({Name: 'notes', SecretString: 'x', Tags: [tag]})
  await new SSM(clientConfig).putParameter({Name: '/notes/a', Value: 'x', Type: 'String', Tags: [tag]})
  const s3 = new S3({...clientConfig, forcePathStyle: true})
  await s3.createBucket({
    Bucket: 'notes-of-a-student',
    CreateBucketConfiguration: {LocationConstraint: 'us-west-2'},
  })
  await s3.putBucketTagging({Bucket: 'notes-of-a-student', Tagging: {TagSet: [tag]}})
  await s3.putObject({Bucket: 'notes-of-a-student', Key: 'a', Body: 'x'})
  const torn = await runCommand(account, 'mcpgw teardown')
  expect(torn.exitCode, torn.stdout).toBe(1)
  expect(torn.document.remaining.map(({kind}: any) => kind).sort()).toEqual([
    'logs:log-group',
    's3:bucket',
    'secretsmanager:secret',
    'ssm:parameter',
  ])
  await follow(torn.document)
  const again = await runCommand(account, 'mcpgw teardown')
  expect(again, again.stdout).toMatchObject({exitCode: 0, document: {remaining: [], unknown: []}})
  expect(remains(await account.state(), before)).toEqual([])
  expect(losses(await account.state(), before)).toEqual([])
})

test('a bucket of ours that lost its tag is not taken for ours, nor passed over in silence', async () => {
  const s3 = new S3({...account.clientConfig, forcePathStyle: true})
  const {Buckets = []} = await s3.listBuckets({})
  const Bucket = Buckets.find(({Name = ''}) => /^mcpgw-mcp-gateway-\d+-us-west-2$/.test(Name))?.Name ?? ''
  await s3.deleteBucketTagging({Bucket})
  const torn = await runCommand(account, 'mcpgw teardown')
  expect(torn.exitCode, torn.stdout).toBe(1)
  expect(torn.document).toMatchObject({remaining: [], unknown: [{kind: 's3:bucket', name: Bucket}]})
  expect((await runCommand(account, 'mcpgw teardown --text')).stdout).toMatch(/Could not be checked/)
  expect(await follow(torn.document)).toHaveLength(1)
  const again = await runCommand(account, 'mcpgw teardown')
  expect(again, again.stdout).toMatchObject({exitCode: 0, document: {remaining: [], unknown: []}})
  expect(remains(await account.state(), before)).toEqual([])
})

test('everything that an environment is made of and AWS lists has a command', async () => {
  const arns: string[] = []
  for (const region of ['us-west-2', 'us-east-1']) {
    const tagging = new ResourceGroupsTaggingAPI({...account.clientConfig, region})
    for (let token: string | undefined = ''; token !== undefined; ) {
      const page: GetResourcesCommandOutput = await tagging.getResources({
        TagFilters: [{Key: tag.Key, Values: [tag.Value]}],
        PaginationToken: token,
      })
      arns.push(...(page.ResourceTagMappingList ?? []).map(({ResourceARN = ''}) => ResourceARN))
      token = page.PaginationToken || undefined
    }
  }
  const found = [...new Map(arns.map(arn => [taggedResource(arn).kind, arn])).values()].map(taggedResource)
  expect(found.length).toBeGreaterThan(25)
  const reach = {region: 'us-west-2', endpoint: undefined}
  // Whoever has none of these names looks it up.
  const contents = {before: [], name: 'looked-up'}
  expect(
    found.filter(one => deletingCommand(reach, one, contents) === null).map(({kind, arn}) => [kind, arn]),
  ).toEqual([])
})
