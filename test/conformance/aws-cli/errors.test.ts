import {describe, expect, inject, test} from 'vitest'
import {awsError} from '../clients.js'

const {document} = inject('deployed')
const cluster = document.outputs.MainEcsClusterName

describe('what does not exist', () => {
  test.each([
    [
      'cloudformation describe-stacks --stack-name absent',
      'ValidationError',
      'Stack with id absent does not exist',
    ],
    [
      'cloudformation describe-stack-events --stack-name absent',
      'ValidationError',
      'Stack [absent] does not exist',
    ],
    [
      'cloudformation list-stack-resources --stack-name absent',
      'ValidationError',
      'Stack with id absent does not exist',
    ],
    [
      'ecs describe-services --cluster absent --services any',
      'ClusterNotFoundException',
      'Cluster not found.',
    ],
    ['ecs list-services --cluster absent', 'ClusterNotFoundException', 'Cluster not found.'],
    [
      `ecs update-service --cluster ${cluster} --service absent`,
      'ServiceNotFoundException',
      'Service not found.',
    ],
    ['s3 ls s3://absent-bucket-of-nobody', 'NoSuchBucket', 'The specified bucket does not exist'],
    ['s3api head-bucket --bucket absent-bucket-of-nobody', '404', 'Not Found'],
    [
      'elbv2 describe-load-balancers --names absent',
      'LoadBalancerNotFound',
      "Load balancers '[absent]' not found",
    ],
    [
      'elbv2 describe-target-groups --names absent',
      'TargetGroupNotFound',
      'One or more target groups not found',
    ],
    [
      'secretsmanager get-secret-value --secret-id absent',
      'ResourceNotFoundException',
      "Secrets Manager can't find the specified secret.",
    ],
    [
      'logs filter-log-events --log-group-name absent',
      'ResourceNotFoundException',
      'The specified log group does not exist.',
    ],
    [
      'ecr describe-images --repository-name absent',
      'RepositoryNotFoundException',
      `The repository with name 'absent' does not exist in the registry with id '${document.account}'`,
    ],
    [
      'ec2 describe-vpcs --vpc-ids vpc-0123456789abcdef0',
      'InvalidVpcID.NotFound',
      "The vpc ID 'vpc-0123456789abcdef0' does not exist",
    ],
    [
      'kms describe-key --key-id alias/absent',
      'NotFoundException',
      `Alias arn:aws:kms:us-west-2:${document.account}:alias/absent is not found.`,
    ],
  ])('aws %s ends with %s', async (command, code, message) => {
    expect(await awsError(...command.split(' '))).toEqual({code, message})
  })
})

describe('what the account does not have', () => {
  test.each([
    ['cloudformation create-stack-set --stack-set-name any', 'InvalidAction'],
    ['ec2 describe-instances', 'InvalidAction'],
    ['iam list-users', 'InvalidAction'],
    ['lambda list-layers', 'UnknownOperationException'],
    ['ecs list-account-settings', 'UnknownOperationException'],
  ])('aws %s is refused with %s', async (command, code) => {
    expect((await awsError(...command.split(' '))).code).toBe(code)
  })
})
