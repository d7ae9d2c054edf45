import {beforeEach, describe, expect, it} from 'vitest'
import type {NetworkContent} from '../../../src/aws/network-contents.js'
import {failed} from '../../../src/errors.js'
import {silent} from '../../../src/progress.js'
import {deleteForeign} from '../../../src/steps/teardown/delete-foreign.js'
import {findForeign} from '../../../src/steps/teardown/foreign.js'
import {teardownContext} from '../../helpers/contexts.js'
import {FakeAws} from '../../helpers/fake-aws.js'
import {virtualClock} from '../../helpers/virtual-clock.js'

const tools = {tell: silent, signal: new AbortController().signal}
const clock = virtualClock()
let aws: FakeAws

beforeEach(() => {
  aws = new FakeAws(clock)
})

function context(vpcStatus = 'CREATE_COMPLETE') {
  const resource = (type: string, physicalId: string, status = 'CREATE_COMPLETE') => ({
    ...{logicalId: physicalId, physicalId, type, status},
  })
  const made = teardownContext(aws, clock)
  made.identity = aws.caller
  made.inventory = [
    {
      label: 'network',
      resources: [
        resource('AWS::EC2::VPC', 'vpc-1', vpcStatus),
        resource('AWS::EC2::SecurityGroup', 'sg-ours'),
        resource('AWS::ElasticLoadBalancingV2::LoadBalancer', 'arn:aws:x:loadbalancer/app/demo-alb/1'),
      ],
    },
  ]
  return made
}

const content = (kind: string, id: string, more: Partial<NetworkContent> = {}): NetworkContent => ({
  ...{kind, id, owner: 'somebody', target: {kind, arn: id, name: id}},
  ...more,
})
const attached = {target: undefined}
const eni = 'ec2:network-interface'

describe('what others put into the VPC', () => {
  it('is not what the stacks made, nor what comes and goes with that', async () => {
    aws.inNetwork.securityGroups = [content('ec2:security-group', 'sg-ours')]
    aws.inNetwork.interfaces = [
      content(eni, 'eni-1', {...attached, ownerId: 'app/demo-alb/1'}),
      content(eni, 'eni-2', {...attached, groups: ['sg-ours']}),
      content(eni, 'eni-3', {...attached, owner: 'amazon-vpce (VPC Endpoint Interface vpce-1)'}),
    ]
    expect(await findForeign(context())).toEqual([])
  })

  it('is told with its owner and what deletes it, each owner once, groups after what is in them', async () => {
    const lambda = {ownerId: 'search', target: {kind: 'lambda:function', arn: 'search', name: 'search'}}
    aws.inNetwork.securityGroups = [content('ec2:security-group', 'sg-theirs')]
    aws.inNetwork.interfaces = [
      content(eni, 'eni-1', lambda),
      content(eni, 'eni-2', lambda),
      content(eni, 'eni-3', {...attached, groups: ['sg-ours', 'sg-theirs']}),
    ]
    const found = await findForeign(context())
    expect(found.map(({id, command}) => [id, command?.split(' ').slice(0, 3).join(' ') ?? null])).toEqual([
      ['eni-2', 'aws lambda delete-function'],
      ['eni-3', null],
      ['sg-theirs', 'aws ec2 delete-security-group'],
    ])
    expect(found.map(({isPlumbing}) => isPlumbing)).toEqual([false, false, true])
  })

  it('is not looked for where the VPC is gone', async () => {
    aws.inNetwork.endpoints = [content('ec2:vpc-endpoint', 'vpce-1')]
    expect(await findForeign(context('DELETE_COMPLETE'))).toEqual([])
  })

  it('is found as far as AWS lets it be looked for', async () => {
    aws.inNetwork.endpoints = [content('ec2:vpc-endpoint', 'vpce-1')]
    aws.networkContents.peerings = () => Promise.reject(failed('ACCESS_DENIED', 'No.'))
    expect((await findForeign(context())).map(({id}) => id)).toEqual(['vpce-1'])
  })
})

describe('what is deleted when that is asked', () => {
  it('are endpoints, then unused interfaces, then groups; never what runs or holds something', async () => {
    aws.inNetwork.endpoints = [content('ec2:vpc-endpoint', 'vpce-1')]
    aws.inNetwork.securityGroups = [content('ec2:security-group', 'sg-theirs')]
    aws.inNetwork.peerings = [content('ec2:vpc-peering-connection', 'pcx-1')]
    aws.inNetwork.interfaces = [
      content(eni, 'eni-free'),
      content(eni, 'eni-busy', {target: {kind: 'ec2:instance', arn: 'i-1', name: 'i-1'}}),
    ]
    const made = context()
    expect(await deleteForeign(made, tools)).toBe(3)
    expect(aws.calls).toEqual(['delete vpce-1', 'delete eni-free', 'delete sg-theirs'])
    expect(made.cleaned.map(({name}) => name)).toEqual(['vpce-1', 'eni-free', 'sg-theirs'])
  })

  it('is not said to be gone when it stays', async () => {
    aws.inNetwork.endpoints = [content('ec2:vpc-endpoint', 'vpce-1')]
    aws.inNetwork.securityGroups = [content('ec2:security-group', 'sg-theirs')]
    aws.networkContents.deleteEndpoint = async () => {}
    aws.networkContents.deleteSecurityGroup = () => Promise.reject(failed('AWS_ERROR', 'In use.'))
    const made = context()
    expect(await deleteForeign(made, tools)).toBe(0)
    expect(made.cleaned).toEqual([])
  })
})
