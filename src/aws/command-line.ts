import {shellWord} from '../shell-words.js'
import {loopbackAddress} from './public-agent.js'

/** Where the commands that people paste must go: the same place as our own calls. */
export interface Reach {
  readonly region: string
  /** The URL that stands for all of AWS; undefined for AWS itself. */
  readonly endpoint: string | undefined
  /** The profile that the user named; what the environment says holds for the AWS CLI, too. */
  readonly profile?: string | undefined
}

/** `aws …` for pasting. What was found at an endpoint of its own must never be fixed in AWS itself. */
export function awsCommand({region, endpoint, profile}: Reach, command: string): string {
  const as = profile === undefined ? '' : shell` --profile ${profile}`
  const elsewhere = endpoint === undefined ? '' : shell` --endpoint-url ${endpoint}`
  return `aws ${command}${shell` --region ${region}`}${as}${elsewhere}`
}

/**
 * A command line for pasting in which every value is one word, or a part of one, of a shell: names come from AWS and
 * from others, and one like `$(date)` must be a name to the shell, too.
 */
export function shell(line: TemplateStringsArray, ...values: readonly (string | number)[]): string {
  return String.raw({raw: line}, ...values.map(value => shellWord(String(value))))
}

/** `curl …` for pasting; an endpoint on this machine answers for public host names, which nobody else knows. */
export function curlCommand(options: string, url: string, {endpoint}: Pick<Reach, 'endpoint'>): string {
  if (endpoint === undefined || loopbackAddress(endpoint) === undefined)
    return `curl ${options} ${shellWord(url)}`
  const {host, pathname, search} = new URL(url)
  return `curl ${options} -H ${shellWord(`Host: ${host}`)} ${shellWord(`${endpoint.replace(/\/+$/, '')}${pathname}${search}`)}`
}

/** The same of text with such commands in it; undefined where there are none. */
export function pastingNoteIn(text: string): string | undefined {
  return pastingNote(/\baws [^`]* --endpoint-url ([^\s`]+)/.exec(text)?.[1])
}

/** What to know before pasting commands that go to this machine; undefined for AWS and for remote endpoints. */
export function pastingNote(endpoint: string | undefined): string | undefined {
  const address = loopbackAddress(endpoint)
  if (address === undefined) return undefined
  return `Commands with ${endpoint} work while \`mcpgw rehearse --port ${address.port}\` serves the embedded account, in a shell with the variables that it prints.`
}
