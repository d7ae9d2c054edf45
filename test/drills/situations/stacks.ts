import {ApplicationAutoScaling} from '@aws-sdk/client-application-auto-scaling'
import {CloudFormation} from '@aws-sdk/client-cloudformation'
import {IAM} from '@aws-sdk/client-iam'
import {KMS} from '@aws-sdk/client-kms'
import {runAwsCommand} from '../harness/aws-command.js'
import {runCommand} from '../harness/command.js'
import type {Scene, Situation} from '../harness/rule-drill.js'
import {wordsOfRule} from './lifted.js'
import {somebodyLeaves} from './somebody.js'

const teardown = {start: 'individual', command: 'mcpgw teardown'} as const
const deploy = 'mcpgw deploy --layout individual'

/** The key that encrypts the database. */
const key = ({id}: Scene) => id('DatabaseKey')

/** Advice that deletes, restores, or has an operation run in another way. */
export const stacks: readonly Situation[] = [
  {
    rule: 'replacement-while-kept',
    start: 'individual',
    command: `${deploy} --on-failure keep --set KeycloakDatabaseUsername=other --replace-data`,
    says: /^Deploy without `--on-failure keep`\. .* cannot continue from there: undo the update with `aws /,
  },
  {
    rule: 'key-pending-deletion',
    start: 'individual',
    command: `${deploy} --set TargetCpuUtilization=60`,
    make: scene =>
      new KMS(scene.account.clientConfig).scheduleKeyDeletion({KeyId: key(scene), PendingWindowInDays: 7}),
    faults: scene => [
      `fail-update AWS::ApplicationAutoScaling::ScalingPolicy message="arn:aws:kms:us-west-2:123456789012:key/${key(scene)} is pending deletion." once`,
    ],
  },
  {
    rule: 'linked-role-missing',
    start: 'network-and-data',
    command: deploy,
    faults: () => [
      'fail-create MainEcsCluster message="CreateCluster Invalid Request: Unable to assume the service linked role. Please verify that the ECS service linked role exists." once',
    ],
  },
  {
    rule: 'export-taken',
    start: 'empty',
    command: deploy,
    make: ({account}) =>
      new CloudFormation(account.clientConfig)
        .createStack({
          StackName: 'somebody-elses-things',
          TemplateBody: JSON.stringify({
            Resources: {Topic: {Type: 'AWS::SNS::Topic'}},
            Outputs: {Vpc: {Value: 'x', Export: {Name: 'mcp-gateway-VpcId'}}},
          }),
        })
        .then(() => account.pass(3600)),
    says: /Tear down the stack that the message names/,
    byHand: ({account}) => somebodyLeaves(account),
  },
  {
    ...teardown,
    rule: 'distribution-not-disabled',
    faults: () => [
      'fail-delete AWS::CloudFront::Distribution message="The distribution you are trying to delete has not been disabled." once',
    ],
    says: /Wait until .* then tear down again/,
  },
  {
    rule: 'role-exists',
    start: 'network-and-data',
    command: deploy,
    faults: () => ['fail-create TaskRole message="Role with name mcp-gateway-task already exists." once'],
    says: /otherwise delete the role or policy in the IAM console/,
  },
  {
    rule: 'access-denied',
    start: 'no-services',
    command: deploy,
    faults: () => [
      'fail-create RegistryService message="User: arn:aws:sts::1:assumed-role/a/b is not authorized to perform: ecs:CreateService"',
    ],
    says: /Have the action allowed/,
  },
  {
    rule: 'deleted-by-hand',
    start: 'individual',
    command: `${deploy} --set TargetCpuUtilization=60`,
    make: ({account}) =>
      new ApplicationAutoScaling(account.clientConfig).deregisterScalableTarget({
        ServiceNamespace: 'ecs',
        ResourceId: 'service/mcp-gateway-ecs-cluster/mcp-gateway-registry',
        ScalableDimension: 'ecs:service:DesiredCount',
      }),
    says: /^Find out what is missing.* Leave behind what is missing: `aws cloudformation continue-update-rollback /,
  },
  {
    rule: 'too-few-zones',
    start: 'empty',
    command: `${deploy} --skip-check availability-zones`,
    faults: () => ['default-subnets us-west-2a,us-west-2b'],
    lasting: true,
    says: /^Let `mcpgw preflight --rehearse --layout individual` name the zones that lack a default subnet, and run the commands that it prints/,
    async byHand({account}) {
      const {document, error} = await runCommand(account, 'mcpgw preflight --layout individual')
      const told = JSON.stringify(document ?? error)
      for (const [command] of told.matchAll(/aws ec2 create-default-subnet [^`"]+/g))
        await runAwsCommand(account, command)
    },
  },
  {
    rule: 'service-role-unusable',
    start: 'no-services',
    command: deploy,
    make: ({account}) =>
      new IAM(account.clientConfig).createRole({
        RoleName: 'cloudformation',
        AssumeRolePolicyDocument: JSON.stringify({Version: '2012-10-17', Statement: []}),
      }),
    faults: () => [`fail-create RegistryService message="${wordsOfRule('service-role-unusable')}"`],
    says: /trusts cloudformation\.amazonaws\.com/,
  },
  {
    rule: 'subscription-invalid',
    start: 'no-services',
    command: `${deploy} --set AlarmEmail=class@example.com`,
    faults: () => [`fail-create AWS::SNS::Topic message="${wordsOfRule('subscription-invalid')}"`],
    says: /^Correct `--set AlarmEmail=…`, or omit it/,
  },
]
