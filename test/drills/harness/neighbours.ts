import {CloudFormationClient, CreateStackCommand} from '@aws-sdk/client-cloudformation'
import {CloudWatchLogsClient, CreateLogGroupCommand} from '@aws-sdk/client-cloudwatch-logs'
import {CreateBucketCommand, PutBucketTaggingCommand, PutObjectCommand, S3Client} from '@aws-sdk/client-s3'
import type {Account} from '../../../src/rehearsal/account/account.js'
import type {DrillAccount} from './account.js'

/** What another team has in its stack, named as near to the environment's things as names can be. */
const website = JSON.stringify({
  Resources: {
    Pages: {Type: 'AWS::S3::Bucket', Properties: {BucketName: 'mcp-gateway-pages'}},
    Lines: {Type: 'AWS::Logs::LogGroup', Properties: {LogGroupName: '/ecs/mcp-gateway-website'}},
    News: {Type: 'AWS::SNS::Topic', Properties: {TopicName: 'mcp-gateway-news'}},
    Runner: {Type: 'AWS::ECS::Cluster', Properties: {ClusterName: 'mcp-gateway-other-cluster'}},
  },
})

/**
 * Moves other people in: a stack without our tag, one of another environment whose name begins with ours, and buckets
 * and log groups that no stack owns.
 */
export async function moveIn(account: DrillAccount): Promise<void> {
  const {clientConfig} = account
  const stacks = new CloudFormationClient(clientConfig)
  const logs = new CloudWatchLogsClient(clientConfig)
  const s3 = new S3Client({...clientConfig, forcePathStyle: true})
  await stacks.send(new CreateStackCommand({StackName: 'mcp-gateway-website', TemplateBody: website}))
  const Tags = [{Key: 'mcpgw:environment', Value: 'mcp-gateway-2'}]
  const topic = JSON.stringify({Resources: {News: {Type: 'AWS::SNS::Topic'}}})
  await stacks.send(new CreateStackCommand({StackName: 'mcp-gateway-2', TemplateBody: topic, Tags}))
  for (const logGroupName of ['/ecs/mcp-gateway-2-registry', '/ecs/mcp-gateway-registry-notes']) {
    await logs.send(new CreateLogGroupCommand({logGroupName}))
  }
  for (const Bucket of ['mcpgw-mcp-gateway-2-templates', 'somebody-elses-notes']) {
    await s3.send(
      new CreateBucketCommand({Bucket, CreateBucketConfiguration: {LocationConstraint: 'us-west-2'}}),
    )
    await s3.send(new PutObjectCommand({Bucket, Key: 'mcp-gateway/notes.txt', Body: 'keep'}))
  }
  const tagged = {Bucket: 'mcpgw-mcp-gateway-2-templates', Tagging: {TagSet: Tags}}
  await s3.send(new PutBucketTaggingCommand(tagged))
  await account.pass(600)
  for (const client of [stacks, logs, s3]) client.destroy()
}

/** Everything in an account that somebody made, with when: what is gone, or was made anew, is another one. */
export function belongings({regions, buckets}: Account): ReadonlySet<string> {
  const all = Object.values(regions).flatMap(({name, resources, stacks}) => [
    ...Object.entries(resources)
      .filter(([, {type}]) => !type.startsWith('mcpgw::'))
      .map(([key, {createdAt}]) => `${name} ${key} ${createdAt}`),
    ...Object.values(stacks).map(({id, status}) => `${name} stack ${id} ${status}`),
  ])
  const stored = Object.values(buckets).flatMap(({name, createdAt, objects}) => [
    `bucket ${name} ${createdAt}`,
    ...Object.entries(objects).map(([key, {etag}]) => `object ${name}/${key} ${etag}`),
  ])
  return new Set([...all, ...stored])
}
