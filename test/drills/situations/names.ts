import {ECS} from '@aws-sdk/client-ecs'
import {SecretsManager} from '@aws-sdk/client-secrets-manager'
import type {Situation} from '../harness/rule-drill.js'
import {leftBehind, somebodyLeaves, somebodyMakes} from './somebody.js'

/** As somebody deploys who does not let the preflight look for names. */
const checks = ['secrets', 'log-groups', 'repositories', 'parameters', 'load-balancer-names']
const command = ['mcpgw deploy --layout individual', ...checks].join(' --skip-check ')

const keyPolicy = {
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Principal: {AWS: {'Fn::Join': ['', ['arn:aws:iam::', {Ref: 'AWS::AccountId'}, ':root']]}},
      Action: 'kms:*',
      Resource: '*',
    },
  ],
}

/** A name that the environment needs is taken: each advice deletes what has it. */
export const names: readonly Situation[] = [
  {
    rule: 'log-group-exists',
    start: 'empty',
    command,
    make: ({account}) =>
      leftBehind(account, 'AWS::Logs::LogGroup', {
        LogGroupName: '/aws/rds/proxy/mcp-gateway-keycloak-proxy',
      }),
  },
  {
    rule: 'secret-exists',
    start: 'empty',
    command,
    make: ({account}) =>
      leftBehind(account, 'AWS::SecretsManager::Secret', {
        Name: 'mcp-gateway-secret-key',
        SecretString: 'x',
      }),
  },
  {
    rule: 'secret-pending-deletion',
    start: 'empty',
    command,
    async make({account}) {
      const secrets = new SecretsManager(account.clientConfig)
      await secrets.createSecret({Name: 'mcp-gateway-secret-key', SecretString: 'x'})
      await secrets.deleteSecret({SecretId: 'mcp-gateway-secret-key'})
    },
  },
  {
    rule: 'parameter-exists',
    start: 'empty',
    command,
    make: ({account}) =>
      leftBehind(account, 'AWS::SSM::Parameter', {
        Name: '/mcp-gateway/keycloak/admin',
        Type: 'String',
        Value: 'x',
      }),
  },
  {
    rule: 'repository-exists',
    start: 'network-and-data',
    command,
    make: ({account}) =>
      leftBehind(account, 'AWS::ECR::Repository', {RepositoryName: 'mcp-gateway-registry'}),
  },
  {
    rule: 'project-exists',
    start: 'network-and-data',
    command,
    make: ({account}) =>
      leftBehind(account, 'AWS::CodeBuild::Project', {
        Name: 'mcp-gateway-container-build',
        ServiceRole: 'arn:aws:iam::123456789012:role/somebody',
        Artifacts: {Type: 'NO_ARTIFACTS'},
        Environment: {
          Type: 'LINUX_CONTAINER',
          ComputeType: 'BUILD_GENERAL1_SMALL',
          Image: 'aws/codebuild/standard:7.0',
        },
        Source: {Type: 'NO_SOURCE', BuildSpec: 'version: 0.2'},
      }),
  },
  {
    rule: 'function-exists',
    start: 'network-and-data',
    command,
    make: ({account}) =>
      leftBehind(account, 'AWS::Lambda::Function', {
        FunctionName: 'mcp-gateway-build-trigger',
        Role: 'arn:aws:iam::123456789012:role/somebody',
        Runtime: 'nodejs22.x',
        Handler: 'index.handler',
        Code: {ZipFile: 'exports.handler = async () => {}'},
      }),
  },
  {
    rule: 'name-taken',
    start: 'network-and-data',
    command,
    make: ({account}) => leftBehind(account, 'AWS::ECS::Cluster', {ClusterName: 'mcp-gateway-ecs-cluster'}),
    says: /^Delete it if it is left over/,
    byHand: ({account}) => new ECS(account.clientConfig).deleteCluster({cluster: 'mcp-gateway-ecs-cluster'}),
  },
  {
    rule: 'alias-exists',
    start: 'network-and-compute',
    command,
    async make({account}) {
      await somebodyMakes(account, {
        Key: {Type: 'AWS::KMS::Key', DeletionPolicy: 'Retain', Properties: {KeyPolicy: keyPolicy}},
        Alias: {
          Type: 'AWS::KMS::Alias',
          DeletionPolicy: 'Retain',
          Properties: {AliasName: 'alias/mcp-gateway-rds', TargetKeyId: {Ref: 'Key'}},
        },
      })
      await somebodyLeaves(account)
    },
  },
]
