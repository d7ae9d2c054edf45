import {CloudFormation, type Parameter, type Stack} from '@aws-sdk/client-cloudformation'
import {ECS} from '@aws-sdk/client-ecs'
import {IAM} from '@aws-sdk/client-iam'
import {S3} from '@aws-sdk/client-s3'
import {SecretsManager} from '@aws-sdk/client-secrets-manager'
import type {DrillAccount} from './account.js'
import {moveInBeside, moveIntoNetwork, moveOut} from './strangers.js'

const environment = 'mcp-gateway'

/** Something that somebody else does in the account while a command runs, or that happens to its process. */
export interface Interference {
  /** What AWS refuses at that moment was tried in vain. */
  does(account: DrillAccount): Promise<unknown>
  /** What the somebody takes back when the faults are over, as nothing else could continue; for their own things alone. */
  undoes?(account: DrillAccount): Promise<unknown>
}

/** By what a drill calls them. */
export const interferences = {
  'deletes the services stack': {does: account => deleteStack(account, 'services')},
  'deletes the compute stack': {does: account => deleteStack(account, 'compute')},
  'deletes the data stack': {does: account => deleteStack(account, 'data')},
  'deletes the network stack': {does: account => deleteStack(account, 'network')},
  'deletes the bucket of the templates': {does: deleteBucket},
  "deletes the registry's secret key": {does: account => deleteSecret(account, `${environment}-secret-key`)},
  "deletes the administrator's password": {
    does: account => deleteSecret(account, `${environment}-admin-password`),
  },
  'detaches a policy from a role': {does: detachPolicies},
  'deletes the policy of the role that starts tasks': {does: deletePolicies},
  'scales the registry to nothing': {does: scaleToNothing},
  'makes a repository and a log group under our prefix': {does: moveInBeside},
  'puts an interface, an endpoint and rules into our network': {does: moveIntoNetwork, undoes: moveOut},
  'updates a parameter': {does: updateParameter},
  'protects the stacks from deletion': {does: protectStacks},
  // What a process that was stopped with SIGSTOP meets when it continues: between two of its calls time has passed.
  'stops the process for twenty minutes': {does: account => account.pass(1200)},
} as const satisfies Record<string, Interference>

export type InterferenceName = keyof typeof interferences

/** Every existing stack of the environment, nested ones included. */
async function ownStacks(account: DrillAccount): Promise<Stack[]> {
  const {Stacks = []} = await new CloudFormation(account.clientConfig).describeStacks({})
  return Stacks.filter(({Tags = []}) =>
    Tags.some(({Key, Value}) => Key === 'mcpgw:environment' && Value === environment),
  )
}

/** The stack of that part, whether it is nested or by itself. */
async function stackOf(account: DrillAccount, part: string): Promise<Stack | undefined> {
  const stacks = await ownStacks(account)
  return stacks.find(({StackName = ''}) =>
    StackName.toLowerCase().replace('stack', '').startsWith(`${environment}-${part}`),
  )
}

async function deleteStack(account: DrillAccount, part: string): Promise<void> {
  const stack = await stackOf(account, part)
  if (stack) await new CloudFormation(account.clientConfig).deleteStack({StackName: stack.StackId})
}

async function deleteBucket(account: DrillAccount): Promise<void> {
  const s3 = new S3({...account.clientConfig, forcePathStyle: true})
  const {Buckets = []} = await s3.listBuckets({})
  // The number of the account comes next: another environment may be called as ours, and a number.
  const own = new RegExp(`^mcpgw-${environment}-\\d{12}-`)
  const Bucket = Buckets.find(({Name = ''}) => own.test(Name))?.Name
  if (Bucket === undefined) return
  const {Contents = []} = await s3.listObjectsV2({Bucket})
  for (const {Key} of Contents) await s3.deleteObject({Bucket, Key})
  await s3.deleteBucket({Bucket})
}

async function deleteSecret(account: DrillAccount, SecretId: string): Promise<void> {
  const secrets = new SecretsManager(account.clientConfig)
  await secrets.deleteSecret({SecretId, ForceDeleteWithoutRecovery: true})
}

/** Of the task role: what the tasks may do in AWS, such as writing to logs. */
async function detachPolicies(account: DrillAccount): Promise<void> {
  const iam = new IAM(account.clientConfig)
  const RoleName = await ownRole(iam, 'TaskRole')
  const {AttachedPolicies = []} = await iam.listAttachedRolePolicies({RoleName})
  for (const {PolicyArn} of AttachedPolicies) await iam.detachRolePolicy({RoleName, PolicyArn})
}

/** Without it no new task can read its secrets; those that run are not touched. */
async function deletePolicies(account: DrillAccount): Promise<void> {
  const iam = new IAM(account.clientConfig)
  const RoleName = await ownRole(iam, 'AppTaskExecut')
  const {PolicyNames = []} = await iam.listRolePolicies({RoleName})
  for (const PolicyName of PolicyNames) await iam.deleteRolePolicy({RoleName, PolicyName})
}

/** AWS refuses what is asked of a role that there is not. */
async function ownRole(iam: IAM, logicalId: string): Promise<string> {
  const {Roles = []} = await iam.listRoles({})
  const own = Roles.map(({RoleName = ''}) => RoleName).filter(name => name.startsWith(environment))
  // A long name is cut off, and how far depends on that of its stack.
  const cut = new RegExp(`-${logicalId}\\w*-`)
  return own.find(name => cut.test(name)) ?? `${environment}-${logicalId}`
}

async function scaleToNothing(account: DrillAccount): Promise<void> {
  const service = {cluster: `${environment}-ecs-cluster`, service: `${environment}-registry`}
  await new ECS(account.clientConfig).updateService({...service, desiredCount: 0})
}

/** In the console: the same template, one other value. */
async function updateParameter(account: DrillAccount): Promise<void> {
  const name = 'TargetCpuUtilization'
  const has = ({Parameters = []}: Stack) => Parameters.some(({ParameterKey}) => ParameterKey === name)
  const stack = (await ownStacks(account)).find(each => each.ParentId === undefined && has(each))
  if (!stack) return
  const values = (stack.Parameters ?? []).map(
    ({ParameterKey}): Parameter =>
      ParameterKey === name ? {ParameterKey, ParameterValue: '45'} : {ParameterKey, UsePreviousValue: true},
  )
  await new CloudFormation(account.clientConfig).updateStack({
    StackName: stack.StackId,
    UsePreviousTemplate: true,
    Parameters: values,
    Capabilities: ['CAPABILITY_IAM', 'CAPABILITY_NAMED_IAM'],
  })
}

async function protectStacks(account: DrillAccount): Promise<void> {
  const stacks = new CloudFormation(account.clientConfig)
  for (const {StackId, ParentId} of await ownStacks(account)) {
    if (ParentId !== undefined) continue
    await stacks.updateTerminationProtection({StackName: StackId, EnableTerminationProtection: true})
  }
}
