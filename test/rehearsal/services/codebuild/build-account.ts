import {readFileSync} from 'node:fs'
import type {Resource} from '../../../../src/rehearsal/account/account.js'
import {
  answerPath,
  receiveAnswer,
} from '../../../../src/rehearsal/services/cloudformation/custom-resources.js'
import {codeBuildOperations} from '../../../../src/rehearsal/services/codebuild/operations.js'
import {ecrOperations} from '../../../../src/rehearsal/services/ecr/operations.js'
import {createDispatcher, createWireServer} from '../../../../src/rehearsal/wire/index.js'
import {type Fixture, fixture, put} from '../ecs/fixtures.js'

export const triggerCode = readFileSync(
  new URL('../../../../cloudformation/functions/build-trigger.js', import.meta.url),
  'utf8',
)

export interface BuildFixture extends Fixture {
  project: Resource
  lambda: Resource
  /** Waits, in real time, until no function runs any more. */
  settle(): Promise<void>
  /** Passes virtual time in small steps and lets functions run in between. */
  live(seconds: number): Promise<void>
  close(): Promise<void>
  puts: {token: string; body: string}[]
}

/** A project, its repositories and role, and a function that is woken by the end of a build; served over HTTP. */
export async function buildFixture(
  options: {
    code?: string
    environment?: Record<string, string>
    runtime?: string
    /** What the role of the build may do besides pushing. */
    statements?: {Effect: string; Action: string; Resource: string}[]
  } = {},
): Promise<BuildFixture> {
  let url = ''
  const puts: {token: string; body: string}[] = []
  const base = fixture({endpoint: () => url})
  const {world, make} = base
  const server = await createWireServer({
    handle: createDispatcher({codebuild: codeBuildOperations(world), ecr: ecrOperations(world)}),
    onPlainRequest: async request => {
      const token = request.path.slice(answerPath.length)
      const body = Buffer.from(request.body).toString('utf8')
      puts.push({token, body})
      return {status: receiveAnswer(world, token, body)}
    },
  })
  url = server.url
  const repositories = ['registry', 'keycloak'].map(name =>
    make('AWS::ECR::Repository', {RepositoryName: `demo-${name}`}),
  )
  make('AWS::ECR::Repository', {RepositoryName: 'other'})
  const roleArn = `arn:aws:iam::${world.account.id}:role/demo-codebuild`
  const statement = {
    Effect: 'Allow',
    Action: ['ecr:PutImage'],
    Resource: repositories.map(r => r.attributes.Arn),
  }
  put(
    world,
    'AWS::IAM::Role',
    'demo-codebuild',
    {
      Policies: [
        {PolicyName: 'push', PolicyDocument: {Statement: [statement, ...(options.statements ?? [])]}},
      ],
    },
    {Arn: roleArn},
  )
  const project = make('AWS::CodeBuild::Project', {
    Name: 'demo-container-build',
    ServiceRole: roleArn,
    Environment: {
      Type: 'LINUX_CONTAINER',
      ComputeType: 'BUILD_GENERAL1_LARGE',
      PrivilegedMode: 'true',
      EnvironmentVariables: Object.entries({
        REPOSITORY_PREFIX: 'demo',
        IMAGE_TAG: 'latest',
        CONTAINER_IMAGES_BUCKET: '',
        ...options.environment,
      }).map(([Name, Value]) => ({Name, Value})),
    },
    Source: {
      Type: 'GITHUB',
      BuildSpec: 'version: 0.2\nphases:\n  build:\n    commands:\n      - bash /tmp/build-images.sh\n',
    },
    TimeoutInMinutes: '30',
  })
  const lambda = make('AWS::Lambda::Function', {
    FunctionName: 'demo-build-trigger',
    Runtime: options.runtime ?? 'nodejs22.x',
    Handler: 'index.handler',
    Timeout: 60,
    Code: {ZipFile: options.code ?? triggerCode},
  })
  const rule = make('AWS::Events::Rule', {
    EventPattern: {
      source: ['aws.codebuild'],
      'detail-type': ['CodeBuild Build State Change'],
      detail: {'project-name': ['demo-container-build'], 'build-status': ['SUCCEEDED', 'FAILED', 'STOPPED']},
    },
    Targets: [{Id: 'trigger', Arn: lambda.attributes.Arn}],
  })
  make('AWS::Lambda::Permission', {
    FunctionName: lambda.physicalId,
    Action: 'lambda:InvokeFunction',
    Principal: 'events.amazonaws.com',
    SourceArn: rule.attributes.Arn,
  })
  const settle = async () => {
    do await new Promise(resolve => setTimeout(resolve, 1))
    while (world.clock.held)
    await new Promise(resolve => setTimeout(resolve, 1))
  }
  return {
    ...base,
    project,
    lambda,
    puts,
    settle,
    async live(seconds) {
      for (let left = seconds; left > 0; left -= 30) {
        base.pass(Math.min(30, left))
        if (world.clock.held) await settle()
      }
    },
    close: () => server.close(),
  }
}

/** A custom resource that the fixture's function provides. */
export function customResource(base: BuildFixture, properties: Record<string, unknown> = {}): Resource {
  return base.make(
    'Custom::ContainerImages',
    {
      ServiceToken: base.lambda.attributes.Arn,
      ServiceTimeout: 3000,
      ProjectName: base.project.physicalId,
      ...properties,
    },
    'ContainerImages',
  )
}
