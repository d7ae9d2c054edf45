import {expect, test} from 'vitest'
import {confirmLosses} from '../../src/app/confirm-losses.js'
import type {DeployContext} from '../../src/steps/deploy/context.js'

const loss = {
  ...{stack: 'demo-data', logicalId: 'Cluster', type: 'AWS::RDS::DBCluster', physicalId: 'c-1'},
  ...{sure: true, what: 'replaced', lost: 'the database'},
} as const

const interruption = {
  ...{stack: 'demo-compute', logicalId: 'MainAlb', type: 'AWS::ElasticLoadBalancingV2::LoadBalancer'},
  ...{physicalId: 'arn:alb', sure: true, what: 'replaced', effect: 'its address changes'},
} as const

/** What is read of a context here. */
function context(
  replaceData: boolean,
  data: readonly (typeof loss)[],
  interrupted: readonly (typeof interruption)[] = [],
): DeployContext {
  const foreseen = {added: 0, modified: 1, removed: 0, replaced: [], data, interrupted, exports: []}
  const commandLine = (command: string) => `mcpgw ${command}`
  return {foreseen, settings: {replaceData}, environment: 'demo', commandLine} as unknown as DeployContext
}

const confirm = (yes: boolean, given: DeployContext) =>
  confirmLosses({yes, json: true}, given, new AbortController().signal)

test.each([true, false])('data is not lost unasked, where nobody can be asked; --yes %s', async yes => {
  await expect(confirm(yes, context(false, [loss]))).rejects.toMatchObject({
    code: 'DATA_WOULD_BE_LOST',
    exitCode: 3,
    points: [expect.stringContaining('demo-data/Cluster')],
    hint: expect.stringContaining('mcpgw deploy --replace-data'),
    foreseen: {data: [loss]},
  })
})

test('--replace-data agrees to it', async () => {
  await expect(confirm(false, context(true, [loss]))).resolves.toBeUndefined()
})

test('an update that loses nothing asks nobody', async () => {
  await expect(confirm(false, context(false, []))).resolves.toBeUndefined()
})

test('what is in use is not interrupted unasked, where nobody can be asked', async () => {
  await expect(confirm(false, context(false, [], [interruption]))).rejects.toMatchObject({
    code: 'WOULD_INTERRUPT',
    exitCode: 3,
    points: [
      'demo-compute/MainAlb (AWS::ElasticLoadBalancingV2::LoadBalancer) is replaced: its address changes',
    ],
    hint: expect.stringContaining('mcpgw deploy --yes'),
    foreseen: {interrupted: [interruption]},
  })
})

test('--yes agrees to an interruption, and not to a loss beside it', async () => {
  await expect(confirm(true, context(false, [], [interruption]))).resolves.toBeUndefined()
  await expect(confirm(true, context(false, [loss], [interruption]))).rejects.toMatchObject({
    code: 'DATA_WOULD_BE_LOST',
  })
})
