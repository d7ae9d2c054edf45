import type {Region, Resource} from '../../account/account.js'
import type {World} from '../../account/world.js'
import {number, record, text} from '../../resources/values.js'

export const functionType = 'AWS::Lambda::Function'
export const permissionType = 'AWS::Lambda::Permission'

/** Finds a function by name or ARN. */
export function findFunction(world: World, region: Region, reference: string): Resource | undefined {
  return world.resource(region, functionType, functionName(reference))
}

/** Whether a service may call a function on behalf of something: a permission of the function says so. */
export function mayInvoke(
  world: World,
  region: Region,
  lambda: Resource,
  principal: string,
  sourceArn: string,
): boolean {
  return world.resourcesOf(region, permissionType).some(({properties}) => {
    const {FunctionName, Principal, SourceArn} = properties
    return (
      functionName(text(FunctionName) ?? '') === lambda.physicalId &&
      Principal === principal &&
      (SourceArn === undefined || SourceArn === sourceArn)
    )
  })
}

/** Where a function's log lines go. */
export function logGroupOf(lambda: Resource): string {
  return text(record(lambda.properties.LoggingConfig).LogGroup) ?? `/aws/lambda/${lambda.physicalId}`
}

export function timeoutOf(lambda: Resource): number {
  return number(lambda.properties.Timeout) ?? 3
}

/** Why the account cannot run a function; undefined when it can. */
export function unsupported(lambda: Resource): string | undefined {
  const runtime = text(lambda.properties.Runtime) ?? 'a container image'
  if (!runtime.startsWith('nodejs')) {
    return `The embedded account runs functions of Node.js runtimes only; ${lambda.physicalId} is of ${runtime}.`
  }
  if (text(record(lambda.properties.Code).ZipFile) === undefined) {
    return `The embedded account runs functions with inline code only; ${lambda.physicalId} (${runtime}) has none.`
  }
  return undefined
}

/** Of a function that is named by its name or ARN. */
export function functionName(reference: string): string {
  return reference.startsWith('arn:') ? (reference.split(':')[6] ?? '') : reference
}
