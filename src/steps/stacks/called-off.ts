import type {FollowedStack} from '../../aws/followed-stack.js'

/** What to tell of a stack whose deletion CloudFormation called off: it exists, and nothing of it is lost. */
export function calledOffWords({
  name,
  status,
  reason,
}: Pick<FollowedStack, 'name' | 'status' | 'reason'>): string {
  const why = reason === undefined ? '' : `: ${reason.trim().replace(/\.$/, '')}`
  return `CloudFormation called the deletion of stack ${name} off, and it is as before, in ${status}${why}`
}
