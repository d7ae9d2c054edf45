import {arn, nameFor} from '../../resources/names.js'
import type {ResourceProvider} from '../../resources/resource-provider.js'

const alarm = 'AWS::CloudWatch::Alarm'

/** Alarms. No metrics flow here, so an alarm stays as it is born. */
export const cloudWatchProviders: readonly ResourceProvider[] = [
  {
    type: alarm,
    create(request) {
      const {world, region} = request
      const physicalId = nameFor(request, alarm, 'AlarmName', {maxLength: 255})
      return {
        physicalId,
        attributes: {Arn: arn(world, region.name, 'cloudwatch', `alarm:${physicalId}`)},
        data: {state: 'INSUFFICIENT_DATA'},
      }
    },
  },
]
