import {functionType, permissionType} from '../simulation/functions.js'
import {expectRuns} from '../simulation/invocations.js'
import type {Kind} from './kind.js'
import {nameFor} from './names.js'

const lambdaFunction: Kind = {
  type: functionType,
  create(request) {
    const {world, region} = request
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
  update: () => undefined,
}

const permission: Kind = {
  type: permissionType,
  create(request) {
    const id = request.generatedName(100)
    return {physicalId: id, attributes: {Id: id}}
  },
}

export const lambdaKinds: readonly Kind[] = [lambdaFunction, permission]
