import {pastingNoteIn} from '../aws/command-line.js'
import type {Clock} from '../clock.js'
import {adminUserName, keycloakAdminAlias} from '../environment/realm.js'
import type {DeployResult, Health} from '../results.js'
import {visibleIn} from '../visible.js'
import {healthCounts, healthTables, healthText, problemText} from './health-text.js'
import type {Paint} from './paint.js'
import {pricesNote, remainingLines} from './remaining-lines.js'
import {callLines, formatTook} from './words.js'

/** How the end of a deployment is told. */
export interface SummaryOptions {
  commandLine(command: string): string
  paint: Paint
  /** Whose time durations are in. */
  clock: Pick<Clock, 'label'>
  verbose: boolean
  /** The user name of Keycloak's administrator. */
  keycloakUser: string
  /** What stands in for AWS. */
  endpoint?: string
}

/** What deploy prints at its end: what was done, whether it is healthy, where it is, and what to do next. */
export function deploySummary(told: DeployResult, options: SummaryOptions): string {
  const result = visibleIn(told)
  const {paint, verbose} = options
  const {verification, build} = result
  const images =
    build &&
    `Image build ${build.status} after ${formatTook(build.durationSeconds, options.clock)} (${build.mode === 'import' ? 'imported' : 'built from source'}).`
  const calls = verbose && [paint.bold('AWS CALLS'), ...callLines(result.apiCalls)].join('\n')
  const sections =
    verification?.healthy === false
      ? [
          ...unhealthyFirst(verification, whatWasDone(result, options), options),
          images,
          leftBehind(result, options),
          addresses(result, options),
          passwords(options),
          next(result, options, ['Fix it       what to do is beside each ✖ at the top']),
        ]
      : [
          whatWasDone(result, options),
          images,
          leftBehind(result, options),
          verification && healthText(verification, paint),
          addresses(result, options),
          passwords(options),
          next(result, options),
        ]
  return [...sections, calls].filter(Boolean).join('\n\n')
}

function whatWasDone(result: DeployResult, {paint, clock}: SummaryOptions): string {
  const {environment, account, region, layout, durationSeconds} = result
  return `${paint.bold(environment)} ${words(result)} in account ${account}, region ${region}, layout ${layout} (${formatTook(durationSeconds, clock)}).`
}

/** What the update could not delete, what it costs, and how it goes. */
function leftBehind({remaining}: DeployResult, {paint}: SummaryOptions): string | undefined {
  if (remaining.length === 0) return undefined
  return [
    paint.yellow('! Left over from the update; it stays, and is billed, until someone deletes it:'),
    ...remaining.flatMap(remainingLines),
    pricesNote(remaining),
    pastingNoteIn(remaining.map(({command}) => command ?? '').join('\n')),
  ]
    .filter(Boolean)
    .join('\n')
}

/** What is wrong comes before everything that would read as if all were well. */
function unhealthyFirst(health: Health, what: string, {paint, endpoint}: SummaryOptions): string[] {
  return [
    [
      paint.red(`✖ Deployed, but not healthy: ${healthCounts(health)}.`),
      problemText(health, paint, endpoint),
    ].join('\n'),
    what,
    healthTables(health, paint),
  ]
}

function addresses({outputs, realm}: DeployResult, {paint, keycloakUser}: SummaryOptions): string {
  const {RegistryUrl, KeycloakUrl} = outputs
  const lines = [
    `Registry  ${RegistryUrl ?? '-'}  user ${adminUserName}`,
    `Keycloak  ${KeycloakUrl === undefined ? '-' : `${KeycloakUrl.replace(/\/+$/, '')}/admin/`}  user ${keycloakUser}`,
  ]
  const note =
    realm === null
      ? ['The realm was not changed (--no-realm). If there is none, nobody can log in with Keycloak.']
      : []
  return [paint.bold('OPEN'), ...lines, ...note].join('\n')
}

/** Each command prints the bare password, and nothing else. The values themselves are never here. */
function passwords({paint, commandLine}: SummaryOptions): string {
  const command = commandLine('credentials')
  const lines = [
    `Registry  ${command} --user ${adminUserName} --reveal`,
    `Keycloak  ${command} --user ${keycloakAdminAlias} --reveal`,
    `Everyone  ${command}`,
  ]
  return [paint.bold('PASSWORDS'), ...lines].join('\n')
}

function next(
  {realm}: DeployResult,
  {paint, commandLine}: SummaryOptions,
  first: readonly string[] = [],
): string {
  const lines = [
    // Every address above answers without it.
    ...(realm === null ? [`Let them in  ${commandLine('realm')}`] : []),
    `Check again  ${commandLine('verify')}`,
    `Remove it    ${commandLine('teardown')}`,
  ]
  return [paint.bold('NEXT'), ...first, ...lines].join('\n')
}

function words({operation}: DeployResult): string {
  switch (operation) {
    case 'create':
      return 'was created'
    case 'update':
      return 'was updated'
    case 'attached':
      return 'was followed to the end of the operation that ran already'
    case 'none':
      return 'is up to date: nothing had to change'
  }
}
