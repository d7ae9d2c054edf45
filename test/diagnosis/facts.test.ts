import {describe, expect, it, test} from 'vitest'
import {explain} from '../../src/diagnosis/explain.js'
import {parseTemplate} from '../../src/template/index.js'

const stackId = 'arn:aws:cloudformation:eu-west-1:123456789012:stack/demo-NetworkStack-1A/1'
const place = {label: 'network', stackName: 'demo-NetworkStack-1A', stackId, status: 'DELETE_FAILED'}

/** What is advised for a resource of the network stack of `demo`. */
function advised(failure: {
  type: string
  reason: string
  physicalId?: string
  label?: string
  stackName?: string
  status?: string
}) {
  return explain({...place, logicalId: 'It', ...failure})?.advice
}

describe('advice has the values of the failure in it', () => {
  test.each([
    [
      'the VPC',
      'AWS::EC2::VPC',
      "The vpc 'vpc-0a1b' has dependencies and cannot be deleted.",
      'Values=vpc-0a1b',
    ],
    [
      'the subnet',
      'AWS::EC2::Subnet',
      "The subnet 'subnet-0a1b' has dependencies and cannot be deleted.",
      'Values=subnet-0a1b',
    ],
    [
      'the security group',
      'AWS::EC2::SecurityGroup',
      'resource sg-0a1b has a dependent object',
      'Values=sg-0a1b',
    ],
    [
      'an export',
      'AWS::CloudFormation::Stack',
      'Delete canceled. Cannot delete export demo-VpcId as it is in use by demo-data.',
      'export-name demo-VpcId',
    ],
    [
      'a name in braces',
      'AWS::Logs::LogGroup',
      'identifier \'{"/properties/LogGroupName":"/ecs/demo-registry"}\' already exists.',
      'log-group-name /ecs/demo-registry',
    ],
    [
      'an ARN',
      'AWS::KMS::Key',
      'arn:aws:kms:us-west-2:123456789012:key/1234-abcd is pending deletion.',
      'key-id 1234-abcd',
    ],
  ])('%s', (_what, type, reason, expected) => {
    expect(advised({type, reason})).toContain(expected)
  })

  it('what the resource is called', () => {
    const reason = 'Cannot delete protected Cluster, please disable deletion protection and try again.'
    expect(advised({type: 'AWS::RDS::DBCluster', reason, physicalId: 'demo-cluster-1'})).toContain(
      '--db-cluster-identifier demo-cluster-1 ',
    )
    expect(advised({type: 'AWS::RDS::DBCluster', reason, physicalId: 'It'})).toContain('RDS console')
  })

  it('the service and its cluster', () => {
    const physicalId = 'arn:aws:ecs:eu-west-1:123456789012:service/demo-cluster/demo-registry'
    const advice = advised({type: 'AWS::ECS::Service', reason: 'Exceeded attempts to wait', physicalId})
    expect(advice).toContain('--cluster demo-cluster --services demo-registry ')
  })

  it('the environment, in either layout, even where it is called like a stack', () => {
    const proxy = {type: 'AWS::RDS::DBProxyTargetGroup', reason: 'Exceeded attempts to wait'}
    expect(advised(proxy)).toContain('--db-proxy-name demo-keycloak-proxy`')
    expect(advised({...proxy, label: 'data', stackName: 'a-data-data'})).toContain(' a-data-keycloak-proxy`')
    expect(advised({...proxy, label: 'main', stackName: 'a-data'})).toContain(' a-data-keycloak-proxy`')
  })

  it('the name that a template gives it, where it is made of the environment alone', () => {
    const source = `Parameters: {EnvironmentName: {Type: String}}
Resources:
  It: {Type: AWS::SSM::Parameter, Properties: {Name: !Sub '/\${EnvironmentName}/it', Type: String, Value: x}}
  Other: {Type: AWS::SSM::Parameter, Properties: {Name: !Sub '/\${AWS::StackName}', Type: String, Value: x}}`
    const templates = new Map([['network-stack.yaml', {template: parseTemplate(source)}]])
    const failure = {
      ...place,
      type: 'AWS::SSM::Parameter',
      reason: 'The parameter already exists.',
      status: 'CREATE_FAILED',
    }
    expect(explain({...failure, logicalId: 'It'}, templates)?.advice).toContain('--name /demo/it`')
    expect(explain({...failure, logicalId: 'Other'}, templates)?.advice).toContain('the message names it')
  })

  it('nothing of AWS that a shell would run', () => {
    const advice = advised({
      type: 'AWS::RDS::DBCluster',
      reason: 'Cannot delete protected Cluster',
      physicalId: '$(id); x',
    })
    expect(advice).toContain("--db-cluster-identifier '$(id); x' ")
  })
})

describe('advice that fits the moment', () => {
  it('does not restore a secret to delete the database that was made with it', () => {
    const reason =
      "Could not read a value from the resolved secret: Secrets Manager can't find the specified secret."
    const advice = advised({type: 'AWS::RDS::DBCluster', reason, physicalId: 'demo-1'})
    expect(advice).toContain(
      'aws rds delete-db-cluster --skip-final-snapshot --db-cluster-identifier demo-1`',
    )
    expect(advice).not.toContain('restore')
  })

  it('never deletes a stack of the environment for an export', () => {
    const reason = 'Export demo-VpcId cannot be updated as it is in use by demo-DataStack-1A'
    expect(advised({type: 'AWS::CloudFormation::Stack', reason, status: 'UPDATE_FAILED'})).not.toMatch(
      /[Dd]elete the stack/,
    )
  })
})
