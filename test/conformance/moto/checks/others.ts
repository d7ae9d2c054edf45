import {
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  DescribeLogGroupsCommand,
  DescribeLogStreamsCommand,
  FilterLogEventsCommand,
  GetLogEventsCommand,
  PutLogEventsCommand,
  PutRetentionPolicyCommand,
} from '@aws-sdk/client-cloudwatch-logs'
import {
  BatchGetBuildsCommand,
  BatchGetProjectsCommand,
  ListBuildsCommand,
  ListBuildsForProjectCommand,
  ListProjectsCommand,
  StartBuildCommand,
} from '@aws-sdk/client-codebuild'
import {DescribeImagesCommand, DescribeRepositoriesCommand} from '@aws-sdk/client-ecr'
import {DescribeKeyCommand} from '@aws-sdk/client-kms'
import {DescribeSecretCommand, GetSecretValueCommand} from '@aws-sdk/client-secrets-manager'
import {GetParameterCommand, GetParametersCommand} from '@aws-sdk/client-ssm'
import {GetCallerIdentityCommand} from '@aws-sdk/client-sts'
import {check, refused} from '../check.js'

const group = {logGroupName: '/both/group'}
const stream = {...group, logStreamName: 'stream'}
const when = Date.now() - 60_000

/** STS, CodeBuild, logs, and what is not there in the smaller services. */
export const otherChecks = [
  check('sts: the account has twelve digits and is in the ARN', async ({sts}) => {
    const {Account = '', Arn = '', UserId} = await sts.send(new GetCallerIdentityCommand({}))
    return [/^\d{12}$/.test(Account), Arn.split(':')[4] === Account, typeof UserId]
  }),
  check('codebuild: projects of an empty account', async ({codebuild}) => {
    const {projects} = await codebuild.send(new ListProjectsCommand({}))
    return projects
  }),
  check('codebuild: builds of an empty account', async ({codebuild}) => {
    const {ids} = await codebuild.send(new ListBuildsCommand({}))
    return ids
  }),
  check('codebuild: a project that is not there', async ({codebuild}) => {
    const {projects, projectsNotFound} = await codebuild.send(
      new BatchGetProjectsCommand({names: ['absent']}),
    )
    return {projects, projectsNotFound}
  }),
  check('codebuild: a build that is not there', async ({codebuild}) => {
    const ids = ['absent:12345678-1234-1234-1234-123456789012']
    const {builds, buildsNotFound} = await codebuild.send(new BatchGetBuildsCommand({ids}))
    return {builds, buildsNotFound}
  }),
  refused('codebuild: builds of a project that is not there', ({codebuild}) =>
    codebuild.send(new ListBuildsForProjectCommand({projectName: 'absent'})),
  ),
  refused('codebuild: start a build of a project that is not there', ({codebuild}) =>
    codebuild.send(new StartBuildCommand({projectName: 'absent'})),
  ),
  refused('logs: streams of a group that is not there', ({logs}) =>
    logs.send(new DescribeLogStreamsCommand(group)),
  ),
  refused('logs: events of a group that is not there', ({logs}) =>
    logs.send(new FilterLogEventsCommand(group)),
  ),
  refused('logs: create a stream in a group that is not there', ({logs}) =>
    logs.send(new CreateLogStreamCommand(stream)),
  ),
  check('logs: create a group', async ({logs}) => {
    await logs.send(new CreateLogGroupCommand(group))
    await logs.send(new PutRetentionPolicyCommand({...group, retentionInDays: 7}))
    const {logGroups} = await logs.send(new DescribeLogGroupsCommand({logGroupNamePrefix: '/both'}))
    return logGroups?.map(({logGroupName, retentionInDays, storedBytes, arn}) => ({
      ...{logGroupName, retentionInDays, storedBytes, arn},
    }))
  }),
  refused('logs: create a group that is there', ({logs}) => logs.send(new CreateLogGroupCommand(group))),
  refused('logs: keep for as long as CloudWatch does not know', ({logs}) =>
    logs.send(new PutRetentionPolicyCommand({...group, retentionInDays: 8})),
  ),
  refused('logs: events of a stream that is not there', ({logs}) =>
    logs.send(new GetLogEventsCommand(stream)),
  ),
  refused('logs: put into a stream that is not there', ({logs}) =>
    logs.send(new PutLogEventsCommand({...stream, logEvents: [{timestamp: when, message: 'x'}]})),
  ),
  check('logs: put and get', async ({logs}) => {
    await logs.send(new CreateLogStreamCommand(stream))
    const logEvents = ['first', 'second ERROR', 'third'].map((message, index) => ({
      ...{timestamp: when + index, message},
    }))
    await logs.send(new PutLogEventsCommand({...stream, logEvents}))
    const read = await logs.send(new GetLogEventsCommand({...stream, startFromHead: true}))
    const found = await logs.send(new FilterLogEventsCommand({...group, filterPattern: 'ERROR'}))
    return [read, found].map(({events}) => events?.map(({message}) => message))
  }),
  refused('logs: create a stream that is there', ({logs}) => logs.send(new CreateLogStreamCommand(stream))),
  refused('secretsmanager: value of a secret that is not there', ({secrets}) =>
    secrets.send(new GetSecretValueCommand({SecretId: 'absent'})),
  ),
  refused('secretsmanager: a secret that is not there', ({secrets}) =>
    secrets.send(new DescribeSecretCommand({SecretId: 'absent'})),
  ),
  refused('ssm: a parameter that is not there', ({ssm}) =>
    ssm.send(new GetParameterCommand({Name: '/absent'})),
  ),
  check('ssm: parameters that are not there', async ({ssm}) => {
    const {Parameters, InvalidParameters} = await ssm.send(new GetParametersCommand({Names: ['/absent']}))
    return {Parameters, InvalidParameters}
  }),
  refused('kms: a key that is not there', ({kms}) =>
    kms.send(new DescribeKeyCommand({KeyId: '12345678-1234-1234-1234-123456789012'})),
  ),
  refused('kms: an alias that is not there', ({kms}) =>
    kms.send(new DescribeKeyCommand({KeyId: 'alias/absent'})),
  ),
  refused('ecr: a repository that is not there', ({ecr}) =>
    ecr.send(new DescribeRepositoriesCommand({repositoryNames: ['absent']})),
  ),
  refused('ecr: images of a repository that is not there', ({ecr}) =>
    ecr.send(new DescribeImagesCommand({repositoryName: 'absent'})),
  ),
]
