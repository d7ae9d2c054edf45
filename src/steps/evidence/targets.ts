import type {Evidence} from '../../results.js'
import type {Reads} from './reads.js'

/** How each target of a target group is, and why the load balancer thinks so. */
export async function targetEvidence(reads: Reads, targetGroupArn: string): Promise<Evidence> {
  const targets = await reads.loadBalancers.targetHealth(targetGroupArn)
  const lines = targets.map(({id, port, state, reason, description}) => {
    const why = [reason, description].filter(Boolean).join(': ')
    return `${id}:${port} is ${state}${why === '' ? '' : ` (${why})`}`
  })
  return {
    kind: 'target',
    title: `Target group ${targetGroupName(targetGroupArn)}`,
    lines: lines.length > 0 ? lines : ['It has no targets: no task is registered.'],
  }
}

/** From `…:targetgroup/NAME/ID`. */
function targetGroupName(arn: string): string {
  return arn.split('/').at(-2) ?? arn
}
