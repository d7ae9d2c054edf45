import type {DrillAccount} from '../harness/account.js'
import type {Ended} from '../harness/command.js'

/** What the making of a mess has at hand. */
export interface MessScene {
  account: DrillAccount
  /** The physical id of a resource of the environment. */
  id(logicalId: string): string
}

/** What somebody did to an account by hand, and what a teardown makes of it. */
export interface Mess {
  name: string
  make(scene: MessScene): Promise<unknown>
  /** Absent when the teardown ends clean; else what it names, and what its commands do to what others have. */
  stops?: {
    exit: 1 | 3
    /** In what it says, with whose it is, why, and the command: one each. */
    says: readonly RegExp[]
    /** What somebody does who reads it, beside the commands that it names. */
    byHand?(scene: MessScene): Promise<unknown>
    /** What of others is gone when they have done that. */
    gone?: RegExp
  }
  /** What is looked at besides, after a teardown that ended clean. */
  after?(scene: MessScene, torn: Ended): Promise<unknown>
}
