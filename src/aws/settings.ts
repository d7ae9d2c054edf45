import {systemClock} from '../clock.js'
import {invalidInput} from '../errors.js'
import {nearestName} from '../template/nearest-name.js'
import {authoritiesOf} from './authorities.js'
import type {ClientSettings} from './clients.js'
import type {Connection} from './connection.js'
import {variablesProfile} from './credentials.js'
import type {Profile} from './profile.js'
import {proxyFor} from './proxy.js'
import {regions} from './regions.js'
import {readSharedFiles} from './shared-files.js'

const defaultRegion = 'us-west-2'

/** Commercial, China, GovCloud and isolated regions: eu-central-2, us-gov-west-1, us-isob-east-1. */
const regionPattern = /^[a-z]{2,4}(-[a-z]+)+-\d{1,2}$/

/**
 * Completes the connection from environment and profile, in the order that AWS's tools use.
 * @throws McpgwError INVALID_REGION, INVALID_ENDPOINT, INVALID_PROXY or INVALID_CA_BUNDLE, exit code 2.
 */
export async function resolveSettings(
  connection: Connection,
  env: NodeJS.ProcessEnv = process.env,
): Promise<ClientSettings> {
  if (connection.sealed) return sealedSettings(connection)
  // What is wrong with them is said before anything is asked.
  for (const scheme of ['https', 'http']) proxyFor(`${scheme}://amazonaws.com`, env)
  const profile = await profileOf(connection.profile ?? variablesProfile(env)?.name ?? 'default')
  const general = connection.endpoint ?? configuredEndpoint(env, profile)
  const s3 = connection.endpoint ?? (isIgnored(env) ? undefined : env.AWS_ENDPOINT_URL_S3 || general)
  return {
    region: regionOf(connection, env, profile),
    profile: connection.profile,
    endpoint: checkEndpoint(connection.endpoint ?? namedProfilesEndpoint(connection, env, profile)),
    credentials: connection.credentials,
    askMfaCode: connection.askMfaCode,
    s3Endpoint: s3,
    effectiveEndpoint: checkEndpoint(general),
    unreachableHint: connection.unreachableHint,
    revive: connection.revive,
    clock: connection.clock ?? systemClock,
    ca: authoritiesOf(profile.ca_bundle, env),
    sealed: false,
  }
}

/** Without a look at the machine: not even at a file that cannot be read. */
function sealedSettings(connection: Connection): ClientSettings {
  const {region, endpoint, credentials, unreachableHint, revive, clock = systemClock} = connection
  return {
    region: checkRegion(region || defaultRegion),
    profile: undefined,
    endpoint: checkEndpoint(endpoint),
    credentials,
    s3Endpoint: endpoint,
    effectiveEndpoint: endpoint,
    unreachableHint,
    revive,
    clock,
    sealed: true,
  }
}

/**
 * The region alone, from what lies on this machine.
 * @throws McpgwError INVALID_REGION, exit code 2.
 */
export async function resolveRegion(
  connection: Pick<Connection, 'region' | 'profile' | 'sealed'>,
  env: NodeJS.ProcessEnv = process.env,
): Promise<string> {
  if (connection.sealed) return checkRegion(connection.region || defaultRegion)
  return regionOf(
    connection,
    env,
    await profileOf(connection.profile ?? variablesProfile(env)?.name ?? 'default'),
  )
}

function regionOf({region}: Pick<Connection, 'region'>, env: NodeJS.ProcessEnv, profile: Profile): string {
  const given = [
    [region, '--region'],
    [env.AWS_REGION, 'AWS_REGION'],
    [env.AWS_DEFAULT_REGION, 'AWS_DEFAULT_REGION'],
    [profile.region, 'region of the profile'],
  ] as const
  const [name, source] = given.find(([value]) => value) ?? [defaultRegion, '--region']
  return checkRegion(name || defaultRegion, source, env)
}

/** The profile's settings in the shared files; empty when there is no such file or profile. */
async function profileOf(name: string): Promise<Profile> {
  const {profiles} = await readSharedFiles()
  return profiles[name] ?? {}
}

function configuredEndpoint(env: NodeJS.ProcessEnv, profile: Profile): string | undefined {
  if (isIgnored(env)) return
  return env.AWS_ENDPOINT_URL || profile.endpoint_url || undefined
}

/**
 * The endpoint of a profile that was named by `--profile`: the SDK's clients take credentials from it, but read
 * `endpoint_url` from AWS_PROFILE's. Any endpoint variable goes before it, and those the clients read themselves.
 */
function namedProfilesEndpoint(
  {profile: name}: Connection,
  env: NodeJS.ProcessEnv,
  profile: Profile,
): string | undefined {
  const isSet = Object.entries(env).some(([key, value]) => key.startsWith('AWS_ENDPOINT_URL') && value)
  return name === undefined || isSet || isIgnored(env) ? undefined : profile.endpoint_url
}

function isIgnored(env: NodeJS.ProcessEnv): boolean {
  return env.AWS_IGNORE_CONFIGURED_ENDPOINT_URLS === 'true'
}

function checkRegion(region: string, source = '--region', env: NodeJS.ProcessEnv = {}): string {
  const isName = regionPattern.test(region)
  if (isName && (regions.includes(region) || env.MCPGW_NEW_REGION === region)) return region
  const near = nearestName(region, regions)
  const meant = near === undefined ? '' : ` Did you mean ${near}?`
  throw invalidInput(
    'INVALID_REGION',
    `${source} is ${JSON.stringify(region)}, and AWS has no region of that name.${meant}`,
    isName
      ? `Correct it. If it is newer than this mcpgw, set MCPGW_NEW_REGION=${region} and run the same command again.`
      : 'Give one with --region or AWS_REGION, for example us-west-2.',
  )
}

function checkEndpoint(endpoint: string | undefined): string | undefined {
  if (endpoint === undefined) return
  if (URL.canParse(endpoint) && /^https?:$/.test(new URL(endpoint).protocol)) return endpoint
  throw invalidInput(
    'INVALID_ENDPOINT',
    `The AWS endpoint ${JSON.stringify(endpoint)} is not an http or https URL.`,
    'Correct AWS_ENDPOINT_URL, or unset it to use AWS itself.',
  )
}
