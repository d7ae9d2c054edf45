import {type Place, placeAt, plantedFor, resourcesOf} from './find.js'
import type {Mutation} from './mutation.js'
import {some} from './some.js'

const property = 'deletion'
const planted = plantedFor(property)

const stateful = resourcesOf(
  ...['AWS::CloudFormation::Stack', 'AWS::ECR::Repository', 'AWS::EFS::FileSystem', 'AWS::KMS::Key'],
  ...['AWS::Logs::LogGroup', 'AWS::RDS::DBCluster', 'AWS::RDS::DBInstance', 'AWS::SecretsManager::Secret'],
)

function policy({label, logicalId, at}: Place, name: string, value?: string): Mutation {
  return {
    name: `${at} ${value === undefined ? `does not state its ${name}` : `has the ${name} ${value}`}`,
    property,
    at,
    plant(documents) {
      const resource = documents[label].Resources[logicalId]
      if (value === undefined) delete resource[name]
      else resource[name] = value
    },
  }
}

export const deletionMutations: readonly Mutation[] = [
  ...some(stateful, 16).map(place =>
    policy(place, 'DeletionPolicy', place.logicalId.startsWith('Kept') ? 'Delete' : 'Retain'),
  ),
  ...some(stateful, 12).map(place => policy(place, 'DeletionPolicy')),
  ...some(stateful, 8).map(place => policy(place, 'UpdateReplacePolicy')),
  policy(placeAt('data', 'DatabaseCluster'), 'DeletionPolicy', 'Snapshot'),
  policy(placeAt('data', 'DatabaseCluster'), 'UpdateReplacePolicy', 'Snapshot'),
  policy(placeAt('data', 'DatabaseKey'), 'DeletionPolicy', 'RetainExceptOnCreate'),
  policy(placeAt('network', 'NatGateway1'), 'DeletionPolicy', 'Retain'),
  policy(placeAt('network', 'NatEip2'), 'UpdateReplacePolicy', 'Retain'),
  policy(placeAt('compute', 'MainAlb'), 'DeletionPolicy', 'RetainExceptOnCreate'),
  policy(placeAt('services', 'RegistryService'), 'DeletionPolicy', 'Retain'),
  ...some(resourcesOf('AWS::ECR::Repository'), 3).map(place =>
    planted(place, 'does not empty itself', properties => {
      delete properties.EmptyOnDelete
    }),
  ),
  ...resourcesOf('AWS::ElasticLoadBalancingV2::LoadBalancer').map(place =>
    planted(place, 'is protected', ({LoadBalancerAttributes: attributes}) => {
      attributes.find(({Key}: {Key: string}) => Key === 'deletion_protection.enabled').Value = 'true'
    }),
  ),
  ...resourcesOf('AWS::KMS::Key').map(place =>
    planted(place, 'is kept for 30 days', properties => {
      delete properties.PendingWindowInDays
    }),
  ),
  ...resourcesOf('AWS::RDS::DBCluster').flatMap(place => [
    planted(place, 'is protected', properties => {
      properties.DeletionProtection = true
    }),
    planted(place, 'keeps its backups', properties => {
      properties.DeleteAutomatedBackups = false
    }),
  ]),
  planted(placeAt('data', 'FileSystem'), 'is backed up', ({BackupPolicy: backup}) => {
    backup.Status = 'ENABLED'
  }),
  planted(placeAt('compute', 'BuildTriggerFunction'), 'is in the VPC', properties => {
    properties.VpcConfig = {SubnetIds: ['subnet-1'], SecurityGroupIds: ['sg-1']}
  }),
  {
    name: 'a bucket is left behind',
    property,
    at: 'data.Files',
    plant({data}) {
      data.Resources.Files = {
        Type: 'AWS::S3::Bucket',
        DeletionPolicy: 'Delete',
        UpdateReplacePolicy: 'Delete',
      }
    },
  },
  {
    name: 'the kept cluster is made when nobody asks for it',
    property,
    at: 'data.KeptDatabaseCluster',
    plant({data}) {
      data.Resources.KeptDatabaseCluster.Condition = 'LeavesNothing'
      data.Resources.KeptDatabaseCluster.Properties.KmsKeyId = {'Fn::GetAtt': ['DatabaseKey', 'Arn']}
    },
  },
  {
    name: 'the key of a kept snapshot is deleted',
    property,
    at: 'data.KeptDatabaseKey',
    plant({data}) {
      data.Resources.KeptDatabaseKey.DeletionPolicy = 'Delete'
      data.Resources.KeptDatabaseKey.UpdateReplacePolicy = 'Delete'
    },
  },
]
