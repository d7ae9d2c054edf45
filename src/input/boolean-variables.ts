import {booleanWord, falseWords, trueWords} from '../command-words.js'
import {invalidInput} from '../errors.js'

/** What matters here of a flag's definition. */
interface FlagDefinition {
  type?: string
  env?: string
}

/**
 * What a variable says of a boolean flag, in any case and with blanks around it; undefined when it is not set, or empty,
 * as `NAME= command` and a line `NAME=` of an environment file have it.
 * @throws McpgwError INVALID_VARIABLE, exit code 2, for everything else: oclif takes it for false, and what was meant as
 * a rehearsal would continue in AWS.
 */
export function booleanVariable(name: string, env: NodeJS.ProcessEnv = process.env): boolean | undefined {
  const word = booleanWord(env[name])
  if (word !== 'neither') return word
  throw invalidInput(
    'INVALID_VARIABLE',
    `${name}=${JSON.stringify(env[name])} is neither true nor false.`,
    `Set ${name} to one of ${trueWords.slice(0, 4).join(', ')}, or of ${falseWords.slice(0, 4).join(', ')}, or unset it.`,
  )
}

/**
 * Turns the variables of all boolean flags into their defaults, for oclif, which knows fewer words than people do.
 * @throws as `booleanVariable`, also for the variable of a flag that was given
 */
export function withBooleanVariables<Flags extends Readonly<Record<string, FlagDefinition>>>(
  flags: Flags,
  env: NodeJS.ProcessEnv,
): Flags {
  const read = Object.entries(flags).flatMap(([name, flag]) => {
    if (flag.type !== 'boolean' || flag.env === undefined) return []
    const value = booleanVariable(flag.env, env)
    return [[name, {...flag, env: undefined, ...(value === undefined ? {} : {default: value})}] as const]
  })
  return {...flags, ...Object.fromEntries(read)}
}
