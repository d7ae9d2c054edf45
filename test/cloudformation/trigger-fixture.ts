import {readFileSync} from 'node:fs'
import type {Region} from '../../src/rehearsal/account/account.js'
import {buildEvent} from '../../src/rehearsal/services/codebuild/build-event.js'
import type {BuildRecord} from '../../src/rehearsal/services/codebuild/build-record.js'
import {codeBuildOperations} from '../../src/rehearsal/services/codebuild/operations.js'
import {imagesOf, pushImage} from '../../src/rehearsal/services/ecr/images.js'
import {ecrOperations} from '../../src/rehearsal/services/ecr/operations.js'
import {type Run, runFunction} from '../../src/rehearsal/services/lambda/run-function.js'
import {
  ConnectionDropped,
  createDispatcher,
  createWireServer,
  type Operations,
} from '../../src/rehearsal/wire/index.js'
import {fixture} from '../rehearsal/services/ecs/fixtures.js'

const file = readFileSync(new URL('../../cloudformation/functions/build-trigger.js', import.meta.url), 'utf8')
/** The file as it is, except that the SDK's pauses before a retry, a random part of some seconds, take no time. */
const code = `'use strict'; Math.random = () => 0;\n${file}`

export const projectName = 'demo-container-build'
export const stackId = 'arn:aws:cloudformation:us-west-2:123456789012:stack/demo-ComputeStack-1A2B/51af'
/** What makes an answer's address a secret. */
export const signature = 'X-Amz-Signature=5ec2e7'

/** What was put at an answer's address. */
export interface Put {
  method?: string
  headers: Readonly<Record<string, string>>
  text: string
  answer: any
}

export interface TriggerFixture {
  /** CodeBuild's operations; a test may replace one. */
  codebuild: Operations<'codebuild'>
  /** Amazon ECR's operations; a test may replace one. */
  ecr: Operations<'ecr'>
  puts: Put[]
  /** What CloudFormation says to an answer: an HTTP status; 0 breaks the connection. */
  status: number
  /** Where CloudFormation waits for answers. */
  address: string
  region: Region
  /** Builds in the order of their start. */
  builds(): BuildRecord[]
  invoke(event: unknown): Promise<Run>
  request(type: 'Create' | 'Update' | 'Delete', more?: Record<string, unknown>): Record<string, unknown>
  /** The event of a build that is now in the given state. */
  ended(build: BuildRecord | undefined, status: BuildRecord['status'], phase?: Phase): unknown
  /** Pushes an image into every repository, as a build does; returns the tags of each. */
  push(tags: readonly string[], except?: string): void
  /** Which tags the images of each repository have, oldest first. */
  tags(): string[][][]
  pass(seconds: number): void
  close(): Promise<void>
}

interface Phase {
  name: string
  message?: string
}

export const repositoryNames = ['demo-registry', 'demo-keycloak']

/** What the template gives the custom resource, for a version. */
export function properties(SourceVersion: string): Record<string, unknown> {
  return {
    ServiceToken: 'arn:aws:lambda:us-west-2:123456789012:function:demo-build-trigger',
    ProjectName: projectName,
    Repositories: repositoryNames,
    ImageTag: 'latest',
    SourceVersion,
    Recipe: '0123456789ab',
  }
}

/** functions/build-trigger.js itself, a CodeBuild that speaks to its SDK client over HTTP, and a CloudFormation that waits. */
export async function triggerFixture(): Promise<TriggerFixture> {
  const {world, region, make, pass} = fixture()
  const project = make('AWS::CodeBuild::Project', {
    Name: projectName,
    ServiceRole: 'role',
    Environment: {Type: 'LINUX_CONTAINER', ComputeType: 'BUILD_GENERAL1_LARGE', PrivilegedMode: true},
    Source: {Type: 'GITHUB'},
    LogsConfig: {CloudWatchLogs: {GroupName: '/aws/codebuild/demo-container-build'}},
  })
  const lambda = make('AWS::Lambda::Function', {
    FunctionName: 'demo-build-trigger',
    Runtime: 'nodejs22.x',
    Handler: 'index.handler',
    Timeout: 60,
    Code: {ZipFile: code},
  })
  const codebuild = codeBuildOperations(world)
  const ecr = ecrOperations(world)
  const repositories = repositoryNames.map(RepositoryName => make('AWS::ECR::Repository', {RepositoryName}))
  const aws = await createWireServer({
    handle: createDispatcher({codebuild, ecr}),
    onPlainRequest: async ({method, headers, body}) => {
      const text = Buffer.from(body).toString('utf8')
      result.puts.push({method, headers, text, answer: JSON.parse(text)})
      if (result.status === 0) throw new ConnectionDropped()
      return {status: result.status}
    },
  })

  const result: TriggerFixture = {
    codebuild,
    ecr,
    puts: [],
    status: 200,
    address: `${aws.url}/_mcpgw/answers/one?X-Amz-Expires=7200&${signature}`,
    region,
    builds: () => Object.values(region.builds),
    invoke: event =>
      runFunction(lambda, event, {
        region: 'us-west-2',
        accountId: world.account.id,
        endpoint: aws.url,
        credentials: world.key,
        requestId: world.newUuid(),
      }),
    request: (RequestType, more = {}) => ({
      RequestType,
      ResponseURL: result.address,
      StackId: stackId,
      RequestId: `request-${RequestType}`,
      LogicalResourceId: 'ContainerImages',
      ResourceType: 'Custom::ContainerImages',
      ResourceProperties: properties('v1.0.7'),
      ...(RequestType === 'Create' ? {} : {PhysicalResourceId: 'demo-container-build-images'}),
      ...more,
    }),
    ended(build, status, phase) {
      if (!build) throw new Error('No build was started.')
      build.status = status
      build.logging = true
      if (phase) build.phases.push({...phase, status, startedAt: world.now, endedAt: world.now})
      return buildEvent(world, region, project, build)
    },
    push(tags, except) {
      for (const repository of repositories)
        if (repository.physicalId !== except) pushImage(world, repository, tags)
    },
    tags: () => repositories.map(repository => imagesOf(repository).map(({tags}) => tags)),
    pass,
    close: () => aws.close(),
  }
  return result
}
