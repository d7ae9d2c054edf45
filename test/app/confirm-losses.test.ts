import {expect, test} from 'vitest'
import {confirmLosses} from '../../src/app/confirm-losses.js'
import type {DeployContext} from '../../src/steps/deploy/context.js'

const loss = {
  ...{stack: 'demo-data', logicalId: 'Cluster', type: 'AWS::RDS::DBCluster', physicalId: 'c-1'},
  ...{sure: true, what: 'replaced', lost: 'the database'},
} as const

/** What is read of a context here. */
function context(replaceData: boolean, data: readonly (typeof loss)[]): DeployContext {
  const foreseen = {added: 0, modified: 1, removed: 0, replaced: [], data, exports: []}
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
