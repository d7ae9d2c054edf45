import {EFS} from '@aws-sdk/client-efs'
import {IAM} from '@aws-sdk/client-iam'
import {RDS} from '@aws-sdk/client-rds'
import {ServiceDiscovery} from '@aws-sdk/client-servicediscovery'
import type {Situation} from '../harness/rule-drill.js'
import {somebodyMakes} from './somebody.js'

const teardown = {start: 'individual', command: 'mcpgw teardown'} as const

/** The interface that somebody put into a subnet. */
let theirs = ''

/** What keeps something from being deleted: each advice deletes, lifts a protection, or has somebody stop something. */
export const deletion: readonly Situation[] = [
  {
    ...teardown,
    rule: 'security-group-in-use',
    make: ({account, id}) =>
      somebodyMakes(account, {
        Interface: {
          Type: 'AWS::EC2::NetworkInterface',
          Properties: {SubnetId: id('PrivateSubnet1'), GroupSet: [id('EfsSecurityGroup')]},
        },
      }),
  },
  {
    ...teardown,
    rule: 'vpc-in-use',
    make: ({account, id}) =>
      somebodyMakes(account, {
        Group: {
          Type: 'AWS::EC2::SecurityGroup',
          Properties: {GroupDescription: 'A scanner', VpcId: id('Vpc')},
        },
      }),
  },
  {
    ...teardown,
    rule: 'public-addresses-in-use',
    faults: ({id}) => [
      `fail-delete AWS::EC2::VPCGatewayAttachment message="Network ${id('Vpc')} has some mapped public address(es). Please unmap those public address(es) before detaching the gateway."`,
    ],
    says: /^Wait five minutes and tear down again/,
  },
  {
    ...teardown,
    rule: 'network-interface-in-use',
    make: ({account, id}) =>
      somebodyMakes(account, {
        Theirs: {
          Type: 'AWS::EC2::NetworkInterface',
          Properties: {SubnetId: id('PrivateSubnet1')},
        },
      }).then(({Theirs}) => {
        theirs = Theirs ?? ''
      }),
    faults: () => [`fail-delete PrivateSubnet1 message="Network interface ${theirs} is in use."`],
  },
  {
    ...teardown,
    rule: 'address-in-use',
    faults: ({id}) => [
      `fail-delete NatEip1 message="InvalidIPAddress.InUse: Address ${id('NatEip1')} is in use."`,
    ],
    says: /^See what uses it: `aws ec2 describe-addresses/,
  },
  {
    ...teardown,
    rule: 'database-snapshot-exists',
    async make({account, id}) {
      await new RDS(account.clientConfig).createDBClusterSnapshot({
        DBClusterIdentifier: id('DatabaseCluster'),
        DBClusterSnapshotIdentifier: 'before-class',
      })
      await account.pass(600)
    },
    faults: () => [
      'fail-delete DatabaseCluster message="Cannot create the cluster snapshot because one with the identifier before-class already exists."',
    ],
    kept: /before-class-copy/,
  },
  {
    ...teardown,
    rule: 'target-group-in-use',
    // A listener of the environment's own load balancer goes with that within minutes; this one does not.
    faults: ({id}) => [
      `fail-delete GradioTargetGroup message="Target group '${id('GradioTargetGroup')}' is currently in use by a listener or a rule"`,
    ],
    says: /Delete the listener or rule there that forwards to it: EC2 console, Load balancers/,
  },
  {
    ...teardown,
    rule: 'database-has-members',
    make: ({account, id}) =>
      somebodyMakes(account, {
        Reader: {
          Type: 'AWS::RDS::DBInstance',
          Properties: {
            DBClusterIdentifier: id('DatabaseCluster'),
            DBInstanceClass: 'db.serverless',
            Engine: 'aurora-mysql',
          },
        },
      }),
    says: /delete any others in the RDS console/,
    async byHand({account}, [{DBClusters}]) {
      for (const {DBInstanceIdentifier} of DBClusters[0].DBClusterMembers)
        await new RDS(account.clientConfig).deleteDBInstance({DBInstanceIdentifier})
      await account.pass(3600)
    },
  },
  {
    ...teardown,
    rule: 'file-system-in-use',
    async make({account, id}) {
      const efs = new EFS(account.clientConfig)
      const FileSystemId = id('FileSystem')
      const {MountTargets: [ours] = []} = await efs.describeMountTargets({FileSystemId})
      await efs.deleteMountTarget({MountTargetId: ours?.MountTargetId})
      await account.pass(600)
      const Properties = {FileSystemId, SubnetId: ours?.SubnetId, SecurityGroups: [id('EfsSecurityGroup')]}
      await somebodyMakes(account, {Theirs: {Type: 'AWS::EFS::MountTarget', Properties}})
    },
    says: /Delete them \(EFS console, Network\)/,
    async byHand({account}, [{MountTargets}]) {
      const efs = new EFS(account.clientConfig)
      for (const {MountTargetId} of MountTargets) await efs.deleteMountTarget({MountTargetId})
      await account.pass(600)
    },
  },
  {
    ...teardown,
    rule: 'capacity-provider-in-use',
    faults: () => [
      'fail-delete AWS::ECS::ClusterCapacityProviderAssociations message="The specified capacity provider is in use and cannot be removed."',
    ],
    says: /^Wait a few minutes and tear down again/,
  },
  {
    ...teardown,
    rule: 'namespace-in-use',
    make: ({account, id}) =>
      somebodyMakes(account, {
        Notes: {
          Type: 'AWS::ServiceDiscovery::Service',
          Properties: {
            Name: 'notes',
            NamespaceId: id('ServiceDiscoveryNamespace'),
            DnsConfig: {DnsRecords: [{Type: 'A', TTL: 60}]},
          },
        },
      }),
    says: /delete them in the AWS Cloud Map console/,
    async byHand({account}, [{Services}]) {
      for (const {Id} of Services) await new ServiceDiscovery(account.clientConfig).deleteService({Id})
    },
  },
  {
    ...teardown,
    rule: 'role-in-use',
    make: ({account, id}) =>
      somebodyMakes(account, {
        Policy: {
          Type: 'AWS::IAM::ManagedPolicy',
          Properties: {
            Roles: [id('TaskRole')],
            PolicyDocument: {
              Version: '2012-10-17',
              Statement: [{Effect: 'Allow', Action: 's3:ListAllMyBuckets', Resource: '*'}],
            },
          },
        },
      }),
    says: /detach it in the IAM console, Roles/,
    async byHand({account, id}, [{AttachedPolicies}]) {
      const theirs = AttachedPolicies.filter(
        ({PolicyName}: {PolicyName: string}) => !/^Amazon|^AWS|^CloudWatch/.test(PolicyName),
      )
      for (const {PolicyArn} of theirs)
        await new IAM(account.clientConfig).detachRolePolicy({RoleName: id('TaskRole'), PolicyArn})
    },
  },
]
