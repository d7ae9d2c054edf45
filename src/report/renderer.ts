import type {ProgressSink} from '../progress.js'

/** Something that shows a run to people. It listens; how the run ends never depends on it. */
export interface Renderer {
  tell: ProgressSink
  /** Draws the last state and gives the terminal back. */
  close(): Promise<void>
}
