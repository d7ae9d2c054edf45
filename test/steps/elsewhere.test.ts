import {expect, it} from 'vitest'
import {elsewhereWords} from '../../src/steps/elsewhere.js'
import {FakeAws} from '../helpers/fake-aws.js'
import {virtualClock} from '../helpers/virtual-clock.js'

const aws = new FakeAws(virtualClock())

it('says nothing where no region has it', async () => {
  expect(await elsewhereWords({aws, environment: 'demo'})).toBeUndefined()
})

it('says where it stands, and what could not be asked', async () => {
  aws.elsewhere = {
    found: [{region: 'eu-west-1', stacks: ['demo-data', 'demo-network']}],
    unasked: ['a', 'b', 'c', 'd', 'e'],
    reason: 'An organization forbids it.',
  }
  expect(await elsewhereWords({aws, environment: 'demo'})).toBe(
    'An environment of that name exists in eu-west-1 (demo-data, demo-network; --region eu-west-1). Could not check a, b, c and 2 more regions (An organization forbids it).',
  )
})
