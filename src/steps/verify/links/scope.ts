import {awsCommand, curlCommand, shell} from '../../../aws/command-line.js'
import type {CheckTarget} from '../check-target.js'
import {deployLine} from '../remedies.js'
import type {Answer, Ask} from './ask.js'
import {type BrokenLink, broken} from './chain.js'
import type {SecretTexts} from './secret-texts.js'

/** What the links of one attempt share. */
export interface LinkScope {
  readonly target: CheckTarget
  readonly ask: Ask
  /** Read before anything was asked of the web. */
  readonly secretTexts: SecretTexts
  /** Of what must never be repeated: passwords and secrets that were read for the attempt. */
  readonly secrets: Set<string>
}

/** An address of the environment, without a slash at its end. */
export function addressOf({target}: LinkScope, output: 'RegistryUrl' | 'KeycloakUrl'): string {
  const address = target.outputs[output]?.replace(/\/+$/, '')
  if (address !== undefined && URL.canParse(address) && address.startsWith('https://')) return address
  const what = `The output ${output} of the stacks is no https address.`
  throw broken(what, `Run: ${deployLine(target)}`, {permanent: true})
}

/** The one remedy for what lies in Keycloak's database. */
export function realmRemedy({target}: LinkScope): string {
  return `Run: ${target.commandLine('realm')}`
}

export function logsOf({target}: LinkScope, service: string): string {
  return `Look: ${awsCommand(target.aws, shell`logs tail /ecs/${target.environment}-${service} --since 15m`)}`
}

/** An answer that no known break explains. Its status and where to look are all that can be said. */
export function unexpected(
  scope: LinkScope,
  url: URL,
  {status, body}: Pick<Answer, 'status' | 'body'>,
  {wanted, service}: {wanted: string; service: string},
): BrokenLink {
  const address = `${url.origin}${url.pathname}`
  const isOfNginx = status === 404 && /<center>nginx/.test(body)
  const what = `${address} answered ${status} instead of ${wanted}.`
  if (isOfNginx) {
    const why = `${what} It is nginx's own page: nothing is served under the name ${url.hostname}.`
    return broken(why, logsOf(scope, 'registry'), {permanent: false})
  }
  const look = curlCommand('-i', address, scope.target.aws)
  return broken(what, `${logsOf(scope, service)}; and: ${look}`, {permanent: false})
}

/** A few words of somebody else's, fit for a line on a terminal: short, without control characters and secrets. */
export function quoted(scope: LinkScope, text: string): string {
  const masked = [...scope.secrets].reduce((clean, secret) => clean.replaceAll(secret, '****'), text)
  const line = masked
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
  return line.length > 160 ? `${line.slice(0, 160)}…` : line
}

/** The members of a JSON object; none for anything else. */
export function membersOf(body: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(body)
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : {}
  } catch {
    return {}
  }
}
