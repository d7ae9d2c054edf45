import type {StackResult} from './deploy.js'

/** What watch followed. */
export interface WatchResult {
  environment: string
  account: string
  region: string
  /** `none`: nothing ran, and `stacks` are as they are. */
  operation: 'create' | 'update' | 'delete' | 'review' | 'none'
  stacks: readonly StackResult[]
  durationSeconds: number
  apiCalls: Record<string, number>
  /** What to do next, with the command for it. */
  next: string
}
