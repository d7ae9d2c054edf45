import type {LearnedSeconds} from '../../timings/learned-seconds.js'
import type {DeploySettings} from '../deploy/context.js'
import type {PlannedStack} from './planned-stacks.js'
import type {Timeline} from './timeline.js'

/** What the steps of plan know and find out, all without AWS. */
export interface PlanContext {
  readonly environment: string
  readonly operation: 'create' | 'delete'
  readonly region: string
  /** What runs have measured; typical times without it. */
  readonly learned?: LearnedSeconds
  readonly settings: Pick<DeploySettings, 'layout' | 'templates' | 'parameters'>
  /** Of a teardown: names of the head starts that are on. */
  readonly headStarts: ReadonlySet<string>
  /** Of a teardown: in express mode. */
  readonly express: boolean
  /** In the order of creation; set by `resolveStacks`. */
  stacks?: readonly PlannedStack[]
  /** Set by `findCriticalPath`. */
  timeline?: Timeline
  /** Typical seconds with one stack after another; set by `findCriticalPath`. */
  serialSeconds?: number
  /** Typical seconds with images that are got the other way; set by `compareWays`. */
  otherImagesSeconds?: number
}
