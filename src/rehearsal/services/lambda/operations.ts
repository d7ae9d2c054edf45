import {createHash} from 'node:crypto'
import type {FunctionConfiguration} from '@aws-sdk/client-lambda'
import type {Region, Resource} from '../../account/account.js'
import type {World} from '../../account/world.js'
import {checkValue} from '../../resources/constraints.js'
import {pageOf} from '../../resources/paging.js'
import {number, record, text, texts} from '../../resources/values.js'
import {modelled} from '../../wire/errors.js'
import type {Operations} from '../../wire/operations.js'
import {findFunction, functionName, functionType, permissionType, timeoutOf} from './functions.js'

/** Functions in a page, whatever more is asked for. Source: AWS Lambda API reference, ListFunctions, MaxItems. */
const largestPage = 50
const mostAsked = 10_000

/** AWS Lambda, as far as listing, describing and deleting functions goes. Source: AWS Lambda API reference. */
export function lambdaOperations(world: World) {
  const demand = (region: Region, reference = ''): Resource => {
    const found = findFunction(world, region, reference)
    if (found) return found
    const arn = `arn:aws:lambda:${region.name}:${world.account.id}:function:${functionName(reference)}`
    throw modelled('ResourceNotFoundException', `Function not found: ${arn}`)
  }
  return {
    ListFunctions({Marker, MaxItems = largestPage}, call) {
      checkValue('maxItems', MaxItems, {least: 1, most: mostAsked}, invalid)
      const all = world.resourcesOf(world.region(call.region), functionType)
      const page = pageOf(all, Marker, Math.min(MaxItems, largestPage), () => invalid('Invalid marker.'))
      return {Functions: page.items.map(configuration), NextMarker: page.next}
    },

    GetFunctionConfiguration({FunctionName}, call) {
      return configuration(demand(world.region(call.region), FunctionName))
    },

    /** With who may invoke it, which is the function's own policy. A version of it is none that exists. */
    DeleteFunction({FunctionName, Qualifier}, call) {
      const region = world.region(call.region)
      const lambda = demand(region, FunctionName)
      if (Qualifier === '$LATEST')
        throw invalid('$LATEST version cannot be deleted without deleting the function.')
      if (Qualifier !== undefined) return {}
      for (const permission of world.resourcesOf(region, permissionType))
        if (functionName(text(permission.properties.FunctionName) ?? '') === lambda.physicalId)
          world.remove(region, permission)
      world.remove(region, lambda)
      return {StatusCode: 204}
    },
  } satisfies Operations<'lambda'>
}

const invalid = (message: string) => modelled('InvalidParameterValueException', message)

function configuration(lambda: Resource): FunctionConfiguration {
  const {physicalId, attributes, properties, createdAt} = lambda
  const code = text(record(properties.Code).ZipFile) ?? ''
  const {SubnetIds, SecurityGroupIds} = record(properties.VpcConfig)
  const variables = Object.entries(record(record(properties.Environment).Variables))
  return {
    FunctionName: physicalId,
    FunctionArn: text(attributes.Arn),
    Runtime: text(properties.Runtime) as FunctionConfiguration['Runtime'],
    Role: text(properties.Role),
    Handler: text(properties.Handler),
    Description: text(properties.Description) ?? '',
    CodeSize: code.length,
    CodeSha256: createHash('sha256').update(code).digest('base64'),
    Timeout: timeoutOf(lambda),
    MemorySize: number(properties.MemorySize) ?? 128,
    LastModified: new Date(createdAt).toISOString().replace('Z', '+0000'),
    Version: '$LATEST',
    State: 'Active',
    LastUpdateStatus: 'Successful',
    PackageType: 'Zip',
    ...(variables.length > 0 && {
      Environment: {Variables: Object.fromEntries(variables.map(([name, value]) => [name, String(value)]))},
    }),
    ...(texts(SubnetIds).length > 0 && {
      VpcConfig: {SubnetIds: texts(SubnetIds), SecurityGroupIds: texts(SecurityGroupIds)},
    }),
  }
}
