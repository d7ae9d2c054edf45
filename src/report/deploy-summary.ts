import {adminPasswordSecretName, keycloakAdminSecretName} from '../environment/names.js'
import type {DeployResult} from '../results.js'
import {healthText} from './health-text.js'
import type {Paint} from './paint.js'
import {formatSeconds} from './words.js'

/** What deploy prints at its end: what was done, whether it is healthy, where it is, and what to do next. */
export function deploySummary(
  result: DeployResult,
  options: {commandLine(command: string): string; paint: Paint; verbose: boolean},
): string {
  const {paint, commandLine, verbose} = options
  const {environment, account, region, verification, outputs} = result
  const sections = [
    `${paint.bold(environment)} ${words(result)} in account ${account}, region ${region}, layout ${result.layout} (${formatSeconds(result.durationSeconds)}).`,
    result.build &&
      `Image build ${result.build.status} after ${formatSeconds(result.build.durationSeconds)} (${result.build.mode === 'import' ? 'imported' : 'built from source'}).`,
    verification && healthText(verification, paint),
    [
      paint.bold('OPEN'),
      `Registry  ${outputs.RegistryUrl ?? '-'}`,
      `Keycloak  ${outputs.KeycloakUrl ?? '-'}`,
    ].join('\n'),
    [
      paint.bold('PASSWORDS'),
      `Registry  ${secretCommand(adminPasswordSecretName(environment), region)}`,
      `Keycloak  ${secretCommand(keycloakAdminSecretName(environment), region)}`,
    ].join('\n'),
    [
      paint.bold('NEXT'),
      `Check again  ${commandLine('verify')}`,
      `Remove it    ${commandLine('teardown')}`,
    ].join('\n'),
    verbose && [paint.bold('AWS CALLS'), ...callLines(result.apiCalls)].join('\n'),
  ]
  return sections.filter(Boolean).join('\n\n')
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
function secretCommand(name: string, region: string): string {
  return `aws secretsmanager get-secret-value --secret-id ${name} --query SecretString --output text --region ${region}`
}

function callLines(calls: Readonly<Record<string, number>>): string[] {
  return Object.entries(calls)
    .sort(([, a], [, b]) => b - a)
    .map(([name, count]) => `${String(count).padStart(5)}  ${name}`)
}
