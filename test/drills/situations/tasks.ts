import {CloudWatchLogs} from '@aws-sdk/client-cloudwatch-logs'
import {ECR} from '@aws-sdk/client-ecr'
import {ECS} from '@aws-sdk/client-ecs'
import {EFS} from '@aws-sdk/client-efs'
import {IAM} from '@aws-sdk/client-iam'
import {SecretsManager} from '@aws-sdk/client-secrets-manager'
import {SSM} from '@aws-sdk/client-ssm'
import type {Scene, Situation} from '../harness/rule-drill.js'

/** Whatever a service does about a task that stopped it has tried by then. */
const someTriesSeconds = 600
const service = 'mcp-gateway-registry'

/** Somebody does something to an environment that stands; a task of the service ends, and the next one does not stay. */
function standing(
  rule: string,
  make: (scene: Scene) => Promise<unknown>,
  more: Partial<Situation> = {},
): Situation {
  return {
    rule,
    start: 'individual',
    command: 'mcpgw verify',
    async make(scene) {
      await make(scene)
      await endTask(scene)
    },
    ...more,
  }
}

async function endTask({account, id}: Scene): Promise<void> {
  const ecs = new ECS(account.clientConfig)
  const cluster = id('MainEcsCluster')
  const {taskArns: [task] = []} = await ecs.listTasks({cluster, serviceName: service})
  await ecs.stopTask({cluster, task})
  await account.pass(someTriesSeconds)
}

const forbidden = (...actions: string[]) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{Effect: 'Deny', Action: actions, Resource: '*'}],
  })

/** Why a task does not stay: CloudFormation tells nothing of it, and ECS does. */
export const tasks: readonly Situation[] = [
  standing('image-missing', async ({account}) => {
    const ecr = new ECR(account.clientConfig)
    const repositoryName = 'mcp-gateway-registry'
    const {imageIds} = await ecr.listImages({repositoryName})
    await ecr.batchDeleteImage({repositoryName, imageIds})
  }),
  {
    rule: 'image-denied',
    start: 'no-services',
    command: 'mcpgw deploy --layout individual',
    make: ({account, id}) =>
      new IAM(account.clientConfig).putRolePolicy({
        RoleName: id('AppTaskExecutionRole'),
        PolicyName: 'guard',
        PolicyDocument: forbidden('ecr:BatchGetImage'),
      }),
    diagnosed: true,
    says: /remove what was added to that role/i,
    byHand: ({account, id}) =>
      new IAM(account.clientConfig).deleteRolePolicy({
        RoleName: id('AppTaskExecutionRole'),
        PolicyName: 'guard',
      }),
  },
  standing('task-secret-denied', ({account, id}) =>
    new IAM(account.clientConfig).deleteRolePolicy({
      RoleName: id('AppTaskExecutionRole'),
      PolicyName: id('AppExecutionPolicy').split('|')[0],
    }),
  ),
  standing(
    'task-secret-key',
    ({account}) =>
      new SecretsManager(account.clientConfig).putSecretValue({
        SecretId: 'mcp-gateway-secret-key',
        SecretString: '{}',
      }),
    {
      says: /^Add the key again under the name that/,
      async byHand({account}) {
        const secrets = new SecretsManager(account.clientConfig)
        const SecretId = 'mcp-gateway-secret-key'
        const {SecretString} = await secrets.getSecretValue({SecretId, VersionStage: 'AWSPREVIOUS'})
        await secrets.putSecretValue({SecretId, SecretString})
        await account.pass(someTriesSeconds)
      },
    },
  ),
  standing('task-parameter-missing', ({account}) =>
    new SSM(account.clientConfig).deleteParameter({Name: '/mcp-gateway/keycloak/admin'}),
  ),
  standing('task-file-system', async ({account, id}) => {
    const efs = new EFS(account.clientConfig)
    const {MountTargets = []} = await efs.describeMountTargets({FileSystemId: id('FileSystem')})
    for (const {MountTargetId} of MountTargets) await efs.deleteMountTarget({MountTargetId})
    await account.pass(600)
  }),
  standing('task-logs', ({account}) =>
    new CloudWatchLogs(account.clientConfig).deleteLogGroup({logGroupName: `/ecs/${service}`}),
  ),
  standing('secret-missing', ({account, id}) =>
    new SecretsManager(account.clientConfig).deleteSecret({SecretId: id('SecretKeySecret')}),
  ),
  {
    rule: 'out-of-memory',
    start: 'individual',
    command: 'mcpgw verify',
    faults: () => [`flap ${service} every=20s`],
    make: ({account}) => account.pass(1),
  },
  {
    rule: 'target-unhealthy',
    start: 'no-services',
    command: 'mcpgw deploy --layout individual',
    faults: () => ['unhealthy mcp-gateway-registry-tg reason=Target.ResponseCodeMismatch status=502'],
    diagnosed: true,
    says: /Read the last lines of its log, and the reason of the target/,
  },
]
