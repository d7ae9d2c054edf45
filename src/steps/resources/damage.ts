import type {Conflict, Rival} from '../../aws/live/live.js'
import type {StackDescription} from '../../aws/stack-data.js'
import type {StackKey} from '../../environment/stacks.js'

/** One of the stacks that hold an environment's resources. */
export interface HoldingStack {
  readonly key: StackKey
  readonly stack: Pick<StackDescription, 'id' | 'name' | 'status' | 'parameters' | 'outputs'>
}

/** What somebody did to a resource beside its stack, which does not know of it. */
export type Deed =
  | {readonly is: 'gone' | 'deleting' | 'disabled' | 'deregistered'}
  /** Of a repository, these images are not in it, all or some. */
  | {readonly is: 'empty'; readonly images?: readonly string[]}
  /** A database proxy's target group leads to no database; `cluster` is the one of the template, where it can be known. */
  | {readonly is: 'untargeted'; readonly proxy: string; readonly cluster: string | undefined}
  /** Policies that the template gives a role, and that it lacks. */
  | {readonly is: 'detached'; readonly policies: readonly string[]}
  /** It runs other tasks than its stack says. */
  | {readonly is: 'changed'; readonly from: string; readonly to: string}
  /** A listener that listens on another port, which is then told, or sends elsewhere than its stack says. */
  | {readonly is: 'turned'; readonly port?: number}
  /** A listener with another certificate than that of its stack, or with none. */
  | {readonly is: 'recertified'; readonly wanted: string; readonly has: string | undefined}
  /** A certificate that nobody accepts. */
  | {readonly is: 'unusable'; readonly status: string}
  /** It leads elsewhere than its stack says; `how` is a part of a sentence. */
  | {readonly is: 'misled'; readonly how: string}
  /** It wants another number of tasks than it should. `asked` is what it wants. */
  | {readonly is: 'scaled'; readonly asked: number; readonly wanted: number; readonly scales: boolean}

/** A resource that is not as its stack made it. */
export interface Damage {
  readonly key: StackKey
  readonly stack: HoldingStack['stack']
  readonly logicalId: string
  readonly type: string
  readonly physicalId: string
  readonly deed: Deed
  /** What somebody made in its place, where it is gone: before that goes, it cannot be made again. */
  readonly rival?: Rival
  /** Of a record in DNS that is not as its stack made it: what it is to be. */
  readonly record?: WantedRecord
}

/** An alias of a load balancer. */
export interface WantedRecord {
  /** Id of the hosted zone that it is in. */
  readonly zone: string
  readonly name: string
  readonly type: string
  readonly target: string
  /** Id of the hosted zone that the target is in. */
  readonly targetZone: string
  readonly conflict?: Conflict
}

/** One look at all resources. */
export interface Look {
  damages: readonly Damage[]
  /** How many resources were looked at. */
  looked: number
  /** Types that could not be looked at, and why. */
  unread: readonly {type: string; count: number; reason: string}[]
}
