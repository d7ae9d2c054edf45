import {filledArn, globalResource, nameFor} from '../names.js'
import type {Naming, ProviderRequest} from '../resource-provider.js'
import {text} from '../values.js'

/** Makes up a resource's physical id, which is what `Ref` gives. @throws ResourceFailure for a name that is taken. */
export interface Identity {
  (request: ProviderRequest, type: string): string
  /** Of types whose names a template can fix. */
  naming?(type: string): Naming
}

type Place = Pick<ProviderRequest, 'world' | 'region'>

/** The name that the template fixes, or a generated one. */
export function named(
  property: string,
  options: {maxLength?: number; lowerCase?: boolean; isGlobal?: boolean} = {},
): Identity {
  const {maxLength = 255, lowerCase = false, isGlobal = false} = options
  const naming = (type: string): Naming => ({
    property,
    taken(given, {world, region}) {
      const name = lowerCase ? given.toLowerCase() : given
      return isGlobal ? globalResource(world, type, name) : world.resource(region, type, name)
    },
  })
  return identity(naming, (request, type) =>
    nameFor(request, type, property, {
      maxLength,
      lowerCase,
      taken: name => naming(type).taken(name, request),
    }),
  )
}

/** The ARN with the name that the template fixes, or a generated one. */
export function arnNamed(property: string, maxLength: number): Identity {
  const arnFor = ({world, region}: Place, type: string, name: string) =>
    filledArn(world, region, type, () => name) ?? name
  return addressed(property, maxLength, arnFor)
}

/** A queue's address. A name that CloudFormation makes up for a first-in-first-out queue ends as SQS demands. */
export function queueNamed(): Identity {
  const make = addressed(
    'QueueName',
    80,
    ({world, region}, _, name) => `https://sqs.${region.name}.amazonaws.com/${world.account.id}/${name}`,
  )
  const withEnding: Identity = (request, type) => {
    const ending = text(request.properties.FifoQueue) === 'true' ? '.fifo' : ''
    return make({...request, generatedName: length => `${request.generatedName(length - 5)}${ending}`}, type)
  }
  return Object.assign(withEnding, {naming: make.naming})
}

/** What is made of the name that the template fixes, or of a generated one. */
function addressed(
  property: string,
  maxLength: number,
  addressOf: (place: Place, type: string, name: string) => string,
): Identity {
  const naming = (type: string): Naming => ({
    property,
    taken: (name, place) => place.world.resource(place.region, type, addressOf(place, type, name)),
  })
  return identity(naming, (request, type) =>
    addressOf(
      request,
      type,
      nameFor(request, type, property, {maxLength, taken: name => naming(type).taken(name, request)}),
    ),
  )
}

function identity(
  naming: (type: string) => Naming,
  make: (request: ProviderRequest, type: string) => string,
): Identity {
  return Object.assign(make, {naming})
}
