import {beforeEach, expect, test} from 'vitest'
import {nestedAmong, nestedStacks} from '../../../src/steps/stacks/nested.js'
import {FakeAws} from '../../helpers/fake-aws.js'
import {virtualClock} from '../../helpers/virtual-clock.js'

const tags = {'mcpgw:environment': 'demo'}

let aws: FakeAws
beforeEach(() => {
  aws = new FakeAws(virtualClock())
})

const states = async () =>
  (await nestedStacks(aws.stacks, 'demo')).map(({key, status, resourceStatus}) => [
    key,
    status,
    resourceStatus,
  ])

test('each nested stack says its own state, whatever its resource in the root says', async () => {
  aws.stacks.putStack('demo', 'CREATE_COMPLETE', {tags})
  aws.stacks.alone('demo', 'services', 'DELETE_COMPLETE')
  aws.stacks.alone('demo', 'data', 'UPDATE_IN_PROGRESS')
  expect(await states()).toEqual([
    ['network', 'CREATE_COMPLETE', 'CREATE_COMPLETE'],
    ['data', 'UPDATE_IN_PROGRESS', 'CREATE_COMPLETE'],
    ['compute', 'CREATE_COMPLETE', 'CREATE_COMPLETE'],
    ['services', 'DELETE_COMPLETE', 'CREATE_COMPLETE'],
  ])
})

test('one that AWS has forgotten was deleted, and one that the root never made is absent', async () => {
  const id = aws.stacks.putStack('demo', 'CREATE_COMPLETE', {tags})
  const rows = await aws.stacks.resources(id)
  const [, data, , services] = rows.map(({physicalId}) => physicalId)
  const answers = {
    resources: async () => rows.filter(({physicalId}) => physicalId !== services),
    describe: async (name: string) => (name === data ? undefined : aws.stacks.describe(name)),
  }
  const found = await nestedStacks(answers, id)
  expect(found.map(({status, name}) => [status, name])).toEqual([
    ['CREATE_COMPLETE', expect.stringMatching(/^demo-NetworkStack-/)],
    ['DELETE_COMPLETE', expect.stringMatching(/^demo-DataStack-/)],
    ['CREATE_COMPLETE', expect.stringMatching(/^demo-ComputeStack-/)],
    ['ABSENT', 'ServicesStack'],
  ])
})

test('of all stacks of the region those are nested in a root that it is the parent of, if all four are there', async () => {
  const id = aws.stacks.putStack('demo', 'CREATE_COMPLETE', {tags})
  aws.stacks.putStack('demo-2', 'CREATE_COMPLETE', {tags})
  aws.stacks.alone('demo', 'data', 'UPDATE_IN_PROGRESS')
  const all = (await aws.stacks.atOnce()) ?? []
  const root = {id, name: 'demo'}
  const found = nestedAmong(all, root) ?? []
  expect(found.map(({key, status}) => [key, status])).toEqual([
    ['network', 'CREATE_COMPLETE'],
    ['data', 'UPDATE_IN_PROGRESS'],
    ['compute', 'CREATE_COMPLETE'],
    ['services', 'CREATE_COMPLETE'],
  ])
  expect(found.map(({stack}) => stack?.parentId)).toEqual([id, id, id, id])
  expect(nestedAmong(all.slice(0, -6), root)).toBeUndefined()
})
