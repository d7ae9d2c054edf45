import {expect, it} from 'vitest'
import Rehearse from '../../src/commands/rehearse.js'
import Teardown from '../../src/commands/teardown.js'
import {knownVariables, refuseMisspelled} from '../../src/input/misspelled-variables.js'

const known = knownVariables([Teardown, Rehearse])
const check = (name: string, value = '1', platform: NodeJS.Platform = 'linux') =>
  refuseMisspelled({[name]: value}, known, platform)

it.each([
  ['MCPGW_REHEARSAL', 'MCPGW_REHEARSE'],
  ['MCPGW_REHERSE', 'MCPGW_REHEARSE'],
  ['MCPGW_REHEARSE_', 'MCPGW_REHEARSE'],
  ['MCPGW_REHEARSED', 'MCPGW_REHEARSE'],
  ['MCPGW_RHEARSE', 'MCPGW_REHEARSE'],
  ['MCPGW_REEHARSE', 'MCPGW_REHEARSE'],
  ['MCP_GW_REHEARSE', 'MCPGW_REHEARSE'],
  ['MCPGWREHEARSE', 'MCPGW_REHEARSE'],
  ['mcpgw_rehearse', 'MCPGW_REHEARSE'],
  ['MCPGW_REHEARSE_STATE', 'MCPGW_REHEARSAL_STATE'],
  ['MCPGW_REHEARSE_FAULTES', 'MCPGW_REHEARSE_FAULTS'],
  ['MCPGW_REHEARSAL_SEED', 'MCPGW_REHEARSE_SEED'],
  ['MCPGW_DO_REHEARSE', 'MCPGW_REHEARSE'],
])('%s is refused before anything is done, with the name that was meant: %s', (name, meant) => {
  expect(() => check(name)).toThrow(
    expect.objectContaining({
      code: 'INVALID_VARIABLE',
      exitCode: 2,
      message: `${name} is no variable of mcpgw. Did you mean ${meant}?`,
    }),
  )
})

it.each([
  'MCPGW_REHEARSE',
  'MCPGW_REHEARSAL_STATE',
  'MCPGW_REHEARSE_OPEN',
  'MCPGW_REHEARSE_PORT',
  'MCPGW_YES',
])('%s is known', name => expect(() => check(name)).not.toThrow())

it.each(['MCPGW_RELEASE', 'MCPGW_RESEARCH', 'MCPGW_CANARY', 'REHEARSE', 'MCPGW_', 'PATH'])(
  '%s may be another program’s',
  name => expect(() => check(name)).not.toThrow(),
)

it('an empty one says nothing', () => expect(() => check('MCPGW_REHEARSAL', ' ')).not.toThrow())

it('Windows finds a variable in any case', () => {
  expect(() => check('Mcpgw_Rehearse', '1', 'win32')).not.toThrow()
})
