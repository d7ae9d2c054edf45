import {type Progress, ResourceFailure, type ResourceProvider} from '../../resources/resource-provider.js'
import {number, record, text} from '../../resources/values.js'
import {endpointOf} from './custom-resources.js'
import {type ConditionSignal, signalPath} from './wait-signals.js'

const handleType = 'AWS::CloudFormation::WaitConditionHandle'
/** How often CloudFormation counts, in seconds. */
const lookSeconds = 5
/** Twelve hours. Source: template reference, AWS::CloudFormation::WaitCondition, Timeout. */
const maxTimeoutSeconds = 43_200

/**
 * A handle is an address to which anybody may put a signal; a condition waits until so many have come.
 * Source: CloudFormation user guide, "Create wait conditions in a CloudFormation template".
 */
export const waitConditionProviders: readonly ResourceProvider[] = [
  {
    type: handleType,
    create({world}) {
      return {physicalId: `${endpointOf(world)}${signalPath}${world.newSecretHex(40)}`, data: {signals: {}}}
    },
  },
  {
    type: 'AWS::CloudFormation::WaitCondition',
    awaited: true,
    create({world, region, stack, logicalId, properties}) {
      const timeout = number(properties.Timeout) ?? 0
      const handle = text(properties.Handle)
      if (handle !== undefined && !world.resource(region, handleType, handle)) {
        throw new ResourceFailure('Wait condition handle URL is invalid.')
      }
      if (timeout < 0 || timeout > maxTimeoutSeconds) {
        throw new ResourceFailure(`Value of property Timeout must be between 0 and ${maxTimeoutSeconds}`)
      }
      return {
        physicalId: `arn:aws:cloudformation:${region.name}:${world.account.id}:stack/${stack.name}/${world.newUuid()}/${logicalId}`,
        attributes: {Data: '{}'},
        data: {deadline: world.now + timeout * 1000},
      }
    },
    stabilized({properties, data}, {world, region}, operation): Progress {
      const handle = text(properties.Handle)
      // Without a handle the condition waits by its creation policy.
      if (operation === 'delete' || handle === undefined) return {state: 'ready'}
      const signals = Object.entries(
        record(world.resource(region, handleType, handle)?.data.signals) as Record<string, ConditionSignal>,
      )
      const failed = signals.find(([, {status}]) => status === 'FAILURE')
      if (failed) {
        const [id, {reason}] = failed
        return {
          state: 'failed',
          reason: `WaitCondition received failed message: '${reason}' for uniqueId: ${id}`,
        }
      }
      const count = number(properties.Count) ?? 1
      if (signals.length >= count) {
        const told = Object.fromEntries(signals.map(([id, signal]) => [id, signal.data]))
        return {state: 'ready', attributes: {Data: JSON.stringify(told)}}
      }
      const left = Number(data.deadline) - world.now
      if (left > 0) return {state: 'waiting', seconds: Math.min(lookSeconds, left / 1000)}
      return {
        state: 'failed',
        reason: `WaitCondition timed out. Received ${signals.length} conditions when expecting ${count}`,
      }
    },
  },
]
