/** What matters here of a flag's definition. */
interface FlagDefinition {
  multiple?: boolean
  env?: string
}

/**
 * Moves the variables of repeatable flags into the arguments, each line as one value: oclif takes a variable for one
 * value, and gives the command that value where it expects a list. A flag that was given wins over its variable.
 */
export function withRepeatedVariables<Flags extends Readonly<Record<string, FlagDefinition>>>(
  argv: readonly string[],
  flags: Flags,
  env: NodeJS.ProcessEnv,
): {argv: string[]; flags: Flags} {
  const repeatable = Object.entries(flags).filter(([, {multiple}]) => multiple)
  const isGiven = (name: string) => argv.some(word => word === `--${name}` || word.startsWith(`--${name}=`))
  const added = repeatable
    .filter(([name]) => !isGiven(name))
    .flatMap(([name, {env: variable = ''}]) =>
      (env[variable] ?? '')
        .split(/\r?\n/)
        .filter(line => line.trim() !== '')
        .map(line => `--${name}=${line}`),
    )
  const withoutVariables = repeatable.map(([name, flag]) => [name, {...flag, env: undefined}])
  return {argv: [...added, ...argv], flags: {...flags, ...Object.fromEntries(withoutVariables)}}
}
