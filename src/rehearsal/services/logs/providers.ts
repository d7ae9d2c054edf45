import {serviceFailure} from '../../resources/failures.js'
import {arn, nameFor} from '../../resources/names.js'
import type {ProviderRequest, ResourceProvider} from '../../resources/resource-provider.js'
import {number} from '../../resources/values.js'
import {groupRemoved} from './streams.js'

const logGroup = 'AWS::Logs::LogGroup'

/** Source: CloudWatch Logs API reference, PutRetentionPolicy, retentionInDays. */
export const retentionDays: readonly number[] = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
]

/** Log groups; their streams live in `data.streams` by name. */
export const logsProviders: readonly ResourceProvider[] = [
  {
    type: logGroup,
    create(request) {
      checkRetention(request)
      const {world, region} = request
      const physicalId = nameFor(request, logGroup, 'LogGroupName', {maxLength: 512})
      return {
        physicalId,
        attributes: {Arn: arn(world, region.name, 'logs', `log-group:${physicalId}:*`)},
        data: {streams: {}},
      }
    },
    update(_resource, request) {
      checkRetention(request)
      return undefined
    },
    deleted: ({physicalId}, {world, region}) => groupRemoved(world, region, physicalId),
  },
]

function checkRetention({world, properties}: ProviderRequest): void {
  const days = number(properties.RetentionInDays)
  if (days === undefined || retentionDays.includes(days)) return
  throw serviceFailure(
    world,
    'CloudWatchLogs',
    `1 validation error detected: Value '${days}' at 'retentionInDays' failed to satisfy constraint: Member must satisfy enum value set: [${retentionDays.join(', ')}]`,
    {
      code: 'InvalidRequest',
    },
  )
}
