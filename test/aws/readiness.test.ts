import {expect, it} from 'vitest'
import {stageOf} from '../../src/aws/readiness.js'

it.each([
  ['ready', ['available', 'active', 'Deployed']],
  [
    'settling',
    [
      undefined,
      'pending',
      'creating',
      'InProgress',
      'provisioning',
      'modifying',
      'UNAVAILABLE',
      'backing-up',
      'REGISTERING',
    ],
  ],
  [
    'failed',
    [
      'failed',
      'incompatible-network',
      'inaccessible-encryption-credentials',
      'error',
      'Rejected',
      'Expired',
      'deleted',
      'deleting',
      'storage-failed',
    ],
  ],
] as const)('a resource is %s by these words of its service', (stage, words) => {
  expect(words.map(stageOf)).toEqual(words.map(() => stage))
})
