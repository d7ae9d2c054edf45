/** What an update would do to an environment, as CloudFormation says before it is made. */
export interface ForeseenUpdate {
  /** How many resources would be new, changed in place or replaced, or removed; nested stacks are not counted. */
  added: number
  modified: number
  removed: number
  /** Resources in whose place another one would be made. */
  replaced: readonly ForeseenResource[]
  /** What of these, and of those that would be removed, holds data. */
  data: readonly ForeseenLoss[]
  /** What of these people or services work with at this moment: it stops, or has another address afterwards. */
  interrupted: readonly ForeseenInterruption[]
  /** Exports that would change although other stacks use them, which CloudFormation refuses. */
  exports: readonly ForeseenExport[]
}

/** `sure: false`: CloudFormation can say only while it happens. */
export interface ForeseenResource {
  stack: string
  logicalId: string
  type: string
  physicalId: string
  sure: boolean
}

export interface ForeseenLoss extends ForeseenResource {
  what: 'replaced' | 'removed'
  /** What is lost, for people. */
  lost: string
}

export interface ForeseenInterruption extends ForeseenResource {
  what: 'replaced' | 'removed' | 'changed'
  /** What that means to those who use it, for people. */
  effect: string
}

export interface ForeseenExport {
  name: string
  stack: string
  usedBy: readonly string[]
}
