import {typicalSeconds} from '../../../durations.js'
import type {Region, Resource} from '../../account/account.js'
import type {World} from '../../account/world.js'
import {beginGoing, goingOf} from '../../resources/going.js'
import {arnOf} from '../../resources/names.js'
import {pageOf} from '../../resources/paging.js'
import {about} from '../../resources/timing.js'
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

/** The types that are deleted here: those whose own services ask for more than an id. Global ones are of every region. */
const deletable: Readonly<Record<string, {isGlobal: boolean}>> = {
  'AWS::CloudFront::Distribution': {isGlobal: true},
  'AWS::CloudFront::Function': {isGlobal: true},
  'AWS::Events::Rule': {isGlobal: false},
}

/** AWS Cloud Control API: listing, and deleting with CloudFormation's handlers. Source: Cloud Control API reference. */
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

    /** Begins it; a handler does what its service wants done before, such as disabling a distribution. */
    DeleteResource({TypeName = '', Identifier = ''}, call) {
      const type = Object.hasOwn(deletable, TypeName) ? deletable[TypeName] : undefined
      if (type === undefined) {
        throw modelled(
          'UnsupportedActionException',
          `Resource type ${TypeName} does not support DELETE action`,
        )
      }
      const here = world.region(call.region)
      const regions = type.isGlobal ? Object.values(world.account.regions) : [here]
      const isMeant = (region: Region, resource: Resource) =>
        [resource.physicalId, arnIn(world, region, resource)].includes(Identifier)
      const region = regions.find(each => world.resourcesOf(each, TypeName).some(one => isMeant(each, one)))
      const resource = region && world.resourcesOf(region, TypeName).find(one => isMeant(region, one))
      if (region === undefined || resource === undefined) {
        throw modelled(
          'ResourceNotFoundException',
          `Resource of type '${TypeName}' with identifier '${Identifier}' was not found.`,
        )
      }
      const seconds = about(world, typicalSeconds(TypeName).delete, resource.physicalId, 'delete')
      if (goingOf(resource) === undefined) beginGoing(world, region, resource, seconds)
      return {
        ProgressEvent: {
          ...{TypeName, Identifier, RequestToken: world.newUuid()},
          ...{Operation: 'DELETE' as const, OperationStatus: 'IN_PROGRESS' as const},
          EventTime: new Date(world.now),
        },
      }
    },
  } satisfies Operations<'cloudcontrol'>
}

function arnIn(world: World, region: Region, resource: Resource): string {
  return arnOf(world, region, resource) ?? resource.physicalId
}
