import {beforeEach, expect, test} from 'vitest'
import type {NetworkContent} from '../../../src/aws/network-contents.js'
import {failed} from '../../../src/errors.js'
import type {TeardownContext} from '../../../src/steps/teardown/context.js'
import {deleteLeftInterfaces} from '../../../src/steps/teardown/left-interfaces.js'
import {listener, teardownContext} from '../../helpers/contexts.js'
import {FakeAws} from '../../helpers/fake-aws.js'
import {virtualClock} from '../../helpers/virtual-clock.js'

const balancer = 'arn:aws:elasticloadbalancing:us-west-2:1:loadbalancer/app/class-alb/0a1b'
const resource = (type: string, physicalId: string, status = 'CREATE_COMPLETE') => ({
  ...{logicalId: physicalId, type, physicalId, status},
})
const left = (id: string, more: Partial<NetworkContent>): NetworkContent => ({
  ...{kind: 'ec2:network-interface', id, owner: 'something', groups: ['sg-theirs'], target: undefined},
  isLeft: true,
  ...more,
})
let context: TeardownContext
let deleted: string[]

beforeEach(() => {
  const clock = virtualClock()
  const aws = new FakeAws(clock)
  deleted = []
  aws.networkContents.deleteInterface = async id => void deleted.push(id)
  aws.networkContents.interfaces = async () => [
    left('of-our-balancer', {ownerId: 'app/class-alb/0a1b'}),
    left('of-a-balancer-of-class-7', {ownerId: 'app/class-7-alb/0a1b'}),
    left('of-our-function', {ownerId: 'class-build-trigger'}),
    left('of-another-function', {ownerId: 'class-build-trigger-2'}),
    left('in-our-group', {ownerId: 'old', groups: ['sg-ours']}),
    left('in-another-group-too', {ownerId: 'old', groups: ['sg-ours', 'sg-theirs']}),
    left('in-use', {ownerId: 'class-build-trigger', isLeft: false}),
  ]
  const resources = [
    resource('AWS::EC2::VPC', 'vpc-1'),
    resource('AWS::EC2::SecurityGroup', 'sg-ours'),
    resource('AWS::ElasticLoadBalancingV2::LoadBalancer', balancer, 'DELETE_COMPLETE'),
    resource('AWS::Lambda::Function', 'class-build-trigger', 'DELETE_COMPLETE'),
  ]
  context = {
    ...teardownContext(aws, clock),
    inventory: [{label: 'network', resources}],
    identity: {account: '1', arn: 'arn:aws:iam::1:user/a', partition: 'aws'} as TeardownContext['identity'],
  } as TeardownContext
})

const tools = () => ({...listener(), signal: new AbortController().signal})

test('interfaces that our load balancers and functions left go, by whole names; no others do', async () => {
  expect(await deleteLeftInterfaces(context, tools())).toBe(3)
  expect(deleted).toEqual(['of-our-balancer', 'of-our-function', 'in-our-group'])
  expect(context.cleaned.map(({name}) => name)).toEqual(deleted)
})

test('one that may not be deleted is told, and not counted', async () => {
  context.aws.networkContents.deleteInterface = async () => {
    throw failed('ACCESS_DENIED', 'You may not.')
  }
  const {tell, notes} = listener()
  expect(await deleteLeftInterfaces(context, {tell, signal: new AbortController().signal})).toBe(0)
  expect(notes()[0]).toBe('ec2:network-interface of-our-balancer stays: You may not.')
  expect(context.cleaned).toEqual([])
})
