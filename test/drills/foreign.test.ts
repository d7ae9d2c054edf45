import {CloudFormation} from '@aws-sdk/client-cloudformation'
import {ECS} from '@aws-sdk/client-ecs'
import {SecretsManager} from '@aws-sdk/client-secrets-manager'
import {afterEach, beforeEach, describe, expect, it} from 'vitest'
import type {Account} from '../../src/rehearsal/account/account.js'
import {DrillAccount} from './harness/account.js'
import {runAwsCommand} from './harness/aws-command.js'
import {runCommand} from './harness/command.js'
import {advised} from './harness/next-step.js'
import {losses, remains} from './harness/oracle.js'
import {stateOf} from './harness/states.js'

let account: DrillAccount
let before: Account

beforeEach(async () => {
  before = JSON.parse(await stateOf('empty'))
  account = await DrillAccount.serve(await stateOf('deployed'))
})
afterEach(() => account.stop())

/** Makes a stack of somebody else's. @returns the physical ids of its resources by their logical ids */
async function make(StackName: string, TemplateBody: string, region = 'us-west-2') {
  const cloudFormation = new CloudFormation({...account.clientConfig, region})
  await cloudFormation.createStack({StackName, TemplateBody})
  await account.pass(3600)
  const {StackResources = []} = await cloudFormation.describeStackResources({StackName})
  return Object.fromEntries(StackResources.map(each => [each.LogicalResourceId, each.PhysicalResourceId]))
}

/** The physical id of something that the environment is made of. */
async function ours(type: string, region = 'us-west-2'): Promise<string> {
  const {regions} = await account.state()
  const found = Object.values(regions[region]?.resources ?? {}).find(
    each => each.type === type && each.tags['mcpgw:environment'] === 'mcp-gateway',
  )
  return found?.physicalId ?? ''
}

/** What GuardDuty's automated agent makes in a VPC. Source: GuardDuty user guide, "Runtime Monitoring", security group and endpoint. */
async function guardDuty() {
  const [vpc, subnet] = [await ours('AWS::EC2::VPC'), await ours('AWS::EC2::Subnet')]
  return make(
    'of-guardduty',
    JSON.stringify({
      Resources: {
        Group: {
          Type: 'AWS::EC2::SecurityGroup',
          Properties: {
            GroupName: `GuardDutyManagedSecurityGroup-${vpc}`,
            GroupDescription: 'Associated with VPC and tagged as GuardDutyManaged',
            VpcId: vpc,
            Tags: [{Key: 'GuardDutyManaged', Value: 'true'}],
          },
        },
        Endpoint: {
          Type: 'AWS::EC2::VPCEndpoint',
          Properties: {
            VpcEndpointType: 'Interface',
            ServiceName: 'com.amazonaws.us-west-2.guardduty-data',
            VpcId: vpc,
            SubnetIds: [subnet],
            SecurityGroupIds: [{Ref: 'Group'}],
          },
        },
      },
    }),
  )
}

describe('what GuardDuty put into the VPC', () => {
  it('is named before the teardown and when it fails, and following that ends clean', async () => {
    const {Group, Endpoint} = await guardDuty()
    const torn = await runCommand(account, 'mcpgw teardown')
    expect(torn.exitCode).toBe(1)
    const notes = torn.stderr.slice(0, torn.stderr.indexOf('DELETE_IN_PROGRESS'))
    for (const [id, deletes] of [
      [Endpoint, `aws ec2 delete-vpc-endpoints --vpc-endpoint-ids ${Endpoint} `],
      [Group, `aws ec2 delete-security-group --group-id ${Group} `],
    ]) {
      expect(torn.error?.message).toContain(`${id}, of Amazon GuardDuty (Runtime Monitoring)`)
      expect(torn.error?.hint).toContain(deletes)
      expect(notes).toContain(`${id}, of Amazon GuardDuty`)
    }
    for (const line of advised(torn)) {
      if (line.startsWith('aws ')) await runAwsCommand(account, line)
      else expect(await runCommand(account, line), line).toMatchObject({exitCode: 0})
    }
    expect(advised(torn).at(-1)).toBe('mcpgw teardown --rehearse')
    expect(losses(await account.state(), before)).toEqual([])
  })

  it('goes with the environment when that is asked', async () => {
    const {Group, Endpoint} = await guardDuty()
    const torn = await runCommand(account, 'mcpgw teardown --delete-foreign')
    expect(torn.exitCode, torn.stdout).toBe(0)
    expect(torn.document.cleaned).toEqual(
      expect.arrayContaining([
        {kind: 'ec2:vpc-endpoint', name: Endpoint},
        {kind: 'ec2:security-group', name: Group},
      ]),
    )
  })
})

describe('an environment of the same name in another region', () => {
  const elsewhere = 'us-east-1'

  it('keeps its distributions, and is told to who looks in the wrong region', async () => {
    const deployed = await runCommand(account, `mcpgw deploy --region ${elsewhere}`)
    expect(deployed.exitCode, deployed.stdout).toBe(0)
    const torn = await runCommand(account, `mcpgw teardown --region ${elsewhere}`)
    expect(torn, torn.stdout).toMatchObject({exitCode: 0, document: {remaining: [], unknown: []}})
    expect(await runCommand(account, 'mcpgw verify')).toMatchObject({exitCode: 0})
    const again = await runCommand(account, `mcpgw teardown --region ${elsewhere}`)
    expect(again.document.elsewhere).toContain('exists in us-west-2 (mcp-gateway; --region us-west-2)')
    for (const command of ['verify', 'diagnose', 'watch', 'cancel', 'credentials']) {
      const asked = await runCommand(account, `mcpgw ${command} --region ${elsewhere}`)
      expect(asked.error?.message, command).toContain('exists in us-west-2')
    }
  })
})

describe('what was left over with the tag of the environment', () => {
  it('is found though it has no region', async () => {
    expect(await runCommand(account, 'mcpgw teardown')).toMatchObject({exitCode: 0})
    const tags = [{Key: 'mcpgw:environment', Value: 'mcp-gateway'}]
    const {Left} = await make(
      'left',
      JSON.stringify({
        Resources: {
          Left: {
            Type: 'AWS::CloudFront::Distribution',
            Properties: {
              DistributionConfig: {
                Enabled: true,
                DefaultCacheBehavior: {
                  TargetOriginId: 'o',
                  ViewerProtocolPolicy: 'allow-all',
                  CachePolicyId: '4135ea2d-6df8-44a3-9df3-4b5a84be39ad',
                },
                Origins: [
                  {
                    Id: 'o',
                    DomainName: 'example.com',
                    CustomOriginConfig: {OriginProtocolPolicy: 'https-only'},
                  },
                ],
              },
              Tags: tags,
            },
          },
          Topic: {Type: 'AWS::ECR::Repository', Properties: {RepositoryName: 'left-over', Tags: tags}},
        },
      }),
    )
    const torn = await runCommand(account, 'mcpgw teardown')
    expect(torn.exitCode).toBe(1)
    expect(torn.document.remaining.map(({kind, name}: any) => `${kind} ${name}`).sort()).toEqual([
      `cloudfront:distribution ${Left}`,
      'ecr:repository left-over',
    ])
  })
})

describe('a secret that was purged before the teardown', () => {
  it('no longer keeps the database, which is deleted at its own service; then all goes', async () => {
    const {regions} = await account.state()
    const secret = Object.values(regions['us-west-2']?.resources ?? {}).find(
      ({type, physicalId}) =>
        type === 'AWS::SecretsManager::Secret' && /keycloak.*database|database|db/i.test(physicalId),
    )
    await new SecretsManager(account.clientConfig).deleteSecret({
      SecretId: secret?.physicalId,
      ForceDeleteWithoutRecovery: true,
    })
    const torn = await runCommand(account, 'mcpgw teardown --head-start none')
    expect(torn.exitCode, torn.stdout).toBe(0)
    expect(torn.stderr).toContain('Could not read a value from the resolved secret')
    expect(remains(await account.state(), before)).toEqual([])
  })
})

describe('what ends a plain deletion of the stacks', () => {
  it('is a repository that CloudFormation cannot delete: it is deleted at its own service', async () => {
    await account.setFaults([
      `fail-delete RegistryRepository message="The repository with name 'mcp-gateway-registry' in registry with id '123456789012' cannot be deleted because it still contains images" times=2`,
    ])
    const torn = await runCommand(account, 'mcpgw teardown')
    expect(torn.exitCode, torn.stdout).toBe(0)
    expect(remains(await account.state(), before)).toEqual([])
  })

  it('is a task that someone started: it goes, and the cluster with it', async () => {
    const ecs = new ECS(account.clientConfig)
    const cluster = 'mcp-gateway-ecs-cluster'
    const {services = []} = await ecs.describeServices({cluster, services: ['mcp-gateway-currenttime']})
    await ecs.runTask({
      cluster,
      taskDefinition: services[0]?.taskDefinition ?? '',
      launchType: 'FARGATE',
      networkConfiguration: services[0]?.networkConfiguration,
    })
    const torn = await runCommand(account, 'mcpgw teardown')
    expect(torn.exitCode, torn.stdout).toBe(0)
    expect(remains(await account.state(), before)).toEqual([])
  })

  it('is an interface that a function left behind: it is deleted, and then all goes', async () => {
    const left = await make(
      'left-behind',
      JSON.stringify({
        Resources: {
          Interface: {
            Type: 'AWS::EC2::NetworkInterface',
            Properties: {
              Description: `AWS Lambda VPC ENI-mcp-gateway-build-trigger-01234567-89ab-4cde-8f01-23456789abcd`,
              SubnetId: await ours('AWS::EC2::Subnet'),
            },
          },
        },
      }),
    )
    const torn = await runCommand(account, 'mcpgw teardown')
    expect(torn.exitCode, torn.stdout).toBe(0)
    expect(torn.document.cleaned).toContainEqual({kind: 'ec2:network-interface', name: left.Interface})
    await new CloudFormation(account.clientConfig).deleteStack({StackName: 'left-behind'})
    await account.pass(600)
    expect(remains(await account.state(), before)).toEqual([])
  })
})
