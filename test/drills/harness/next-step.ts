import type {Ended} from './command.js'

/**
 * The commands that a run advises to continue with, in order: what is in backticks in its hint, alternatives after the
 * first left out ("run `a`, or `b`"), and what an unhealthy environment is told to "Run: …". What fixes the cause is
 * left out, because in a drill the cause goes by itself: commands with a word in capitals that somebody has to fill in,
 * and those of services other than CloudFormation and Elastic Load Balancing, whose listeners do not come back.
 */
export function advised({error, document, stdout}: Pick<Ended, 'error' | 'document' | 'stdout'>): string[] {
  if (error) return commandsIn(error.hint ?? '')
  if (typeof document?.next === 'string') return commandsIn(document.next)
  if (document === undefined)
    return unique([...stdout.matchAll(/\bRun: (.+)$/gm)].map(([, command = '']) => command))
  const checks = [document?.services, document?.targetGroups, document?.endpoints].flatMap(list => list ?? [])
  const verification = document?.verification
  if (verification) return advised({error: undefined, document: verification, stdout})
  const runs = checks.flatMap(
    ({reason}: {reason: string | null}) => /\bRun: (.+)$/.exec(reason ?? '')?.[1] ?? [],
  )
  // Of a link, the advice is beside the reason, and may continue after the command.
  const ofLinks = (document?.links ?? []).flatMap(
    ({hint}: {hint: string | null}) => /\bRun: (.+?)(?:\. (?=[A-Z])|$)/.exec(hint ?? '')?.[1] ?? [],
  )
  const ofResources = (document?.resources ?? []).flatMap(({hint}: {hint: string}) => commandOf(hint) ?? [])
  return unique([...runs, ...ofLinks, ...ofResources])
}

/** The command that a hint of what verify found says to run. */
export function commandOf(hint: string): string | undefined {
  return /\bRun: (.+?)(?:\. (?=[A-Z])|$)/.exec(hint)?.[1]
}

const unique = (commands: readonly string[]) => [...new Set(commands)]

const isForGoingOn = (command: string) =>
  /^aws (elbv2|ec2|efs|secretsmanager|ssm) (delete|revoke)-/.test(command) ||
  /^aws rds delete-db-cluster |security-group-rules .* aws ec2 delete-security-group /.test(command) ||
  (/^(mcpgw .*--rehearse|aws cloudformation )/.test(command) && !/(^|[\s/:])[A-Z]{4,}\b/.test(command))

function commandsIn(whole: string): string[] {
  return commandsInHint(whole, isForGoingOn)
}

const isCommand = (quoted: string) => /^(mcpgw|aws) /.test(quoted)

/** The commands of a hint in their order, but alternatives to one before, and what else could be done, in brackets. */
export function commandsInHint(whole: string, isWanted = isCommand): string[] {
  const hint = whole
    .replaceAll(/(?<!\$)\([^)]*\)/g, '')
    // A command to be copied as a whole may be at the end, without backticks.
    .replace(/ first: (aws [^`]+)$/, ' first: `$1`')
  const commands: string[] = []
  let end = 0
  for (const {0: quoted, 1: command = '', index} of hint.matchAll(/`([^`]+)`/g)) {
    const isAlternative = commands.length > 0 && /\bor\b[^.`]*$/.test(hint.slice(end, index))
    if (!isAlternative && isWanted(command)) commands.push(command)
    end = index + quoted.length
  }
  return commands
}
