import {describe, expect, test} from 'vitest'
import {headStartKinds} from '../../../src/steps/teardown/head-start/kinds.js'
import {planned} from './planned.js'

const headStarts = headStartKinds.filter(({isDefault}) => isDefault).map(({name}) => name)
const planOf = async (options: Partial<Parameters<typeof planned>[0]>) =>
  (await planned({layout: 'nested', operation: 'delete', ...options})).result

describe('the plan of a teardown that is hurried', () => {
  test('lets the database go from the first moment, and takes less time', async () => {
    const [plain, hurried] = [await planOf({}), await planOf({headStarts})]
    expect(hurried.expectedSeconds).toBeLessThan(0.8 * plain.expectedSeconds)
    expect(hurried.criticalPath[0]?.logicalId).toBe('DatabaseWriter')
    expect(plain.criticalPath[0]?.logicalId).not.toBe('DatabaseWriter')
    expect(hurried.stacks.map(({name}) => name)).toEqual(plain.stacks.map(({name}) => name))
  })

  test('waits in express mode for what AWS refuses until it is gone, and for no row', async () => {
    const [plain, express] = [await planOf({}), await planOf({express: true})]
    const both = await planOf({express: true, headStarts})
    expect(express.expectedSeconds).toBeLessThan(plain.expectedSeconds)
    expect(both.expectedSeconds).toBeLessThan(express.expectedSeconds)
    const names = both.criticalPath.map(({logicalId}) => logicalId)
    expect(names).toEqual(expect.arrayContaining(['DatabaseWriter', 'DatabaseSubnetGroup']))
    // Without the database's head start CloudFormation might come to an endpoint before it is gone.
    const alone = headStarts.filter(name => name !== 'vpc-endpoints')
    const path = (await planOf({express: true, headStarts: alone})).criticalPath
    expect(path.map(({logicalId}) => logicalId)).toContain('StsEndpoint')
    expect(names).not.toContain('StsEndpoint')
    // A key may go while a cluster that it encrypts is there.
    expect(names).not.toContain('DatabaseKey')
  })

  test('begins nothing of a database of which a last snapshot is wanted', async () => {
    const parameters = {KeepDatabaseSnapshot: 'true'}
    const [plain, hurried] = [await planOf({parameters}), await planOf({parameters, headStarts})]
    expect(hurried.expectedSeconds).toBe(plain.expectedSeconds)
  })
})
