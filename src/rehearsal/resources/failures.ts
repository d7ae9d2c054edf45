import type {World} from '../account/world.js'
import {handlerFailure, ResourceFailure} from './resource-provider.js'

/** The words of a handler that passes on what a service answered. */
export function serviceFailure(
  world: World,
  service: string,
  message: string,
  options: {status?: number; code?: string} = {},
): ResourceFailure {
  const {status = 400, code = 'GeneralServiceException'} = options
  return handlerFailure(
    world,
    `${message} (Service: ${service}, Status Code: ${status}, Request ID: ${world.newUuid()}) (SDK Attempt Count: 1)`,
    code,
  )
}

/** The words of a type that CloudFormation still handles itself, with the service's error code in them. */
export function cloudFormationFailure(
  world: World,
  service: string,
  message: string,
  errorCode: string,
): ResourceFailure {
  return new ResourceFailure(
    `${message} (Service: ${service}; Status Code: 400; Error Code: ${errorCode}; Request ID: ${world.newUuid()}; Proxy: null)`,
  )
}

export function ec2Failure(world: World, message: string, errorCode: string): ResourceFailure {
  return cloudFormationFailure(world, 'AmazonEC2', message, errorCode)
}
