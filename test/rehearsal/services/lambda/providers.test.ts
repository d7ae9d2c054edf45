import {beforeEach, describe, expect, it} from 'vitest'
import {networkInterfaces} from '../../../../src/rehearsal/services/ec2/network-interfaces.js'
import {engineWorld} from '../../engine/engine-world.js'
import {Maker} from '../../helpers/providers.js'
import {testWorld} from '../../helpers/world.js'

const code = {Handler: 'index.handler', Runtime: 'nodejs22.x', Role: 'arn', Code: {ZipFile: ''}}
const network = {
  Vpc: {Type: 'AWS::EC2::VPC', Properties: {CidrBlock: '10.0.0.0/16'}},
  Place: {
    Type: 'AWS::EC2::Subnet',
    Properties: {VpcId: {Ref: 'Vpc'}, CidrBlock: '10.0.0.0/24'},
  },
  Guard: {
    Type: 'AWS::EC2::SecurityGroup',
    Properties: {VpcId: {Ref: 'Vpc'}, GroupDescription: 'the function'},
  },
}
const inVpc = {SubnetIds: [{Ref: 'Place'}], SecurityGroupIds: [{'Fn::GetAtt': ['Guard', 'GroupId']}]}

describe('a function in a VPC', () => {
  function functionStack(VpcConfig: object) {
    const account = engineWorld()
    account.create('demo', {
      Resources: {...network, Function: {Type: 'AWS::Lambda::Function', Properties: {...code, VpcConfig}}},
    })
    account.pass(300)
    const {resources, status} = account.find('demo')
    expect(status).toBe('CREATE_COMPLETE')
    account.remove('demo')
    return {...account, stackResource: (id: string) => resources[id]?.status}
  }

  it('keeps its subnets and security groups for the 20 minutes that its interfaces need to go', () => {
    const {pass, stackResource, world, region} = functionStack(inVpc)
    pass(19 * 60)
    expect(stackResource('Function')).toBe('DELETE_IN_PROGRESS')
    expect(stackResource('Place')).toBe('CREATE_COMPLETE')
    expect(stackResource('Guard')).toBe('CREATE_COMPLETE')
    expect(networkInterfaces(world, region)).toMatchObject([{type: 'lambda'}])
    pass(10 * 60)
    expect(stackResource('Function')).toBe('DELETE_COMPLETE')
    expect(stackResource('Vpc')).toBe('DELETE_COMPLETE')
    expect(networkInterfaces(world, region)).toEqual([])
  })

  it('is gone at once with a configuration that names no subnet', () => {
    const {pass, stackResource} = functionStack({SubnetIds: [], SecurityGroupIds: []})
    pass(60)
    expect(stackResource('Function')).toBe('DELETE_COMPLETE')
  })
})

describe('a function', () => {
  let maker: Maker

  beforeEach(() => {
    maker = new Maker(testWorld().world)
  })

  it.each([
    [
      {SubnetIds: ['subnet-0']},
      "Error occurred while DescribeSubnets. EC2 Error Code: InvalidSubnetID.NotFound. EC2 Error Message: The subnet ID 'subnet-0' does not exist",
    ],
    [
      {SecurityGroupIds: ['sg-0']},
      "Error occurred while DescribeSecurityGroups. EC2 Error Code: InvalidGroup.NotFound. EC2 Error Message: The security group 'sg-0' does not exist",
    ],
  ])('is refused in the unknown network %j', (VpcConfig, message) => {
    expect(() => maker.make('AWS::Lambda::Function', {...code, VpcConfig})).toThrow(message)
  })
})
