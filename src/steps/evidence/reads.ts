import type {Aws} from '../../aws/aws.js'
import {failed} from '../../errors.js'
import type {StackProgress} from '../../progress.js'
import type {Evidence} from '../../results.js'

/** What collecting evidence may ask: nothing of it changes anything. */
export interface Reads {
  readonly containers: Pick<Aws['containers'], 'services' | 'tasks' | 'stoppedTasksOf' | 'definition'>
  readonly loadBalancers: Pick<Aws['loadBalancers'], 'targetHealth'>
  readonly logs: Aws['logs']
  readonly builds: Pick<Aws['builds'], 'latest' | 'describe'>
  readonly stacks: Pick<Aws['stacks'], 'resources'>
}

/** The resource whose failure is looked behind. */
export type Failed = Pick<StackProgress, 'stackId' | 'logicalId' | 'physicalId' | 'type' | 'reason'>

/** Looks at one area behind a failure. What it throws says that the area could not be read. */
export type Collector = (reads: Reads, about: Failed) => Promise<readonly Evidence[]>

/** So many lines of a log are read; reports show the last of them. */
export const logLines = 100

/** `reads` that throws instead of asking once it was asked `most` times. */
export function atMost(most: number, reads: Reads): Reads {
  let asked = 0
  const counted = <Client extends object>(client: Client): Client =>
    new Proxy(client, {
      get(target, name) {
        const member: unknown = Reflect.get(target, name)
        if (typeof member !== 'function') return member
        return async (...args: unknown[]) => {
          asked += 1
          if (asked > most) throw failed('INTERNAL', `AWS was asked ${most} times already.`)
          return member.apply(target, args)
        }
      },
    })
  const {containers, loadBalancers, logs, builds, stacks} = reads
  return {
    containers: counted(containers),
    loadBalancers: counted(loadBalancers),
    logs: counted(logs),
    builds: counted(builds),
    stacks: counted(stacks),
  }
}
