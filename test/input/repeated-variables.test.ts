import * as fc from 'fast-check'
import {describe, expect, it} from 'vitest'
import {withRepeatedVariables} from '../../src/input/repeated-variables.js'

const flags = {
  set: {multiple: true, env: 'MCPGW_SET'},
  region: {env: 'MCPGW_REGION'},
}

describe('the variable of a repeatable flag', () => {
  it('gives one value a line, whatever is in it', () => {
    const value = fc.string({minLength: 1}).filter(text => text.trim() !== '' && !/[\r\n]/.test(text))
    fc.assert(
      fc.property(fc.array(value), fc.constantFrom('\n', '\r\n', '\n\n'), (values, separator) => {
        const {argv} = withRepeatedVariables(['--yes'], flags, {MCPGW_SET: values.join(separator)})
        expect(argv).toEqual([...values.map(value => `--set=${value}`), '--yes'])
      }),
    )
  })

  it.each([[['--set', 'A=1']], [['--set=A=1']]])('gives way to %j', argv => {
    expect(withRepeatedVariables(argv, flags, {MCPGW_SET: 'B=2'}).argv).toEqual(argv)
  })

  it('is read here alone, and that of any other flag stays where it was', () => {
    const read = withRepeatedVariables([], flags, {MCPGW_SET: '', MCPGW_REGION: 'eu-west-1'})
    expect(read.argv).toEqual([])
    expect(read.flags).toEqual({set: {multiple: true, env: undefined}, region: {env: 'MCPGW_REGION'}})
  })
})
