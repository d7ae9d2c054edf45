import {CloudFormation} from '@aws-sdk/client-cloudformation'
import type {Account} from '../../../src/rehearsal/account/account.js'
import {actionsByStatus} from '../../../src/steps/stacks/stack-actions.js'
import {DrillAccount} from './account.js'
import {existingStacks} from './oracle.js'
import {interrupted, type StartState, stateOf} from './states.js'

type Actions = typeof actionsByStatus

/** Statuses in which the last operation on a stack has failed: docs/states.md. */
export type FailedStatus = {
  [K in keyof Actions]: Actions[K]['verify'] extends 'failed' ? K : never
}[keyof Actions]

export const failedStatuses = Object.entries(actionsByStatus)
  .filter(([, {verify}]) => verify === 'failed')
  .map(([status]) => status as FailedStatus)

interface Making {
  start: StartState
  make(account: DrillAccount): Promise<unknown>
}

/** Whatever CloudFormation does here alone is over by then. */
const longEnoughSeconds = 3600
const root = 'mcp-gateway'

/** What others have begun, with faults, comes to its end; then the faults are over. */
async function under(account: DrillAccount, faults: readonly string[], begin: () => Promise<unknown>) {
  await account.setFaults(faults)
  await begin()
  await account.pass(longEnoughSeconds)
  await account.clearFaults()
}

const create = (account: DrillAccount, flags = '') =>
  interrupted(account, `mcpgw deploy${flags} --text`, /CREATE_IN_PROGRESS/)

async function update(account: DrillAccount, DisableRollback: boolean): Promise<void> {
  const cloudFormation = new CloudFormation(account.clientConfig)
  const {Stacks: [stack] = []} = await cloudFormation.describeStacks({StackName: root})
  await cloudFormation.updateStack({
    StackName: root,
    UsePreviousTemplate: true,
    DisableRollback,
    Capabilities: ['CAPABILITY_IAM', 'CAPABILITY_NAMED_IAM'],
    Parameters: stack?.Parameters?.map(({ParameterKey}) =>
      ParameterKey === 'TargetCpuUtilization'
        ? {ParameterKey, ParameterValue: '60'}
        : {ParameterKey, UsePreviousValue: true},
    ),
  })
}

const createFails = 'fail-create AuthServerService message="Try later."'
const updateFails = 'fail-update AWS::ApplicationAutoScaling::ScalingPolicy message="Try later."'

/** How the environment's one root stack gets into each of them. */
const roots: Readonly<Record<FailedStatus, Making>> = {
  CREATE_FAILED: {
    start: 'empty',
    make: account => under(account, [createFails], () => create(account, ' --on-failure keep')),
  },
  ROLLBACK_COMPLETE: {
    start: 'empty',
    make: account => under(account, [createFails], () => create(account)),
  },
  ROLLBACK_FAILED: {
    start: 'empty',
    make: account =>
      under(account, [createFails, 'fail-delete AWS::EC2::Subnet message="In use."'], () => create(account)),
  },
  UPDATE_FAILED: {
    start: 'deployed',
    make: account => under(account, [updateFails], () => update(account, true)),
  },
  UPDATE_ROLLBACK_FAILED: {
    start: 'deployed',
    make: account => under(account, [updateFails], () => update(account, false)),
  },
  DELETE_FAILED: {
    start: 'deployed',
    make: account =>
      under(account, ['fail-delete Vpc message="In use."'], () =>
        new CloudFormation(account.clientConfig).deleteStack({StackName: root}),
      ),
  },
  // Nothing is imported in the account: the state is written down.
  IMPORT_ROLLBACK_FAILED: {start: 'deployed', make: async () => {}},
}

/** A nested stack that somebody deletes by itself, in their order; the last one may fail. */
const nested: Readonly<Record<string, {gone: readonly string[]; fails?: string}>> = {
  'the services are gone': {gone: ['ServicesStack']},
  'the services are in DELETE_FAILED': {gone: ['ServicesStack'], fails: 'AWS::CloudWatch::Alarm'},
  'compute is gone, with the services': {gone: ['ServicesStack', 'ComputeStack']},
  'the data is gone, and compute is not': {gone: ['ServicesStack', 'DataStack']},
  'the network is gone, with all others': {
    gone: ['ServicesStack', 'ComputeStack', 'DataStack', 'NetworkStack'],
  },
}

/** Every failed state of an environment by what it is called, with an account in which it is so. */
export const failedStates: Readonly<Record<string, () => Promise<DrillAccount>>> = {
  ...Object.fromEntries(failedStatuses.map(status => [status, () => inStatus(status)])),
  ...Object.fromEntries(Object.entries(nested).map(([name, how]) => [name, () => withNested(how)])),
}

async function inStatus(status: FailedStatus): Promise<DrillAccount> {
  const {start, make} = roots[status]
  const account = await DrillAccount.serve(
    status.startsWith('IMPORT_') ? written(await stateOf(start), status) : await stateOf(start),
  )
  await make(account)
  const {[root]: is} = existingStacks(await account.state())
  if (is !== status) throw new Error(`${root} is in ${is}, not in ${status}`)
  return account
}

function written(text: string, status: FailedStatus): string {
  const account: Account = JSON.parse(text)
  for (const {stacks} of Object.values(account.regions))
    for (const stack of Object.values(stacks)) if (stack.name === root) stack.status = status
  return JSON.stringify(account)
}

async function withNested({gone, fails}: {gone: readonly string[]; fails?: string}): Promise<DrillAccount> {
  const account = await DrillAccount.serve(await stateOf('deployed'))
  const cloudFormation = new CloudFormation(account.clientConfig)
  await account.setFaults(fails === undefined ? [] : [`fail-delete ${fails} message="Try later."`])
  for (const LogicalResourceId of gone) {
    const {StackResourceDetail} = await cloudFormation.describeStackResource({
      StackName: root,
      LogicalResourceId,
    })
    const StackName = StackResourceDetail?.PhysicalResourceId
    await cloudFormation.deleteStack({StackName})
    await account.pass(longEnoughSeconds)
    const {Stacks: [stack] = []} = await cloudFormation.describeStacks({StackName})
    const wanted = fails === undefined ? 'DELETE_COMPLETE' : 'DELETE_FAILED'
    if (stack?.StackStatus !== wanted) throw new Error(`${LogicalResourceId} is in ${stack?.StackStatus}`)
  }
  await account.clearFaults()
  return account
}
