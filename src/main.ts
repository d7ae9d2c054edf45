import {handle} from '@oclif/core/handle'
import {run as runCommand} from '@oclif/core/run'
import {startedWith, withoutAliases} from './command-words.js'

/** Real milliseconds in which what a command has left open may close by itself. */
const graceMs = 1_000

/**
 * Runs the command that the process was started with; what it has left open does not keep the process.
 * @param root folder of the package
 * @throws a refusal of the system that kept the command from being there to tell it
 */
export async function run(root: string): Promise<void> {
  const argv = withoutAliases(process.argv.slice(2))
  startedWith(argv)
  try {
    // No plugins: code that lies in the user's data folder is none of ours.
    await runCommand(argv, {root, userPlugins: false, devPlugins: false})
  } catch (error) {
    if (error instanceof Error && 'syscall' in error) throw error
    // What is wrong with the words of a command has been told.
    if (!isExit(error)) await handle(error as Error)
  }
  endSoon()
}

/** What a hook ends with that has answered itself. */
function isExit(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EEXIT'
}

/** A request that was never sent may leave a timer of a minute behind: who has told how it ended, ends. */
function endSoon(): void {
  const end = () => {
    // What is still on its way to a slow reader arrives.
    process.stdout.write('', () => process.stderr.write('', () => process.exit()))
  }
  setTimeout(end, graceMs).unref()
}
