import type {Account} from '../../../src/rehearsal/account/account.js'
import type {DrillAccount} from './account.js'
import {runAwsCommand} from './aws-command.js'
import {type Ended, runCommand} from './command.js'
import type {Goal} from './drill.js'
import {advised} from './next-step.js'
import {ailments, remains} from './oracle.js'

/** What reading, thinking and typing take, in seconds of the account. */
const pauseSeconds = 120
/** More than that many commands nobody types at 23:40. */
const patience = 5

/** What is missing to the goal, seen in the account itself. */
export function missingTo(goal: Goal, account: Account, before: Account): string[] {
  return goal === 'healthy' ? ailments(account) : remains(account, before)
}

/**
 * Does what the last run advised, and then what that advises, until the goal is reached: first the commands of one
 * hint, in order, then the command that was meant.
 * @returns the commands that were run
 * @throws when a run fails without advice, or when the goal is out of reach that way
 */
export async function followAdvice(
  account: DrillAccount,
  ended: Ended,
  options: {goal: Goal; before: Account; onEnded?: (ended: Ended) => Promise<void>},
): Promise<string[]> {
  const {goal, before, onEnded} = options
  const wanted = goal === 'clean' ? 'mcpgw teardown' : ended.line
  const lines: string[] = []
  let todo = planOf(ended, wanted)
  for (;;) {
    const line = todo.shift() ?? wanted
    if (lines.length === patience) throw new Error(`Not ${goal} after ${lines.join(', then ')}.`)
    lines.push(line)
    await account.pass(pauseSeconds)
    const next = line.startsWith('aws ')
      ? await runAwsCommand(account, line)
      : await runCommand(account, line)
    if (next) await onEnded?.(next)
    const missing = missingTo(goal, await account.state(), before)
    if (missing.length === 0 && next?.exitCode === 0) return lines
    if (next && next.exitCode !== 0) todo = planOf(next, wanted)
  }
}

/** @throws when a failure advises nothing */
function planOf(ended: Ended, wanted: string): string[] {
  const commands = advised(ended).map(command => (command === ended.line ? wanted : command))
  if (commands.length > 0) return commands
  if (/same command|command again|try again/i.test(ended.error?.hint ?? '')) return [ended.line]
  // What heals by itself is looked at again.
  if (!ended.error && ended.exitCode === 1) return ['mcpgw verify']
  throw new Error(
    `${ended.line} ended with ${ended.exitCode} and advises nothing: ${ended.stdout}${ended.stderr}`,
  )
}
