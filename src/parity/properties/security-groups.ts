import type {TypeTable} from './row.js'
import {identifiers, ignored, madeName, region, row, tags, without} from './table.js'

const group = 'AWS::EC2::SecurityGroup'
const words = ignored('description', 'Words about a rule; the rule itself is compared.')

/** Groups; their rules are compared as a whole, in whatever resources they stand. */
export const securityGroups: readonly TypeTable[] = [
  {
    terraform: 'aws_security_group',
    cloudFormation: group,
    rows: [
      region,
      tags,
      ...madeName('GroupName'),
      row('description', 'GroupDescription', {terraformDefault: 'Managed by Terraform'}),
      row('vpc_id', 'VpcId'),
      ignored('revoke_rules_on_delete', 'How Terraform deletes a group.'),
    ],
    computed: [...identifiers, 'owner_id'],
    elsewhere: ['ingress', 'egress', 'SecurityGroupIngress', 'SecurityGroupEgress'],
  },
  {
    terraform: 'aws_security_group_rule',
    cloudFormation: group,
    rows: [region, words],
    computed: [...identifiers, 'security_group_rule_id'],
    elsewhere: [
      'type',
      'protocol',
      'from_port',
      'to_port',
      'cidr_blocks',
      'ipv6_cidr_blocks',
      'prefix_list_ids',
      'self',
      'source_security_group_id',
      'security_group_id',
    ],
  },
  ...['aws_vpc_security_group_ingress_rule', 'aws_vpc_security_group_egress_rule'].map(terraform => ({
    terraform,
    cloudFormation: group,
    rows: [region, words, without('tags', null, {as: 'tags'})],
    computed: [...identifiers, 'security_group_rule_id'],
    elsewhere: [
      'ip_protocol',
      'from_port',
      'to_port',
      'cidr_ipv4',
      'cidr_ipv6',
      'prefix_list_id',
      'referenced_security_group_id',
      'security_group_id',
    ],
  })),
]
