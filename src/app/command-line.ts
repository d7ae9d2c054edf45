import {shell} from '../aws/command-line.js'
import type {AwsFlags} from './flags.js'

/** The environment that is meant when none is named. */
export const defaultEnvironment = 'mcp-gateway'

/** How the user would call another command on the same environment, for hints that can be pasted. */
export function commandLineFor(
  flags: AwsFlags & {parameters?: string | undefined},
): (command: string) => string {
  const {environment, region, profile, rehearse, parameters} = flags
  const rest = [
    environment === defaultEnvironment ? undefined : shell`--environment ${environment}`,
    region === undefined ? undefined : shell`--region ${region}`,
    profile === undefined ? undefined : shell`--profile ${profile}`,
    rehearse ? '--rehearse' : undefined,
    parameters === undefined ? undefined : shell`--parameters ${parameters}`,
  ]
  return command => ['mcpgw', command, ...rest.filter(Boolean)].join(' ')
}

/** As `commandLineFor`, but an export of images comes with its place. */
export function exportCommandLineFor(flags: AwsFlags & {to: string}): (command: string) => string {
  const commandLine = commandLineFor(flags)
  return command =>
    command === 'images export' ? `${commandLine(command)}${shell` --to ${flags.to}`}` : commandLine(command)
}

/** The flags of deploy without which the same call would do something else. */
export interface RepeatedFlags {
  layout: string
  parameters: string | undefined
  set: readonly string[] | undefined
  images: string | undefined
  'template-bucket': string | undefined
  'template-prefix': string | undefined
  'on-failure': string
  express?: boolean
  'service-role': string | undefined
  'skip-check'?: readonly string[]
  realm: boolean
  students: string | undefined
}

/** As `commandLineFor`, but `deploy` and `preflight` come with what was given for it; values that must not be shown are masked. */
export function deployCommandLineFor(
  flags: AwsFlags & RepeatedFlags,
  mask: (text: string) => string,
): (command: string) => string {
  const commandLine = commandLineFor({...flags, parameters: undefined})
  const rest = [
    flags.layout === 'nested' ? undefined : shell`--layout ${flags.layout}`,
    flags.parameters === undefined ? undefined : shell`--parameters ${flags.parameters}`,
    ...(flags.set ?? []).map(text => shell`--set ${mask(text)}`),
    flags.images === undefined ? undefined : shell`--images ${flags.images}`,
    flags['template-bucket'] === undefined ? undefined : shell`--template-bucket ${flags['template-bucket']}`,
    flags['template-prefix'] === undefined ? undefined : shell`--template-prefix ${flags['template-prefix']}`,
    flags['on-failure'] === 'rollback' ? undefined : shell`--on-failure ${flags['on-failure']}`,
    flags['service-role'] === undefined ? undefined : shell`--service-role ${flags['service-role']}`,
    ...(flags['skip-check'] ?? []).map(id => shell`--skip-check ${id}`),
  ]
  const ofRealm = [
    flags.parameters === undefined ? undefined : shell`--parameters ${flags.parameters}`,
    ...studentsGiven(flags),
  ]
  const ofDeploy = [
    ...rest,
    flags.express ? '--express' : undefined,
    flags.realm ? undefined : '--no-realm',
    ...studentsGiven(flags),
  ]
  const added: Readonly<Record<string, readonly (string | undefined)[]>> = {
    deploy: ofDeploy,
    reset: ofDeploy,
    preflight: rest,
    realm: ofRealm,
  }
  return command => [commandLine(command), ...(added[command] ?? [])].filter(Boolean).join(' ')
}

/** As `commandLineFor`, but `realm` comes with the students that were given. */
export function realmCommandLineFor(
  flags: AwsFlags & {parameters: string | undefined; students: string | undefined},
): (command: string) => string {
  const commandLine = commandLineFor(flags)
  return command => [commandLine(command), ...(command === 'realm' ? studentsGiven(flags) : [])].join(' ')
}

function studentsGiven({students}: {students: string | undefined}): readonly string[] {
  return students === undefined ? [] : [shell`--students ${students}`]
}
