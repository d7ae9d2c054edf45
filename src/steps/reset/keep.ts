import {messageOf, refused} from '../../errors.js'
import {keptFile, removeKept, writeKept} from '../../recorder/kept-deployment.js'
import {requireContext} from '../context.js'
import type {Step} from '../step.js'
import type {ResetContext} from './context.js'

/**
 * Writes down, before anything is deleted, what is to be deployed: once the stacks are gone, nobody else knows.
 * @throws KEPT_UNWRITABLE, exit code 3
 */
export function keep(): Step<ResetContext> {
  return {
    id: 'keep',
    title: 'Keep what to deploy again',
    async run(context) {
      const place = requireContext(context.place, 'the place of the file')
      const [begunAt, stackIds] = [context.begunAt ?? '', context.stackIds ?? []]
      const kept = requireContext(context.kept, 'what is kept')
      const file = keptFile(place)
      try {
        writeKept(place, {begunAt, stackIds, ...kept})
      } catch (error) {
        throw refused(
          'KEPT_UNWRITABLE',
          `What is to be deployed again cannot be written to ${file}: ${messageOf(error)}. Nothing was changed.`,
          'After an interruption nobody would know it. Set MCPGW_RUNS_DIR to a folder of your own in which files can be created.',
          error,
        )
      }
      if (context.told !== undefined) context.told = {...context.told, file}
    },
  }
}

/** Removes the file when the reset has ended well. */
export function forget(context: ResetContext): void {
  if (context.place !== undefined) removeKept(context.place)
  if (context.told !== undefined) context.told = {...context.told, file: null}
}
