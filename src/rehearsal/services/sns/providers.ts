import {serviceFailure} from '../../resources/failures.js'
import {arn, nameFor} from '../../resources/names.js'
import type {Naming, ResourceProvider} from '../../resources/resource-provider.js'
import {records, text, texts} from '../../resources/values.js'

const topic = 'AWS::SNS::Topic'

const topicNaming: Naming = {
  property: 'TopicName',
  taken: (name, {world, region}) => world.resource(region, topic, arn(world, region.name, 'sns', name)),
}

/** Topics, subscriptions and topic policies. */
export const snsProviders: readonly ResourceProvider[] = [
  {
    type: topic,
    naming: topicNaming,
    create(request) {
      const {world, region, properties} = request
      const name = nameFor(request, topic, topicNaming.property, {
        maxLength: 256,
        taken: candidate => topicNaming.taken(candidate, request),
      })
      const physicalId = arn(world, region.name, 'sns', name)
      return {
        physicalId,
        attributes: {TopicArn: physicalId, TopicName: name},
        data: {subscriptions: records(properties.Subscription)},
      }
    },
  },
  {
    type: 'AWS::SNS::Subscription',
    create({world, region, properties}) {
      const topicArn = text(properties.TopicArn) ?? ''
      if (!world.resource(region, topic, topicArn)) {
        throw serviceFailure(world, 'Sns', 'Topic does not exist', {status: 404, code: 'NotFound'})
      }
      const physicalId = `${topicArn}:${world.newUuid()}`
      return {physicalId, attributes: {Arn: physicalId}}
    },
  },
  {
    type: 'AWS::SNS::TopicPolicy',
    create(request) {
      const {world, region, properties} = request
      for (const topicArn of texts(properties.Topics)) {
        if (!world.resource(region, topic, topicArn)) {
          throw serviceFailure(world, 'Sns', 'Topic does not exist', {status: 404, code: 'NotFound'})
        }
      }
      const physicalId = request.generatedName(64)
      return {physicalId, attributes: {Id: physicalId}}
    },
  },
]
