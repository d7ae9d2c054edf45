import type {Choice} from '../../../../src/parity/templates/choice.js'
import type {Statement} from '../policies.js'
import type {World} from '../property.js'

/**
 * Actions that AWS documents as having no resource (Service Authorization Reference: no resource type in their row), so
 * that a statement can only say `*`. The only ones of the templates.
 */
export const actionsWithoutResource: ReadonlyMap<string, string> = new Map([
  ['ecr:GetAuthorizationToken', 'the token is for the whole registry'],
  ['ssmmessages:CreateControlChannel', 'the channel of an ECS Exec session is no resource'],
  ['ssmmessages:CreateDataChannel', 'the channel of an ECS Exec session is no resource'],
  ['ssmmessages:OpenControlChannel', 'the channel of an ECS Exec session is no resource'],
  ['ssmmessages:OpenDataChannel', 'the channel of an ECS Exec session is no resource'],
])

/** An ARN with a wildcard in it, where the whole ARN cannot be known. */
export interface Wildcard {
  readonly actions: readonly string[]
  readonly why: string
  matches(resource: string, world: World, statement: Statement): boolean
}

const invokeModel = ['bedrock:InvokeModel', 'bedrock:InvokeModelWithResponseStream']

export const wildcards: readonly Wildcard[] = [
  {
    actions: ['logs:CreateLogStream', 'logs:PutLogEvents', 'logs:DescribeLogStreams'],
    why: 'the streams of one group; whoever writes them names them',
    matches: (resource, world) =>
      resource.startsWith(`${logGroups(world)}/`) && endsWithOnlyWildcard(resource, ':*'),
  },
  {
    actions: ['logs:DescribeLogGroups'],
    why: 'a listing cannot be limited to one group',
    matches: (resource, world) => resource === `${logGroups(world)}*`,
  },
  {
    actions: ['s3:GetObject'],
    why: 'the tarballs under the prefix that the user names',
    matches: (resource, {choice}) => resource === imported(choice)?.objects,
  },
  {
    actions: ['s3:PutObject'],
    why: 'the tarballs under the prefix that the user names',
    matches: (resource, {choice}) => resource === exported(choice)?.objects,
  },
  {
    actions: ['kms:Decrypt'],
    why: 'only the owner of the bucket knows its key; the condition says for which objects',
    matches: (resource, {choice}, statement) =>
      resource === anyKey(choice) && isLimitedTo(imported(choice), choice, statement),
  },
  {
    actions: ['kms:GenerateDataKey'],
    why: 'only the owner of the bucket knows its key; the condition says for which objects',
    matches: (resource, {choice}, statement) =>
      resource === anyKey(choice) && isLimitedTo(exported(choice), choice, statement),
  },
  {
    actions: invokeModel,
    why: 'the inference profile chooses a region for each request, and the caller needs the model there',
    matches: (resource, {choice}) =>
      resource.startsWith(`arn:${choice.partition}:bedrock:*::foundation-model/`) &&
      /\/(anthropic|amazon)\.[a-z0-9.:-]+$/.test(resource) &&
      resource.lastIndexOf('*') === resource.indexOf('*'),
  },
]

/** Where tarballs are, as ARNs. */
interface Location {
  readonly bucket: string
  readonly objects: string
}

function imported(choice: Choice): Location | undefined {
  const {ContainerImagesBucket: bucket, ContainerImagesPrefix: prefix} = choice.parameters
  return location(choice, bucket, prefix)
}

function exported(choice: Choice): Location | undefined {
  const {ContainerImagesExportBucket: bucket, ContainerImagesExportPrefix: prefix} = choice.parameters
  return location(choice, bucket, prefix)
}

function location({partition}: Choice, bucket = '', prefix = ''): Location | undefined {
  if (bucket === '') return undefined
  const arn = `arn:${partition}:s3:::${bucket}`
  return {bucket: arn, objects: `${arn}/${prefix}*`}
}

function anyKey({partition}: Choice): string {
  return `arn:${partition}:kms:*:*:key/*`
}

/** Whether S3 alone may use a key, and for these objects or, where the bucket has a key of its own, this bucket. */
function isLimitedTo(place: Location | undefined, {partition}: Choice, {members}: Statement): boolean {
  const suffix = partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com'
  const expected = {
    StringLike: {
      'kms:ViaService': `s3.*.${suffix}`,
      'kms:EncryptionContext:aws:s3:arn': [place?.bucket, place?.objects],
    },
  }
  return place !== undefined && JSON.stringify(members.Condition) === JSON.stringify(expected)
}

function logGroups({choice: {partition, region, account}}: World): string {
  return `arn:${partition}:logs:${region}:${account}:log-group:`
}

function endsWithOnlyWildcard(resource: string, end: string): boolean {
  return resource.endsWith(end) && !/[*?]/.test(resource.slice(0, -end.length))
}
