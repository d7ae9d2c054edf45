import {CloudFormation} from '@aws-sdk/client-cloudformation'
import {ECR} from '@aws-sdk/client-ecr'
import {ECS} from '@aws-sdk/client-ecs'
import {ElasticLoadBalancingV2} from '@aws-sdk/client-elastic-load-balancing-v2'
import {IAM} from '@aws-sdk/client-iam'
import {RDS} from '@aws-sdk/client-rds'
import {S3} from '@aws-sdk/client-s3'
import type {Mess} from './mess.js'

/** In or of what the environment has: it goes with it. */
export const within: readonly Mess[] = [
  {
    name: 'an extra image in a repository',
    async make({account}) {
      const ecr = new ECR(account.clientConfig)
      const repositoryName = 'mcp-gateway-registry'
      const {imageIds} = await ecr.listImages({repositoryName})
      const {images: [image] = []} = await ecr.batchGetImage({
        repositoryName,
        imageIds: imageIds?.slice(0, 1),
      })
      const {imageManifest, imageManifestMediaType} = image ?? {}
      await ecr.putImage({repositoryName, imageManifest, imageManifestMediaType, imageTag: 'by-hand'})
    },
  },
  {
    name: 'more versions of an object in the bucket of the templates, and a delete marker',
    async make({account}) {
      const s3 = new S3({...account.clientConfig, forcePathStyle: true})
      const {Buckets = []} = await s3.listBuckets({})
      const Bucket = Buckets.find(({Name = ''}) => /^mcpgw-mcp-gateway-\d{12}-/.test(Name))?.Name
      await s3.putBucketVersioning({Bucket, VersioningConfiguration: {Status: 'Enabled'}})
      for (const Body of ['first', 'second']) await s3.putObject({Bucket, Key: 'by-hand', Body})
      await s3.deleteObject({Bucket, Key: 'by-hand'})
    },
  },
  {
    name: 'a listener that was added to a load balancer, and uses a target group',
    make: ({account, id}) =>
      new ElasticLoadBalancingV2(account.clientConfig).createListener({
        LoadBalancerArn: id('MainAlb'),
        Protocol: 'HTTP',
        Port: 9999,
        DefaultActions: [{Type: 'forward', TargetGroupArn: id('GradioTargetGroup')}],
      }),
  },
  {
    name: 'a service, and the database instance, deleted by hand',
    async make({account, id}) {
      const service = {cluster: 'mcp-gateway-ecs-cluster', service: 'mcp-gateway-currenttime'}
      await new ECS(account.clientConfig).deleteService({...service, force: true})
      await new RDS(account.clientConfig).deleteDBInstance({
        DBInstanceIdentifier: id('DatabaseWriter'),
        SkipFinalSnapshot: true,
      })
      await account.pass(900)
    },
  },
  {
    name: 'a role with two more policies',
    async make({account, id}) {
      const iam = new IAM(account.clientConfig)
      const RoleName = id('TaskRole')
      const Statement = [{Effect: 'Allow', Action: 's3:ListAllMyBuckets', Resource: '*'}]
      const PolicyDocument = JSON.stringify({Version: '2012-10-17', Statement})
      await iam.putRolePolicy({RoleName, PolicyName: 'by-hand', PolicyDocument})
      await iam.attachRolePolicy({RoleName, PolicyArn: 'arn:aws:iam::aws:policy/ReadOnlyAccess'})
    },
  },
  {
    name: 'log groups that services make again during the deletion',
    make: ({account}) =>
      account.setFaults(
        ['/ecs/mcp-gateway-registry', '/aws/lambda/*', '/aws/codebuild/*'].map(
          group => `recreate-log-group ${group} by=2s once`,
        ),
      ),
  },
  {
    name: 'what a plain delete-stack leaves',
    async make({account}) {
      await new CloudFormation(account.clientConfig).deleteStack({StackName: 'mcp-gateway'})
      await account.pass(3600)
    },
  },
]
