import {expect, it} from 'vitest'
import {newEngineVersion} from '../../../src/environment/database.js'
import {ofType, propertyOf, willMake, willUpdate} from '../../../src/steps/preflight/will-make.js'
import {checkContext, emptyAws, stands} from './fixture.js'

async function versions(of: typeof willMake, existingStacks: boolean): Promise<unknown[]> {
  const change = existingStacks ? stands('demo', 'CREATE_COMPLETE') : () => {}
  const context = await checkContext(emptyAws(), {}, change)
  const planned = of({...context, existingStacks: context.existingStacks ?? []})
  return ofType(planned ?? [], 'AWS::RDS::DBCluster').map(cluster => propertyOf(cluster, 'EngineVersion'))
}

it('a new environment will have the version of Aurora with long-term support', async () => {
  expect(await versions(willMake, false)).toEqual([newEngineVersion])
})

it('one that exists will keep the version that it never chose', async () => {
  expect(await versions(willUpdate, true)).toEqual(['8.0.mysql_aurora.3.08.2'])
})
