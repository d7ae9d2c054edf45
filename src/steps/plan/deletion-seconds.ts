import {
  interfaceEndpointSeconds,
  lastSnapshotSeconds,
  serviceDeletionSeconds,
  typicalSeconds,
  vpcFunctionSeconds,
} from '../../durations.js'
import type {PlannedResource} from './planned-stacks.js'
import {isBalanced, isInterfaceEndpoint, isInVpc} from './slow-kinds.js'

/** How long CloudFormation typically needs to delete a resource that is no stack, from its first event to its last. */
export function deletionSeconds(resource: PlannedResource): number {
  const {type, deletionPolicy} = resource.declaration
  if (deletionPolicy === 'Retain' || deletionPolicy === 'RetainExceptOnCreate') return 0
  if (isInterfaceEndpoint(resource)) return interfaceEndpointSeconds
  if (isInVpc(resource)) return vpcFunctionSeconds.delete
  if (type === 'AWS::ECS::Service')
    return isBalanced(resource) ? serviceDeletionSeconds.loadBalanced : serviceDeletionSeconds.plain
  const snapshot = deletionPolicy === 'Snapshot' && type === 'AWS::RDS::DBCluster' ? lastSnapshotSeconds : 0
  return typicalSeconds(type).delete + snapshot
}
