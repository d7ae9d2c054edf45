import {awsCommand, pastingNote, type Reach} from '../aws/command-line.js'
import {adminPasswordSecretName, keycloakAdminSecretName} from '../environment/names.js'
import type {DeployResult, Health} from '../results.js'
import {healthCounts, healthTables, healthText, problemText} from './health-text.js'
import type {Paint} from './paint.js'
import {callLines, formatSeconds} from './words.js'

/** How the end of a deployment is told. */
export interface SummaryOptions {
  commandLine(command: string): string
  paint: Paint
  verbose: boolean
  /** What stands in for AWS. */
  endpoint?: string
}

/** What deploy prints at its end: what was done, whether it is healthy, where it is, and what to do next. */
export function deploySummary(result: DeployResult, options: SummaryOptions): string {
  const {paint, verbose} = options
  const {verification, build} = result
  const images =
    build &&
    `Image build ${build.status} after ${formatSeconds(build.durationSeconds)} (${build.mode === 'import' ? 'imported' : 'built from source'}).`
  const calls = verbose && [paint.bold('AWS CALLS'), ...callLines(result.apiCalls)].join('\n')
  const sections =
    verification?.healthy === false
      ? [
          ...unhealthyFirst(verification, whatWasDone(result, paint), options),
          images,
          addresses(result, paint),
          // The note about commands for this machine stands above the problems already.
          passwords(result, options),
          next(options, ['Mend it      what to do stands beside each ✖ at the top']),
        ]
      : [
          whatWasDone(result, paint),
          images,
          verification && healthText(verification, paint),
          addresses(result, paint),
          passwords(result, options, pastingNote(options.endpoint)),
          next(options),
        ]
  return [...sections, calls].filter(Boolean).join('\n\n')
}

function whatWasDone(result: DeployResult, paint: Paint): string {
  const {environment, account, region, layout, durationSeconds} = result
  return `${paint.bold(environment)} ${words(result)} in account ${account}, region ${region}, layout ${layout} (${formatSeconds(durationSeconds)}).`
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

function addresses({outputs}: DeployResult, paint: Paint): string {
  const lines = [`Registry  ${outputs.RegistryUrl ?? '-'}`, `Keycloak  ${outputs.KeycloakUrl ?? '-'}`]
  return [paint.bold('OPEN'), ...lines].join('\n')
}

function passwords(
  {environment, region}: DeployResult,
  {paint, endpoint}: SummaryOptions,
  note?: string,
): string {
  const lines = [
    paint.bold('PASSWORDS'),
    note,
    `Registry  ${secretCommand(adminPasswordSecretName(environment), {region, endpoint})}`,
    `Keycloak  ${secretCommand(keycloakAdminSecretName(environment), {region, endpoint})}`,
  ]
  return lines.filter(Boolean).join('\n')
}

function next({paint, commandLine}: SummaryOptions, first: readonly string[] = []): string {
  const lines = [`Check again  ${commandLine('verify')}`, `Remove it    ${commandLine('teardown')}`]
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

/** By reference: the value itself never passes through mcpgw. */
function secretCommand(name: string, reach: Reach): string {
  const get = `secretsmanager get-secret-value --secret-id ${name}`
  return awsCommand(reach, `${get} --query SecretString --output text`)
}
