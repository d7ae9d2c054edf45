import type {StackDescription} from '../../aws/stack-data.js'

/**
 * Whether CloudFormation takes nothing but express operations for a stack: one that an express operation has left failed.
 * RollbackStack is refused for it altogether. Source: CloudFormation's refusals, aws/aws-cdk-cli issue 1739.
 */
export function isBoundToExpress({
  isExpress,
  status,
}: Pick<StackDescription, 'isExpress' | 'status'>): boolean {
  return isExpress === true && status.endsWith('_FAILED')
}

/** A row of events, or a resource of a list. */
interface Ended {
  readonly status: string
  readonly reason?: string | undefined
}

/**
 * Whether a row ended without anybody waiting for its resource: the end says nothing of it then. Source: the AWS CDK CLI and
 * its tests; one source writes the mode in lower case.
 */
export function isUnproved({status, reason}: Ended): boolean {
  return status === 'DELETE_COMPLETE' && isOfExpress({reason})
}

/** Whether an event tells of express mode. */
export function isOfExpress({reason = ''}: Pick<Ended, 'reason'>): boolean {
  return /using express mode/i.test(reason)
}
