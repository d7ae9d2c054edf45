import {McpgwError, messageOf} from '../errors.js'
import {nearestName} from '../template/nearest-name.js'

/** What oclif's errors of usage carry, as far as it matters here. */
interface UsageError {
  /** Those that the command does not have, as they were written. */
  flags?: readonly string[]
  parse?: {input?: {flags?: Readonly<Record<string, FlagDefinition>>}}
}

interface FlagDefinition {
  char?: string
  hidden?: boolean
  required?: boolean
  helpValue?: string | string[]
}

/** A usage that oclif refused, in our words: what was wrong, and the nearest right flag or value. */
export function usageFailure(error: Error & UsageError): McpgwError {
  const known = error.parse?.input?.flags ?? {}
  const [unknown] = error.flags ?? []
  if (unknown !== undefined) return unknownFlag(unknown, error.flags ?? [], known)
  return usage(lacking(error, known) ?? notAnOption(error) ?? notTogether(error) ?? asOclifSays(error))
}

interface Told {
  message: string
  hint?: string
}

function usage({message, hint = 'Run the command with --help to see its flags.'}: Told): McpgwError {
  return new McpgwError(message, {code: 'USAGE', exitCode: 2, hint, cause: undefined})
}

/** What people write for flags that are called otherwise here. */
const meanings: Readonly<Record<string, string>> = {
  ...{env: 'environment', name: 'environment', stack: 'environment', force: 'yes', 'auto-approve': 'yes'},
  ...{'parameter-overrides': 'set', 'params-file': 'parameters', quiet: 'json', output: 'json'},
}

/** Without their values, which may be secrets. */
function unknownFlag(
  first: string,
  all: readonly string[],
  known: Readonly<Record<string, FlagDefinition>>,
): McpgwError {
  const name = (flag: string) => flag.replace(/=.*/s, '')
  const names = Object.entries(known).flatMap(([each, {hidden}]) => (hidden ? [] : [each]))
  const meant = nearestFlag(name(first).replace(/^-+/, ''), names)
  const is = all.length === 1 ? 'There is no flag' : 'There are no flags'
  const [message, hint] = [
    `${is} ${[...new Set(all.map(name))].join(', ')}.${meant === undefined ? '' : ` Did you mean --${meant}?`}`,
    meant === undefined ? undefined : `Write --${meant}, or run the command with --help to see its flags.`,
  ]
  return usage({message, ...(hint === undefined ? {} : {hint})})
}

/** The flag that a wrong name was probably meant for. @param names the flags that there are, without dashes */
export function nearestFlag(name: string, names: readonly string[]): string | undefined {
  const meaning = meanings[name]
  if (meaning !== undefined && names.includes(meaning)) return meaning
  return names.find(each => name.length > 2 && each.startsWith(name)) ?? nearestName(name, names)
}

function lacking(error: Error, known: Readonly<Record<string, FlagDefinition>>): Told | undefined {
  const [, name] = /Missing required flag (\S+)/.exec(error.message) ?? []
  if (name !== undefined) {
    const value = known[name]?.helpValue ?? 'VALUE'
    return {message: `--${name} is missing.`, hint: `Add --${name} ${String(value)}.`}
  }
  const [, lonely] = /^Flag (--\S+) expects a value/.exec(error.message) ?? []
  return lonely === undefined ? undefined : {message: `${lonely} is given without a value.`}
}

function notAnOption(error: Error): Told | undefined {
  const pattern = /^Expected (--[a-z-]+)=([\s\S]*) to be one of: ([a-z, ]+)/
  const [, flag, given = '', list = ''] = pattern.exec(error.message) ?? []
  if (flag === undefined) return undefined
  const options = list.trim().split(', ')
  const meant =
    options.find(option => given !== '' && option.startsWith(given)) ?? nearestName(given, options)
  return {
    message: `${flag}: ${JSON.stringify(given)} is none of ${options.join(', ')}.${meant === undefined ? '' : ` Did you mean ${meant}?`}`,
    hint: `Write ${meant === undefined ? options.map(option => `${flag} ${option}`).join(' or ') : `${flag} ${meant}`}.`,
  }
}

/** Without the value that oclif repeats, which may be a secret. */
function notTogether({message}: Error): Told | undefined {
  const pattern = /(--[a-z-]+)=[\s\S]* cannot also be provided when using (--[a-z-]+)/
  const [, other, flag] = pattern.exec(message) ?? []
  if (other === undefined) return undefined
  return {message: `${flag} and ${other} cannot be used together.`, hint: 'Give one of them.'}
}

/** oclif appends "See more help with --help" and one line a problem: keep it to one paragraph. */
function asOclifSays(error: Error): Told {
  const message = messageOf(error)
    .replace(/\s*See more help with --help\s*$/, '')
    .replace(/^Parsing (--\S+)\s*/, '$1: ')
  return {message: message.replaceAll(/\s*\n\s*/g, ' ')}
}
