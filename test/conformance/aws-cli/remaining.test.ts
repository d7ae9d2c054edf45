import {afterAll, beforeAll, expect, inject, test} from 'vitest'
import {connect} from '../../../src/aws/aws.js'
import {commandsToDelete} from '../../../src/aws/deleting-command.js'
import {taggedResource} from '../../../src/aws/tagged-resources.js'
import {Rehearsal} from '../../e2e/mcpgw.js'
import {type Served, serve} from '../../e2e/served.js'
import {runIn} from '../clients.js'

const keep = {DeletionPolicy: 'Retain'}
const Tags = [{Key: 'mcpgw:environment', Value: 'demo'}]
const ref = (Ref: string) => ({Ref})
const att = (name: string, attribute: string) => ({'Fn::GetAtt': [name, attribute]})
const trust = {
  Version: '2012-10-17',
  Statement: [{Effect: 'Allow', Principal: {Service: 'ecs-tasks.amazonaws.com'}, Action: 'sts:AssumeRole'}],
}
const policy = {
  Version: '2012-10-17',
  Statement: [{Effect: 'Allow', Action: 's3:ListBucket', Resource: '*'}],
}

/** What AWS deletes only after something else was done, all of it kept when its stack goes. */
const template = {
  Resources: {
    Vpc: {Type: 'AWS::EC2::VPC', ...keep, Properties: {CidrBlock: '10.0.0.0/16'}},
    Subnet: {
      Type: 'AWS::EC2::Subnet',
      ...keep,
      Properties: {VpcId: ref('Vpc'), CidrBlock: '10.0.0.0/24', AvailabilityZone: 'us-west-2a'},
    },
    Files: {Type: 'AWS::EFS::FileSystem', ...keep, Properties: {FileSystemTags: Tags}},
    Mount: {
      Type: 'AWS::EFS::MountTarget',
      ...keep,
      Properties: {
        FileSystemId: ref('Files'),
        SubnetId: ref('Subnet'),
        SecurityGroups: [att('Vpc', 'DefaultSecurityGroup')],
      },
    },
    Cluster: {Type: 'AWS::ECS::Cluster', ...keep, Properties: {ClusterName: 'demo', Tags}},
    Repository: {Type: 'AWS::ECR::Repository', ...keep, Properties: {RepositoryName: 'demo/app', Tags}},
    Bucket: {
      Type: 'AWS::S3::Bucket',
      ...keep,
      Properties: {BucketName: 'left-over-of-demo', VersioningConfiguration: {Status: 'Enabled'}, Tags},
    },
    Group: {Type: 'AWS::Logs::LogGroup', ...keep, Properties: {LogGroupName: '/demo/$(date)', Tags}},
    Viewers: {
      Type: 'AWS::CloudFront::Function',
      ...keep,
      Properties: {
        Name: 'demo-viewers',
        AutoPublish: true,
        FunctionConfig: {Comment: '', Runtime: 'cloudfront-js-2.0'},
        FunctionCode: 'function handler(event) { return event.request }',
        Tags,
      },
    },
    Distribution: {
      Type: 'AWS::CloudFront::Distribution',
      ...keep,
      Properties: {
        Tags,
        DistributionConfig: {
          Enabled: true,
          Comment: `it's "Enabled": true`,
          Origins: [
            {
              Id: 'a',
              DomainName: 'example.com',
              CustomOriginConfig: {OriginProtocolPolicy: 'https-only'},
            },
          ],
          DefaultCacheBehavior: {
            TargetOriginId: 'a',
            ViewerProtocolPolicy: 'https-only',
            CachePolicyId: '4135ea2d-6df8-44a3-9df3-4b5a84be39ad',
            FunctionAssociations: [{EventType: 'viewer-request', FunctionARN: att('Viewers', 'FunctionARN')}],
          },
        },
      },
    },
    Role: {
      Type: 'AWS::IAM::Role',
      ...keep,
      Properties: {
        RoleName: 'demo-role',
        AssumeRolePolicyDocument: trust,
        ManagedPolicyArns: ['arn:aws:iam::aws:policy/CloudWatchLogsReadOnlyAccess'],
        Policies: [{PolicyName: 'in-line', PolicyDocument: policy}],
      },
    },
  },
}

let rehearsal: Rehearsal
let served: Served
let env: Record<string, string>

beforeAll(async () => {
  rehearsal = new Rehearsal({MCPGW_REHEARSE_SPEED: undefined})
  // Fast enough for every waiter of the CLI to find at its first look that it is over.
  served = await serve(rehearsal, '--speed', '5000')
  env = {...inject('deployed').env, ...served.env}
}, 60_000)

afterAll(async () => {
  await served.stop()
  await rehearsal.remove()
})

async function sh(line: string): Promise<string> {
  const {code, stdout, stderr} = await runIn(env, 'sh', ['-c', line])
  expect({code, stderr}, line).toEqual({code: 0, stderr: ''})
  return stdout
}

test('each printed command is enough, in the order of the kinds, with the real AWS CLI in a real shell', async () => {
  const [account] = (await sh('aws sts get-caller-identity --query Account --output text')).trim().split('\n')
  env = {...env, TEMPLATE: JSON.stringify(template)}
  await sh(
    'aws cloudformation create-stack --stack-name demo --capabilities CAPABILITY_NAMED_IAM --template-body "$TEMPLATE"',
  )
  await sh('aws cloudformation wait stack-create-complete --stack-name demo')
  await sh('for n in 1 2; do printf "$n" | aws s3 cp - "s3://left-over-of-demo/a name" ; done')
  await sh('aws s3 rm "s3://left-over-of-demo/a name"')
  const resources: [string, string][] = JSON.parse(
    await sh(
      'aws cloudformation list-stack-resources --stack-name demo --query "StackResourceSummaries[].[LogicalResourceId,PhysicalResourceId]"',
    ),
  )
  const id = Object.fromEntries(resources)
  await sh('aws cloudformation delete-stack --stack-name demo')
  await sh('aws cloudformation wait stack-delete-complete --stack-name demo')
  const left = [
    `arn:aws:cloudfront::${account}:distribution/${id.Distribution}`,
    `${id.Viewers}`,
    `arn:aws:ecs:us-west-2:${account}:cluster/demo`,
    `arn:aws:ecr:us-west-2:${account}:repository/demo/app`,
    `arn:aws:elasticfilesystem:us-west-2:${account}:file-system/${id.Files}`,
    'arn:aws:s3:::left-over-of-demo',
    `arn:aws:logs:us-west-2:${account}:log-group:/demo/$(date):*`,
    `arn:aws:iam::${account}:role/demo-role`,
  ]
  const before = await rehearsal.account()
  const isThere = (state: any) => [
    ...Object.values<any>(state.regions['us-west-2'].resources).map(({type}: {type: string}) => type),
    ...Object.keys(state.buckets),
  ]
  expect(isThere(before)).toContain('AWS::IAM::Role')
  const aws = await connect({
    ...{region: 'us-west-2', endpoint: served.endpoint, sealed: true},
    credentials: {
      accessKeyId: served.env.AWS_ACCESS_KEY_ID ?? '',
      secretAccessKey: served.env.AWS_SECRET_ACCESS_KEY ?? '',
    },
  })
  for (const arn of left) {
    const line = (await commandsToDelete(aws, taggedResource(arn))) ?? 'false'
    // Time passes faster here, for mount targets as well as for a distribution whose functions can go only after it.
    await sh(line.replace('sleep 90', 'sleep 1'))
    if (arn.includes(':distribution/')) await sh('sleep 2')
  }
  // The network, for which there was no line, with its own default group, and the role that ECS makes once for an account.
  expect(isThere(await rehearsal.account()).sort()).toEqual([
    'AWS::EC2::SecurityGroup',
    'AWS::EC2::Subnet',
    'AWS::EC2::VPC',
    'mcpgw::ServiceLinkedRole',
  ])
}, 240_000)
