import type {StackProgress} from '../../../progress.js'
import type {PassingCause} from '../../stacks/passing-failures.js'
import type {TeardownContext} from '../context.js'
import {headStartKinds} from './kinds.js'

/** Of the clock. */
const pollMs = 5_000
/** A cluster goes shortly after its last instance; RDS promises no time. */
const patienceMs = 10 * 60_000

/**
 * CloudFormation has met what we began to delete: its handler takes some of what is going for a conflict
 * (docs/head-start.md), and finds nothing to do when it is gone.
 */
export function metHeadStart(context: TeardownContext): PassingCause {
  return {
    words: 'has come to what is being deleted already: deleting it again when that is gone',
    budget: 3,
    isForeseen: true,
    is: ({type, physicalId}) => kindOf(type) !== undefined && context.headStarted.has(physicalId),
    pass: (_, {signal}) => untilGone(context, signal),
  }
}

/** Waits until what the handlers take for a conflict is gone, for ten minutes at most. */
async function untilGone(
  {aws, clock, inventory = [], headStarted}: TeardownContext,
  signal: AbortSignal,
): Promise<void> {
  const begun = inventory
    .flatMap(({resources}) => resources)
    .filter(({physicalId}) => headStarted.has(physicalId))
    .flatMap(({type, physicalId}) => {
      const kind = kindOf(type)
      return kind === undefined ? [] : {conflictsWhile: kind, physicalId}
    })
  const deadline = clock.now() + patienceMs
  while (clock.now() < deadline) {
    const left = await Promise.all(
      begun.map(({conflictsWhile, physicalId}) => conflictsWhile(aws.headStarts, physicalId)),
    )
    if (!left.includes(true)) return
    await clock.sleep(pollMs, signal)
  }
}

/**
 * Whether a failure may be that of a resource that somebody has begun to delete: of a type that can have a head start, and with the
 * words of a service for what is going.
 */
export function isOfHeadStart({type, reason = ''}: StackProgress): boolean {
  const isGoing =
    /being deleted|in (?:the )?(?:state )?['"]?deleting|InvalidDB(?:Cluster|Proxy)State|ResourceConflict/i
  return kindOf(type) !== undefined && isGoing.test(reason)
}

function kindOf(type: string) {
  return headStartKinds.find(kind => kind.type === type)?.conflictsWhile
}
