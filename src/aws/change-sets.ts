import type {Clock} from '../clock.js'
import {failed} from '../errors.js'
import type {Clients} from './clients.js'
import {type ForeseenStack, foresee} from './foresee.js'
import {allPages} from './pages.js'
import type {UpdateStack} from './stacks.js'

/** What a change set would do to one resource. */
export interface PlannedChange {
  readonly action: string
  readonly logicalId: string
  readonly type: string
  /** A new resource takes the place of one that is there. */
  readonly replaces: boolean
  /** The service says that it is gone, or not as its stack made it: DELETED, MODIFIED, IN_SYNC, NOT_CHECKED … */
  readonly drift: string
}

/** Change sets: what an update would do, and what brings a stack back to its own template from what is really there. */
export interface ChangeSets {
  /**
   * What an update would do, nested stacks included; empty when there is nothing to do. Nothing is changed, and no change
   * set is left. @throws McpgwError UPDATE_NOT_FORESEEN in CloudFormation's words
   */
  foresee(
    update: UpdateStack,
    options: {readonly name: string; readonly clock: Clock; readonly signal: AbortSignal},
  ): Promise<readonly ForeseenStack[]>
  /**
   * Works one out for the template and parameters that the stack has, and waits until that is done; empty when there is
   * nothing to do. @throws McpgwError REPAIR_FAILED in CloudFormation's words
   */
  revertingDrift(
    stack: {readonly id: string; readonly parameters: Readonly<Record<string, string>>},
    options: {readonly name: string; readonly clock: Clock; readonly signal: AbortSignal},
  ): Promise<readonly PlannedChange[]>
  execute(stackId: string, name: string, options: {readonly token: string}): Promise<void>
  delete(stackId: string, name: string): Promise<void>
}

const pollMs = 3_000
/** Comparing what is there with what should be takes minutes. Source: CloudFormation API reference, DetectStackDrift. */
const patienceMs = 15 * 60_000

export function createChangeSets(clients: Pick<Clients, 'cloudFormation'>): ChangeSets {
  return {
    async foresee(update, options) {
      return foresee(await clients.cloudFormation(), update, options)
    },

    async revertingDrift({id, parameters}, {name, clock, signal}) {
      const sdk = await clients.cloudFormation()
      const keys = Object.keys(parameters)
      await sdk.createChangeSet({
        StackName: id,
        ChangeSetName: name,
        ChangeSetType: 'UPDATE',
        DeploymentMode: 'REVERT_DRIFT',
        UsePreviousTemplate: true,
        Parameters: keys.map(ParameterKey => ({ParameterKey, UsePreviousValue: true})),
        Capabilities: ['CAPABILITY_IAM', 'CAPABILITY_NAMED_IAM'],
      })
      const deadline = clock.now() + patienceMs
      for (;;) {
        const {Status, StatusReason = ''} = await sdk.describeChangeSet({StackName: id, ChangeSetName: name})
        if (Status === 'CREATE_COMPLETE') break
        if (Status === 'FAILED') {
          await sdk.deleteChangeSet({StackName: id, ChangeSetName: name})
          if (/didn't contain changes|No updates are to be performed/.test(StatusReason)) return []
          throw failed(
            'REPAIR_FAILED',
            `CloudFormation created no change set of stack ${id}: ${StatusReason}`,
          )
        }
        if (clock.now() >= deadline) {
          throw failed(
            'REPAIR_FAILED',
            `CloudFormation has not created the change set ${name} within 15 minutes.`,
          )
        }
        await clock.sleep(pollMs, signal)
      }
      const changes = await allPages(async token => {
        const page = await sdk.describeChangeSet({StackName: id, ChangeSetName: name, NextToken: token})
        return {items: page.Changes, token: page.NextToken}
      })
      return changes.flatMap(({ResourceChange: change}) =>
        change === undefined
          ? []
          : {
              action: change.Action ?? '',
              logicalId: change.LogicalResourceId ?? '',
              type: change.ResourceType ?? '',
              replaces: change.Action === 'Modify' && change.Replacement === 'True',
              drift: change.ResourceDriftStatus ?? '',
            },
      )
    },

    async execute(stackId, name, {token}) {
      const sdk = await clients.cloudFormation()
      await sdk.executeChangeSet({StackName: stackId, ChangeSetName: name, ClientRequestToken: token})
    },

    async delete(stackId, name) {
      const sdk = await clients.cloudFormation()
      await sdk.deleteChangeSet({StackName: stackId, ChangeSetName: name})
    },
  }
}
