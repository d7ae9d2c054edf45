import fc from 'fast-check'
import type {Choice} from '../../../src/parity/templates/choice.js'
import {images, type Parameters, parameters, regions} from './parameters.js'

const partitions: Readonly<Record<string, string>> = {'cn-north-1': 'aws-cn', 'us-gov-west-1': 'aws-us-gov'}

/** Any valid choice. Every parameter of the main template is given, and varies. */
export const choices: fc.Arbitrary<Choice> = fc
  .record({
    region: fc.constantFrom(...regions),
    account: fc.stringMatching(/^[0-9]{12}$/),
    layout: fc.constantFrom<Choice['layout']>('nested', 'individual'),
    parameters,
  })
  .map(choice => ({...choice, partition: partitionOf(choice.region)}))

function partitionOf(region: string): string {
  return partitions[region] ?? 'aws'
}

const fiveRanges = '192.0.2.0/24,198.51.100.0/24,203.0.113.0/24,10.9.0.0/16,10.8.0.0/16'

/**
 * Few choices that together make every condition of every template true once and false once: enough to find a
 * planted defect wherever it hides, and the same ones each time.
 */
export const fixedChoices: readonly Choice[] = [
  fixed('us-west-2', 'nested', {}),
  fixed('ap-southeast-1', 'nested', {
    EnvironmentName: 'classroom-seventeen',
    AgentModelId: 'amazon.nova-lite-v1:0',
    AgentInferenceProfile: '',
    PermissionsBoundaryArn: 'arn:aws:iam::123456789012:policy/workshop-boundary',
    BaseDomain: 'mcp.example.com',
    AdminCidrBlocks: fiveRanges,
    HostedZoneId: 'Z0123456789ABCDEFGHIJ',
    IngressCidrBlocks: fiveRanges,
    DirectAccessCidrBlocks: fiveRanges,
    ContainerImagesBucket: 'prebuilt.images',
    ContainerImagesPrefix: 'mcp-gateway/v1.0.7/',
    ContainerImagesExportBucket: 'exported.images',
    ContainerImagesExportPrefix: 'mcp-gateway/v1.0.7/',
    ...Object.fromEntries(images.map(image => [`${image}ImageRepo`, `shared/${image.toLowerCase()}`])),
    EmbeddingsProvider: 'litellm',
    EmbeddingsModelName: 'bedrock/amazon.titan-embed-text-v2:0',
    EmbeddingsApiKey: 'sk-not-a-real-key',
    KeycloakAdminPassword: 'Admin.Password.1',
    KeycloakDatabasePassword: 'Data.Password.1',
    KeepDatabaseSnapshot: 'true',
    DatabaseThroughProxy: 'false',
    AlarmEmail: 'teacher@example.com',
  }),
  fixed('us-east-1', 'nested', {
    EnvironmentName: 'a1',
    VpcCidr: '172.31.0.0/16',
    CloudFrontPrefixListId: 'pl-82a045eb',
    AdminCidrBlocks: '192.0.2.0/24',
    OriginHeaderTurn: '6',
    EnableAutoScaling: 'false',
    EnableMonitoring: 'false',
    EmbeddingsProvider: 'litellm',
    EmbeddingsModelName: 'bedrock/amazon.titan-embed-text-v2:0',
  }),
  fixed('us-gov-west-1', 'individual', {
    EnvironmentName: 'short-names',
    BaseDomain: 'example.org',
    AdminCidrBlocks: '192.0.2.0/24,203.0.113.7/32',
    HostedZoneId: 'Z1',
    UseRegionalDomains: 'false',
    IngressCidrBlocks: '192.0.2.0/24,198.51.100.0/24',
    MinCapacity: '2',
    MaxCapacity: '9',
    ContainerImagesExportBucket: 'exported-images',
    ContainerImagesExportPrefix: 'v1.0.7/',
  }),
  fixed('cn-north-1', 'individual', {
    EnvironmentName: 'no-domain',
    AgentInferenceProfile: 'eu',
    PermissionsBoundaryArn: 'arn:aws:iam::123456789012:policy/workshop-boundary',
    AdminCidrBlocks: fiveRanges,
    OriginHeaderTurn: '3',
    DatabaseThroughProxy: 'false',
    DatabaseEngineVersion: '8.0.mysql_aurora.3.10.3',
    IngressCidrBlocks: fiveRanges,
    ContainerImagesBucket: 'prebuilt-images',
    AlarmEmail: 'teacher@example.com',
    EnableMonitoring: 'false',
  }),
]

function fixed(region: string, layout: Choice['layout'], chosen: Parameters): Choice {
  return {
    region,
    partition: partitionOf(region),
    account: '123456789012',
    layout,
    parameters: {TemplateS3Bucket: 'templates', ...chosen},
  }
}
