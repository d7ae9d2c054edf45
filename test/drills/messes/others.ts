import {EC2} from '@aws-sdk/client-ec2'
import {RDS} from '@aws-sdk/client-rds'
import {somebodyLeaves, somebodyMakes} from '../situations/somebody.js'
import type {Mess} from './mess.js'

/** What holds the deletion up: others are to decide, and are told what and how. */
export const others: readonly Mess[] = [
  {
    name: 'a network interface in a subnet',
    make: ({account, id}) =>
      new EC2(account.clientConfig).createNetworkInterface({
        SubnetId: id('PrivateSubnet1'),
        Description: 'of a student',
      }),
    stops: {
      exit: 1,
      says: [
        /PrivateSubnet1 \(AWS::EC2::Subnet\) failed: .*has dependencies/,
        /ec2:network-interface eni-\w+, of \d{12} \(of a student\)/,
        /aws ec2 delete-network-interface --network-interface-id eni-/,
      ],
      gone: /AWS::EC2::NetworkInterface\/eni-\w+ is gone$/,
    },
  },
  {
    name: 'a rule that lets a security group of others in',
    make: ({account, id}) =>
      somebodyMakes(account, {
        Group: {
          Type: 'AWS::EC2::SecurityGroup',
          Properties: {
            GroupDescription: 'A scanner',
            VpcId: id('Vpc'),
            SecurityGroupIngress: [
              {IpProtocol: 'tcp', FromPort: 22, ToPort: 22, SourceSecurityGroupId: id('EfsSecurityGroup')},
            ],
          },
        },
        Rule: {
          Type: 'AWS::EC2::SecurityGroupIngress',
          Properties: {
            GroupId: id('EfsSecurityGroup'),
            IpProtocol: 'tcp',
            FromPort: 2049,
            ToPort: 2049,
            SourceSecurityGroupId: {Ref: 'Group'},
          },
        },
      }),
    stops: {
      exit: 1,
      says: [
        /SecurityGroup \(AWS::EC2::SecurityGroup\) failed: .*has a dependent object/,
        /ec2:security-group sg-\w+, of the stack somebody-elses-things/,
      ],
      byHand: ({account}) => somebodyLeaves(account),
      gone: /somebody-elses-things|AWS::EC2::SecurityGroup(Ingress)?\/\S+ is gone$/,
    },
  },
  {
    name: 'a database that was protected against deletion',
    make: ({account, id}) =>
      new RDS(account.clientConfig).modifyDBCluster({
        DBClusterIdentifier: id('DatabaseCluster'),
        DeletionProtection: true,
      }),
    stops: {
      exit: 3,
      says: [
        /Database cluster \S+ is protected against deletion\. Nothing was deleted/,
        /mcpgw teardown --rehearse --lift-protection/,
        /aws rds modify-db-cluster --no-deletion-protection .*--db-cluster-identifier \S+/,
      ],
    },
  },
  {
    name: 'a stack of others that imports an export',
    make: ({account}) =>
      somebodyMakes(account, {
        Topic: {
          Type: 'AWS::SNS::Topic',
          Properties: {DisplayName: {'Fn::ImportValue': 'mcp-gateway-VpcId'}},
        },
      }),
    stops: {
      exit: 3,
      says: [/somebody-elses-things/, /mcp-gateway-VpcId/],
      byHand: ({account}) => somebodyLeaves(account),
      gone: /somebody-elses-things|AWS::SNS::Topic\/\S+ is gone$/,
    },
  },
  {
    name: 'what an older version left: a repository, a parameter and a log group, tagged and of no stack',
    async make({account}) {
      const keep = {DeletionPolicy: 'Retain'}
      const Tags = [{Key: 'mcpgw:environment', Value: 'mcp-gateway'}]
      await somebodyMakes(account, {
        Images: {
          Type: 'AWS::ECR::Repository',
          ...keep,
          Properties: {RepositoryName: 'mcp-gateway-metrics', Tags},
        },
        Setting: {
          Type: 'AWS::SSM::Parameter',
          ...keep,
          Properties: {
            Name: '/mcp-gateway/old',
            Type: 'String',
            Value: 'x',
            Tags: {'mcpgw:environment': 'mcp-gateway'},
          },
        },
        Lines: {
          Type: 'AWS::Logs::LogGroup',
          ...keep,
          Properties: {LogGroupName: '/mcp-gateway/metrics', Tags},
        },
      })
      await somebodyLeaves(account)
    },
    stops: {
      exit: 1,
      says: [
        /mcp-gateway-metrics: It still carries the tag/,
        /mcp-gateway\/old: /,
        /\/mcp-gateway\/metrics: /,
      ],
    },
  },
]
