import type {Region, Resource} from '../../account/account.js'
import type {World} from '../../account/world.js'
import {arnOf} from '../../resources/names.js'
import {pageOf} from '../../resources/paging.js'
import {modelled} from '../../wire/errors.js'
import type {Operations} from '../../wire/operations.js'

/** Source: Cloud Control API reference, ListResources, MaxResults. */
const largestPage = 100

/**
 * The types that are listed here, each with the property that is its primary identifier in the registry's schema. In AWS a
 * type's list handler calls its service: ListTopics, DescribeAlarms, ListRules.
 */
const identifiers: Readonly<Record<string, {property: string; isArn: boolean}>> = {
  'AWS::CloudWatch::Alarm': {property: 'AlarmName', isArn: false},
  'AWS::Events::Rule': {property: 'Arn', isArn: true},
  'AWS::SNS::Topic': {property: 'TopicArn', isArn: true},
}

/** AWS Cloud Control API, as far as listing goes. Source: Cloud Control API reference, ListResources. */
export function cloudControlOperations(world: World) {
  return {
    ListResources({TypeName = '', NextToken, MaxResults = largestPage}, call) {
      const identifier = Object.hasOwn(identifiers, TypeName) ? identifiers[TypeName] : undefined
      if (identifier === undefined) {
        throw modelled('UnsupportedActionException', `Resource type ${TypeName} does not support LIST action`)
      }
      const region = world.region(call.region)
      const page = pageOf(world.resourcesOf(region, TypeName), NextToken, MaxResults, () =>
        modelled('InvalidRequestException', 'Invalid NextToken'),
      )
      const described = page.items.map(resource => {
        const Identifier = identifier.isArn ? arnIn(world, region, resource) : resource.physicalId
        return {Identifier, Properties: JSON.stringify({[identifier.property]: Identifier})}
      })
      return {TypeName, ResourceDescriptions: described, NextToken: page.next}
    },
  } satisfies Operations<'cloudcontrol'>
}

function arnIn(world: World, region: Region, resource: Resource): string {
  return arnOf(world, region, resource) ?? resource.physicalId
}
