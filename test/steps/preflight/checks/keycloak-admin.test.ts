import {expect, it} from 'vitest'
import {smallTemplates} from '../../../helpers/contexts.js'
import {emptyAws, finding, stands} from '../fixture.js'

const id = 'keycloak-admin'
const open = 'open to everyone who has its password (AdminCidrBlocks restricts it)'

it('says that everybody may try, without a warning that people learn to skip', async () => {
  expect(await finding(id, emptyAws())).toEqual({verdict: 'pass', detail: open})
  const parameters = {AdminCidrBlocks: '0.0.0.0/0'}
  expect(await finding(id, emptyAws(), {parameters})).toEqual({verdict: 'pass', detail: open})
})

it('names the ranges where somebody has narrowed it', async () => {
  const parameters = {AdminCidrBlocks: '192.0.2.0/24,198.51.100.7/32'}
  const detail = 'open to 192.0.2.0/24, 198.51.100.7/32, and to the environment itself'
  expect(await finding(id, emptyAws(), {parameters})).toEqual({verdict: 'pass', detail})
})

it('goes by what exists, which an update keeps and a new beginning does not', async () => {
  const existingStacks = stands('demo', 'CREATE_COMPLETE')
  const narrowed: typeof existingStacks = context => {
    existingStacks(context)
    for (const {stack} of context.existingStacks ?? []) {
      Object.assign(stack, {parameters: {AdminCidrBlocks: '192.0.2.0/24'}})
    }
  }
  const detail = 'open to 192.0.2.0/24, and to the environment itself'
  expect(await finding(id, emptyAws(), {}, narrowed)).toEqual({verdict: 'pass', detail})
  expect(await finding(id, emptyAws(), {replace: true}, narrowed)).toEqual({verdict: 'pass', detail: open})
})

it('advises nothing that older templates do not have', async () => {
  const detail = 'open to everyone who has its password'
  expect(await finding(id, emptyAws(), {templates: smallTemplates()})).toEqual({verdict: 'pass', detail})
})
