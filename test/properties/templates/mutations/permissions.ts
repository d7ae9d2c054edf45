// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the braces are CloudFormation's
import {actionsWithoutResource} from '../tables/wildcards.js'
import type {Document} from '../template-set.js'
import {type Place, placeAt, plantedFor, resourcesOf} from './find.js'
import type {Mutation} from './mutation.js'
import {statementsOf} from './statements.js'

const planted = plantedFor('least-privilege')
const granting = resourcesOf('AWS::IAM::Role', 'AWS::IAM::RolePolicy', 'AWS::IAM::ManagedPolicy')

/** For every statement of every role: its resources, and its actions, become a wildcard. */
const widened = granting.flatMap(place =>
  statementsOf(place.resource.properties).flatMap((statement, index) => {
    const actions: string[] = [statement.Action].flat()
    const called = `statement ${statement.Sid ?? index + 1}`
    const service = actions[0]?.split(':')[0]
    return [
      ...(actions.every(action => actionsWithoutResource.has(action))
        ? []
        : [
            planted(place, `${called} says *`, properties => {
              statementsOf(properties)[index].Resource = '*'
            }),
          ]),
      planted(place, `${called} allows all of ${service}`, properties => {
        statementsOf(properties)[index].Action = `${service}:*`
      }),
    ]
  }),
)

const build = placeAt('compute', 'ContainerBuildRole')
const execPolicy = placeAt('compute', 'ExecPolicy')
const task = placeAt('compute', 'TaskRole')
const agent = placeAt('compute', 'AgentTaskRole')
const policy = placeAt('services', 'AppExecutionPolicy')

const statement = (place: Place, sid: string, what: string, edit: (statement: Document) => void) =>
  planted(place, what, properties => edit(statementsOf(properties).find(({Sid: other}) => other === sid)))

const anywhere = (properties: Document, from: string, to: string) =>
  Object.assign(properties, JSON.parse(JSON.stringify(properties).replaceAll(from, to)))

export const leastPrivilegeMutations: readonly Mutation[] = [
  ...widened,
  planted(build, 'reads every bucket when it imports images', properties => {
    const {Statement: statements} = properties.Policies[0].PolicyDocument
    statements.push({
      'Fn::If': [
        'ImportsImages',
        {Effect: 'Allow', Action: 's3:GetObject', Resource: '*'},
        {Ref: 'AWS::NoValue'},
      ],
    })
  }),
  statement(build, 'ReadTarballs', 'reads the whole bucket', entry => {
    entry.Resource = {'Fn::Sub': 'arn:${AWS::Partition}:s3:::${ContainerImagesBucket}/*'}
  }),
  statement(build, 'DecryptTarballs', 'decrypts with every key of the account', entry => {
    delete entry.Condition
  }),
  statement(build, 'WriteLogs', 'writes to the logs of every build', entry => {
    entry.Resource = {
      'Fn::Sub': 'arn:${AWS::Partition}:logs:${AWS::Region}:${AWS::AccountId}:log-group:/aws/codebuild/*',
    }
  }),
  statement(build, 'PullAndPushImages', 'pushes to every repository of the environment', entry => {
    entry.Resource = {
      'Fn::Sub': 'arn:${AWS::Partition}:ecr:${AWS::Region}:${AWS::AccountId}:repository/${EnvironmentName}-*',
    }
  }),
  statement(build, 'RegistryLogin', 'deletes repositories beside what knows no resource', entry => {
    entry.Action = ['ecr:GetAuthorizationToken', 'ecr:DeleteRepository']
  }),
  statement(build, 'PullAndPushImages', 'allows everything but deleting', entry => {
    delete entry.Action
    entry.NotAction = 'ecr:DeleteRepository'
  }),
  statement(build, 'PullAndPushImages', 'speaks of everything but one repository', entry => {
    entry.NotResource = entry.Resource
    delete entry.Resource
  }),
  statement(build, 'PullAndPushImages', 'names a repository, not its ARN', entry => {
    entry.Resource = {Ref: 'RegistryRepository'}
  }),
  planted(build, 'may start any build', properties => {
    properties.Policies[0].PolicyDocument.Statement.push({
      Effect: 'Allow',
      Action: 'codebuild:StartBuild',
      Resource: {'Fn::Sub': 'arn:${AWS::Partition}:codebuild:${AWS::Region}:${AWS::AccountId}:project/*'},
    })
  }),
  statement(execPolicy, 'WriteSessionLog', 'writes to every log group', entry => {
    entry.Resource = {
      'Fn::Sub': 'arn:${AWS::Partition}:logs:${AWS::Region}:${AWS::AccountId}:log-group:*',
    }
  }),
  planted(agent, 'knows one partition', properties => anywhere(properties, '${AWS::Partition}', 'aws')),
  planted(agent, 'knows one region', properties => anywhere(properties, '${AWS::Region}', 'us-west-2')),
  planted(agent, 'invokes every model', properties =>
    anywhere(properties, 'foundation-model/${AgentModelId}', 'foundation-model/*'),
  ),
  planted(policy, 'reads the secrets of every environment', properties => {
    properties.PolicyDocument.Statement[0].Resource = {
      'Fn::Sub': 'arn:${AWS::Partition}:secretsmanager:${AWS::Region}:${AWS::AccountId}:secret:*',
    }
  }),
  planted(policy, 'pulls images of another account', properties =>
    anywhere(properties, '${AWS::AccountId}', '999999999999'),
  ),
  planted(task, 'has a policy of AWS', properties => {
    properties.ManagedPolicyArns.push({
      'Fn::Sub': 'arn:${AWS::Partition}:iam::aws:policy/AdministratorAccess',
    })
  }),
  planted(task, 'can be taken on by everyone', properties => {
    properties.AssumeRolePolicyDocument.Statement[0].Principal = {AWS: '*'}
  }),
  planted(task, 'can be taken on by every service', properties => {
    properties.AssumeRolePolicyDocument.Statement[0].Principal = {Service: '*'}
  }),
  planted(placeAt('compute', 'BuildEndedPermission'), 'lets every rule invoke the function', properties => {
    delete properties.SourceArn
  }),
  planted(placeAt('compute', 'BuildEndedPermission'), 'lets everyone invoke the function', properties => {
    properties.Principal = '*'
  }),
  ...['DatabaseKey', 'KeptDatabaseKey'].map(key =>
    planted(placeAt('data', key), 'is open to everyone', properties => {
      properties.KeyPolicy.Statement[0].Principal = {AWS: '*'}
    }),
  ),
  planted(placeAt('data', 'FileSystem'), 'lets clients be root', properties => {
    properties.FileSystemPolicy.Statement[1].Action.push('elasticfilesystem:ClientRootAccess')
  }),
  planted(placeAt('data', 'FileSystem'), 'admits everyone from everywhere', properties => {
    delete properties.FileSystemPolicy.Statement[1].Condition
  }),
  planted(placeAt('services', 'AlarmTopicPolicy'), 'takes alarms of every account', properties => {
    delete properties.PolicyDocument.Statement[0].Condition
  }),
  planted(placeAt('services', 'AlarmTopicPolicy'), 'takes every alarm of the account', properties => {
    const {ArnLike: source} = properties.PolicyDocument.Statement[0].Condition
    source['aws:SourceArn'] = {'Fn::Sub': 'arn:${AWS::Partition}:cloudwatch:*:${AWS::AccountId}:alarm:*'}
  }),
  planted(placeAt('services', 'AlarmTopicPolicy'), 'speaks of every topic', properties => {
    properties.PolicyDocument.Statement[0].Resource = '*'
  }),
  {
    name: 'a repository has a policy that admits everyone',
    property: 'least-privilege',
    at: 'compute.RegistryRepository',
    plant({compute}) {
      compute.Resources.RegistryRepository.Properties.RepositoryPolicyText = {
        Statement: [{Effect: 'Allow', Principal: '*', Action: 'ecr:BatchGetImage'}],
      }
    },
  },
]
