import {expect, test} from 'vitest'
import {deletingCommand} from '../../src/aws/deleting-command.js'
import {interfaceOwner} from '../../src/aws/interface-owner.js'

const facts = {
  ...{id: 'eni-1', description: '', instanceId: undefined, isAvailable: false, requester: undefined},
  place: {partition: 'aws', region: 'us-west-2', account: '123456789012'},
}
const reach = {region: 'us-west-2', endpoint: undefined}

test.each([
  [
    'AWS Lambda VPC ENI-search-1111aaaa-2222-3333-4444-555566667777',
    'the Lambda function search',
    'lambda delete-function --function-name search ',
  ],
  [
    'ELB app/theirs/0a1b',
    'the load balancer theirs',
    'load-balancer-arn arn:aws:elasticloadbalancing:us-west-2:123456789012:loadbalancer/app/theirs/0a1b ',
  ],
  ['ELB old', 'the Classic Load Balancer old', 'elb delete-load-balancer --load-balancer-name old '],
  [
    'EFS mount target for fs-1 (fsmt-1)',
    'the file system fs-1',
    'delete-mount-target --mount-target-id fsmt-1 ',
  ],
  ['Interface for NAT Gateway nat-1', 'the NAT gateway nat-1', 'delete-nat-gateway --nat-gateway-id nat-1 '],
  ['Network interface for DBProxy theirs', 'the database proxy theirs', '--db-proxy-name theirs '],
  [
    'AWS created network interface for directory d-0a1b',
    'the directory d-0a1b of AWS Directory Service',
    'ds delete-directory --directory-id d-0a1b ',
  ],
])('of %s is %s', (description, owner, command) => {
  const found = interfaceOwner({...facts, description, requester: 'amazon-x'})
  expect(found.owner).toBe(owner)
  expect(found.target && deletingCommand(reach, found.target)).toContain(command)
})

test('an instance goes before what its interface says', () => {
  const found = interfaceOwner({...facts, instanceId: 'i-1', description: 'ELB app/a/1'})
  expect(found).toMatchObject({owner: 'the instance i-1', target: {kind: 'ec2:instance', name: 'i-1'}})
})

test('one that nobody uses is deleted itself, one that somebody uses is not', () => {
  expect(interfaceOwner({...facts, isAvailable: true}).target?.kind).toBe('ec2:network-interface')
  expect(interfaceOwner({...facts, description: 'ElastiCache x', requester: 'amazon-elasticache'})).toEqual({
    owner: 'amazon-elasticache (ElastiCache x)',
    id: undefined,
    target: undefined,
  })
})
