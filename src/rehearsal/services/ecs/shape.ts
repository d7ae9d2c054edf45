import {type ApiSpelling, apiShape} from '../../resources/values.js'

/** How CloudFormation's names of ECS become those of its API. */
const spelling: ApiSpelling = {
  rename: {
    EFSVolumeConfiguration: 'efsVolumeConfiguration',
    FilesystemId: 'fileSystemId',
    IAM: 'iam',
    KmsKeyId: 'kmsKeyId',
  },
  maps: new Set(['options', 'dockerLabels', 'driverOpts', 'labels']),
  numbers: new Set([
    'containerPort',
    'hostPort',
    'port',
    'interval',
    'timeout',
    'retries',
    'startPeriod',
    'softLimit',
    'hardLimit',
    'memoryReservation',
    'startTimeout',
    'stopTimeout',
    'weight',
    'base',
    'sizeInGiB',
    'idleTimeoutSeconds',
    'perRequestTimeoutSeconds',
    'ingressPortOverride',
  ]),
  booleans: new Set([
    'essential',
    'readonlyRootFilesystem',
    'readOnly',
    'privileged',
    'initProcessEnabled',
    'interactive',
    'pseudoTerminal',
    'disableNetworking',
    'enabled',
    'enable',
    'rollback',
  ]),
}

/** CloudFormation properties as the ECS API shows them. */
export function ecsShape<Shape>(value: unknown): Shape {
  return (value === undefined ? undefined : apiShape(value, spelling)) as Shape
}

/** Tags as ECS lists them. */
export function tagList(tags: Record<string, string>): {key: string; value: string}[] {
  return Object.entries(tags).map(([key, value]) => ({key, value}))
}
