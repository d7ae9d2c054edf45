import fc from 'fast-check'
import {brokenConstraint} from '../../../src/template/constraints.js'
import {checkRules, resolveParameters} from '../../../src/template/index.js'
import {loadTemplates} from './template-set.js'

export type Parameters = Readonly<Record<string, string>>

const {main} = loadTemplates()

export const regions = [
  'us-west-2',
  'us-east-1',
  'ap-southeast-1',
  'eu-central-1',
  'cn-north-1',
  'us-gov-west-1',
]

/** The parameter names of the eight images begin so. */
export const images = [
  ...['Registry', 'AuthServer', 'Keycloak', 'CurrentTime', 'Mcpgw'],
  ...['RealServerFakeTools', 'FlightBookingAgent', 'TravelAssistantAgent'],
] as const

/** `''` as often as a value: most of the switches are a parameter that is empty or not. */
const maybe = (value: fc.Arbitrary<string>) => fc.oneof(fc.constant(''), value)
const number = (min: number, max: number) => fc.integer({min, max}).map(String)
const truth = fc.constantFrom('true', 'false')

const byte = fc.nat(255)
const range = fc
  .tuple(byte, byte, byte, byte, fc.nat(32))
  .map(([a, b, c, d, bits]) => `${a}.${b}.${c}.${d}/${bits}`)
const ranges = fc.array(range, {minLength: 1, maxLength: 5}).map(several => several.join(','))
const bucket = maybe(fc.stringMatching(/^[a-z0-9][a-z0-9.-]{1,30}[a-z0-9]$/))
const bucketPrefix = maybe(fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9!_.'()/-]{0,20}\/$/))
const domain = fc.stringMatching(/^[a-z][a-z0-9]{0,9}\.(example|test|co)\.[a-z]{2,4}$/)

/** The pairs of CPU units and MiB at the ends of what Fargate offers for each size. */
const taskSizes = [
  ...[['256', '512'] as const, ['256', '2048'] as const, ['512', '1024'] as const, ['512', '4096'] as const],
  ...[['1024', '2048'] as const, ['1024', '8192'] as const, ['2048', '4096'] as const],
  ...[['2048', '16384'] as const, ['4096', '8192'] as const, ['4096', '30720'] as const],
]

/** For each parameter by itself. What the template's constraints refuse is left out. */
const values: Readonly<Record<string, fc.Arbitrary<string>>> = {
  EnvironmentName: fc.oneof(
    fc.stringMatching(/^[a-z][a-z0-9]$/),
    fc.stringMatching(/^[a-z][a-z0-9-]{17}[a-z0-9]$/),
    fc.stringMatching(/^[a-z][a-z0-9-]{0,17}[a-z0-9]$/),
  ),
  TemplateS3Bucket: fc.stringMatching(/^[a-z0-9][a-z0-9-]{1,40}[a-z0-9]$/),
  TemplateS3Prefix: maybe(fc.stringMatching(/^[A-Za-z0-9_-][A-Za-z0-9_/-]{0,20}\/$/)),
  PermissionsBoundaryArn: maybe(
    fc.stringMatching(/^arn:aws(-cn|-us-gov)?:iam::(aws|[0-9]{12}):policy\/[A-Za-z0-9+=,.@_-]{1,20}$/),
  ),
  VpcCidr: fc.tuple(byte, byte).map(([a, b]) => `${a}.${b}.0.0/16`),
  IngressCidrBlocks: ranges,
  DirectAccessCidrBlocks: maybe(ranges),
  CloudFrontPrefixListId: maybe(fc.stringMatching(/^pl-[0-9a-f]{8}$/)),
  BaseDomain: maybe(domain),
  AdminCidrBlocks: fc.oneof(fc.constant('0.0.0.0/0'), ranges),
  OriginHeaderTurn: fc.constantFrom('1', '2', '3', '4', '5', '6', '7', '8'),
  HostedZoneId: fc.stringMatching(/^Z[A-Z0-9]{9,20}$/),
  UseRegionalDomains: truth,
  KeycloakAdminUsername: fc.stringMatching(/^[A-Za-z][A-Za-z0-9._-]{1,20}$/),
  KeycloakAdminPassword: maybe(fc.stringMatching(/^[A-Za-z0-9!%*+,.:=?^_~-]{12,40}$/)),
  KeycloakLogLevel: fc.constantFrom('ALL', 'DEBUG', 'ERROR', 'FATAL', 'INFO', 'OFF', 'TRACE', 'WARN'),
  KeycloakDatabaseUsername: fc.stringMatching(/^[A-Za-z][A-Za-z0-9_]{0,15}$/),
  KeycloakDatabasePassword: maybe(fc.stringMatching(/^[A-Za-z0-9!%*+,.:=?^_~-]{12,41}$/)),
  DatabaseMinACU: fc.integer({min: 1, max: 512}).map(halves => String(halves / 2)),
  DatabaseMaxACU: fc.integer({min: 2, max: 512}).map(halves => String(halves / 2)),
  DatabaseEngineVersion: fc
    .tuple(fc.integer({min: 10, max: 99}), fc.nat(9))
    .map(([minor, patch]) => `8.0.mysql_aurora.3.${minor}.${patch}`),
  DatabaseThroughProxy: truth,
  KeepDatabaseSnapshot: truth,
  GitHubRepoUrl: fc.stringMatching(/^https:\/\/github\.com\/[A-Za-z0-9]{1,9}\/[A-Za-z0-9_-]{1,9}(\.git)?$/),
  GitHubBranch: fc.stringMatching(/^[A-Za-z0-9]{1,9}([._/-][A-Za-z0-9]{1,5}){0,3}$/),
  ContainerImagesBucket: bucket,
  ContainerImagesPrefix: bucketPrefix,
  ContainerImagesExportBucket: bucket,
  ContainerImagesExportPrefix: bucketPrefix,
  ...Object.fromEntries(
    images.flatMap(image => [
      [`${image}ImageRepo`, maybe(fc.stringMatching(/^[a-z0-9]{2,9}([._/-][a-z0-9]{1,9}){0,2}$/))],
      [`${image}ImageTag`, fc.stringMatching(/^[A-Za-z0-9_][A-Za-z0-9_.-]{0,15}$/)],
    ]),
  ),
  EnableAutoScaling: truth,
  MinCapacity: number(1, 100),
  MaxCapacity: number(1, 100),
  TargetCpuUtilization: number(1, 100),
  TargetMemoryUtilization: number(1, 100),
  EmbeddingsProvider: fc.constantFrom('sentence-transformers', 'litellm'),
  EmbeddingsModelName: fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._:/-]{0,30}$/),
  EmbeddingsModelDimensions: number(1, 4096),
  EmbeddingsAwsRegion: fc.constantFrom(...regions),
  EmbeddingsApiKey: maybe(fc.stringMatching(/^[!-~]{1,40}$/)),
  AgentModelId: fc.constantFrom('anthropic.claude-haiku-4-5-20251001-v1:0', 'amazon.nova-lite-v1:0'),
  AgentInferenceProfile: fc.constantFrom('', 'us', 'eu', 'global'),
  SessionCookieSecure: truth,
  SessionCookieDomain: maybe(domain.map(name => `.${name}`)),
  EnableMonitoring: truth,
  AlarmEmail: maybe(fc.stringMatching(/^[a-z]{1,9}@[a-z]{1,9}\.[a-z]{2,3}$/)),
}

/** Values of all parameters of the main template that it accepts, together with each other. */
export const parameters: fc.Arbitrary<Parameters> = fc
  .record({
    each: fc.record(
      Object.fromEntries(
        Object.entries(values).map(([name, texts]) => [name, texts.filter(text => isAccepted(name, text))]),
      ),
    ),
    service: fc.constantFrom(...taskSizes),
    keycloak: fc.constantFrom(...taskSizes),
  })
  .map(({each, service, keycloak}) =>
    fitted({
      ...each,
      ServiceCpu: service[0],
      ServiceMemory: service[1],
      KeycloakCpu: keycloak[0],
      KeycloakMemory: keycloak[1],
    }),
  )
  .filter(areAccepted)

/** The constraints of the main template for one parameter. */
function isAccepted(name: string, text: string): boolean {
  const declaration = main.parameters[name]
  if (declaration === undefined) throw new Error(`The main template has no parameter ${name}`)
  return brokenConstraint(name, declaration, text) === undefined
}

/** The rules of the main template, about several parameters. */
function areAccepted(chosen: Parameters): boolean {
  return checkRules({template: main, parameters: resolveParameters(main, chosen)}).length === 0
}

/** Makes the parameters fit each other, so that the rules refuse next to nothing. */
function fitted(chosen: Parameters): Parameters {
  const text = (name: string) => chosen[name] ?? ''
  const inOrder = (smaller: string, larger: string) => {
    const [min = 0, max = 0] = [Number(text(smaller)), Number(text(larger))].sort((a, b) => a - b)
    return {[smaller]: String(min), [larger]: String(max)}
  }
  const hasDomain = text('BaseDomain') !== ''
  return {
    ...chosen,
    ...(!hasDomain && {HostedZoneId: '', SessionCookieDomain: ''}),
    // A prefix list takes 55 of the 60 rules of a group, so that two ranges for two ports are the most.
    ...(text('CloudFrontPrefixListId') !== '' && {
      DirectAccessCidrBlocks: text('DirectAccessCidrBlocks').split(',').slice(0, 2).join(','),
    }),
    ...(text('ContainerImagesBucket') === '' && {ContainerImagesPrefix: ''}),
    ...(text('ContainerImagesExportBucket') === '' && {ContainerImagesExportPrefix: ''}),
    ...inOrder('MinCapacity', 'MaxCapacity'),
    ...inOrder('DatabaseMinACU', 'DatabaseMaxACU'),
  }
}
