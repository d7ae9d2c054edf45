import type {AwsFlags} from './flags.js'

const defaultEnvironment = 'mcp-gateway'

/** How the user would call another command on the same environment, for hints that can be pasted. */
export function commandLineFor(flags: AwsFlags): (command: string) => string {
  const {environment, region, profile, rehearse} = flags
  const rest = [
    environment === defaultEnvironment ? '' : ` --environment ${environment}`,
    region === undefined ? '' : ` --region ${region}`,
    profile === undefined ? '' : ` --profile ${profile}`,
    rehearse ? ' --rehearse' : '',
  ]
  return command => `mcpgw ${command}${rest.join('')}`
}
