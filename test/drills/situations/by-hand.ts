import {readFileSync} from 'node:fs'
import {CloudFormation} from '@aws-sdk/client-cloudformation'
import {ECS} from '@aws-sdk/client-ecs'
import {ElasticLoadBalancingV2} from '@aws-sdk/client-elastic-load-balancing-v2'
import {RDS} from '@aws-sdk/client-rds'
import {S3} from '@aws-sdk/client-s3'
import {SecretsManager} from '@aws-sdk/client-secrets-manager'
import type {DrillAccount} from '../harness/account.js'
import type {Scene, Situation} from '../harness/rule-drill.js'
import {somebodyLeaves} from './somebody.js'

/** Whatever a stack makes or deletes is made or deleted by then. */
const longEnoughSeconds = 3600

/** In the console: one stack after the other, the last one that cannot be deleted among them. */
async function deleteByHand({account}: Scene, ...parts: readonly string[]): Promise<void> {
  const cloudFormation = new CloudFormation(account.clientConfig)
  for (const part of parts) {
    await cloudFormation.deleteStack({StackName: `mcp-gateway-${part}`})
    await account.pass(longEnoughSeconds)
  }
}

const explained = {start: 'individual', command: 'mcpgw diagnose', goal: 'clean'} as const

/** Deletions that somebody began without mcpgw, whose own teardown clears these things first, or refuses. */
export const deletedByHand: readonly Situation[] = [
  {
    ...explained,
    rule: 'cluster-in-use',
    async make(scene) {
      const ecs = new ECS(scene.account.clientConfig)
      const cluster = scene.id('MainEcsCluster')
      const {services: [service] = []} = await ecs.describeServices({
        cluster,
        services: ['mcp-gateway-currenttime'],
      })
      await ecs.runTask({
        cluster,
        taskDefinition: service?.taskDefinition,
        launchType: 'FARGATE',
        networkConfiguration: service?.networkConfiguration,
      })
      await deleteByHand(scene, 'services', 'compute')
    },
    says: /^Stop it: `aws ecs list-services [^`]+` and `aws ecs list-tasks [^`]+` show what/,
    async byHand({account, id}, [, {taskArns}]) {
      const cluster = id('MainEcsCluster')
      for (const task of taskArns) await new ECS(account.clientConfig).stopTask({cluster, task})
      await account.pass(longEnoughSeconds)
    },
  },
  {
    ...explained,
    rule: 'load-balancer-protected',
    async make(scene) {
      await new ElasticLoadBalancingV2(scene.account.clientConfig).modifyLoadBalancerAttributes({
        LoadBalancerArn: scene.id('MainAlb'),
        Attributes: [{Key: 'deletion_protection.enabled', Value: 'true'}],
      })
      await deleteByHand(scene, 'services', 'compute')
    },
  },
  {
    ...explained,
    rule: 'database-protected',
    async make(scene) {
      await new RDS(scene.account.clientConfig).modifyDBCluster({
        DBClusterIdentifier: scene.id('DatabaseCluster'),
        DeletionProtection: true,
      })
      await deleteByHand(scene, 'services', 'compute', 'data')
    },
  },
  {
    ...explained,
    rule: 'repository-not-empty',
    async make(scene) {
      await updateByHand(scene.account, 'compute', text => text.replaceAll(/^ +EmptyOnDelete: true\n/gm, ''))
      await deleteByHand(scene, 'services', 'compute')
    },
  },
  {
    ...explained,
    rule: 'secret-missing-at-deletion',
    async make(scene) {
      await new SecretsManager(scene.account.clientConfig).deleteSecret({
        SecretId: scene.id('DatabaseSecret'),
        ForceDeleteWithoutRecovery: true,
      })
      await deleteByHand(scene, 'services', 'compute', 'data')
    },
  },
  {
    rule: 'export-in-use-at-deletion',
    start: 'individual',
    command: 'mcpgw teardown',
    /** After the teardown has looked who imports, and before it comes to the stack. */
    async during({account}) {
      const cloudFormation = new CloudFormation(account.clientConfig)
      const {Stacks = []} = await cloudFormation.describeStacks({})
      const isDeleting = Stacks.some(({StackStatus}) => StackStatus === 'DELETE_IN_PROGRESS')
      if (!isDeleting) return false
      const DisplayName = {'Fn::ImportValue': 'mcp-gateway-VpcId'}
      await cloudFormation.createStack({
        StackName: 'somebody-elses-things',
        TemplateBody: JSON.stringify({
          Resources: {Theirs: {Type: 'AWS::SNS::Topic', Properties: {DisplayName}}},
        }),
      })
      return true
    },
    says: /^See which: `aws cloudformation list-imports [^`]+`\. .* is to do without it, or to go first/,
    async byHand({account}, [{Imports}]) {
      if (!Imports.includes('somebody-elses-things')) throw new Error(`Imported by ${Imports}`)
      await somebodyLeaves(account)
    },
  },
]

/** Somebody updates a stack with a template of their own, which is too long to be sent with the call. */
async function updateByHand(
  account: DrillAccount,
  part: string,
  change: (text: string) => string,
): Promise<void> {
  const text = readFileSync(new URL(`../../../cloudformation/${part}-stack.yaml`, import.meta.url), 'utf8')
  const s3 = new S3({...account.clientConfig, forcePathStyle: true})
  const place = {Bucket: 'templates-of-somebody', Key: 'template.yaml'}
  await s3.createBucket({
    Bucket: place.Bucket,
    CreateBucketConfiguration: {LocationConstraint: 'us-west-2'},
  })
  await s3.putObject({...place, Body: change(text)})
  const cloudFormation = new CloudFormation(account.clientConfig)
  const StackName = `mcp-gateway-${part}`
  const {Stacks: [stack] = []} = await cloudFormation.describeStacks({StackName})
  await cloudFormation.updateStack({
    StackName,
    TemplateURL: `https://${place.Bucket}.s3.us-west-2.amazonaws.com/${place.Key}`,
    Parameters: stack?.Parameters?.map(({ParameterKey}) => ({ParameterKey, UsePreviousValue: true})),
    Capabilities: ['CAPABILITY_IAM', 'CAPABILITY_NAMED_IAM'],
  })
  await account.pass(longEnoughSeconds)
  await s3.deleteObject(place)
  await s3.deleteBucket({Bucket: place.Bucket})
}
