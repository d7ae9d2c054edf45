import {vpcFunctionSeconds} from '../../../durations.js'
import {serviceFailure} from '../../resources/failures.js'
import {nameFor} from '../../resources/names.js'
import {readyAt} from '../../resources/progress.js'
import type {ProviderRequest, ResourceProvider} from '../../resources/resource-provider.js'
import {about} from '../../resources/timing.js'
import {record, texts} from '../../resources/values.js'
import {functionType, permissionType} from './functions.js'
import {expectRuns} from './invocations.js'

const lambdaFunction: ResourceProvider = {
  type: functionType,
  create(request) {
    const {world, region} = request
    checkNetwork(request)
    const name = nameFor(request, functionType, 'FunctionName', {maxLength: 64})
    expectRuns(world, request.properties.Code)
    return {
      physicalId: name,
      attributes: {
        Arn: `arn:aws:lambda:${region.name}:${world.account.id}:function:${name}`,
        'SnapStartResponse.ApplyOn': 'None',
        'SnapStartResponse.OptimizationStatus': 'Off',
      },
    }
  },
  update(_resource, request) {
    checkNetwork(request)
    return undefined
  },
  stabilized({physicalId, properties, createdAt, data}, {world}, operation) {
    if (operation === 'update' || texts(record(properties.VpcConfig).SubnetIds).length === 0) {
      return {state: 'ready'}
    }
    const since = operation === 'create' ? createdAt : Number(data.deletingAt)
    return readyAt(world, since + about(world, vpcFunctionSeconds[operation], physicalId, operation) * 1000)
  },
  deleting(resource, {world}) {
    resource.data.deletingAt = world.now
  },
}

/** Whether the network that a function is to reach exists. @throws ResourceFailure in Lambda's words. */
function checkNetwork({world, region, properties}: ProviderRequest): void {
  const {SubnetIds, SecurityGroupIds} = record(properties.VpcConfig)
  const unknown = (call: string, code: string, thing: string, id: string) =>
    serviceFailure(
      world,
      'Lambda',
      `Error occurred while ${call}. EC2 Error Code: ${code}. EC2 Error Message: The ${thing} '${id}' does not exist`,
      {code: 'InvalidRequest'},
    )
  for (const id of texts(SubnetIds)) {
    if (world.resource(region, 'AWS::EC2::Subnet', id)) continue
    throw unknown('DescribeSubnets', 'InvalidSubnetID.NotFound', 'subnet ID', id)
  }
  for (const id of texts(SecurityGroupIds)) {
    if (world.resource(region, 'AWS::EC2::SecurityGroup', id)) continue
    throw unknown('DescribeSecurityGroups', 'InvalidGroup.NotFound', 'security group', id)
  }
}

const permission: ResourceProvider = {
  type: permissionType,
  create(request) {
    const id = request.generatedName(100)
    return {physicalId: id, attributes: {Id: id}}
  },
}

export const lambdaProviders: readonly ResourceProvider[] = [lambdaFunction, permission]
