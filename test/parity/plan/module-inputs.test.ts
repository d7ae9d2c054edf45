import {expect, test} from 'vitest'
import {moduleInputs} from '../../../src/parity/plan/module-inputs.js'

const configuration = {
  root_module: {
    module_calls: {
      app: {
        expressions: {
          constant: {constant_value: 4},
          variable: {references: ['var.size']},
          computed: {references: ['var.size', 'local.x']},
          other: {references: ['module.vpc.id', 'module.vpc']},
          block: [{a: {constant_value: 1}}],
        },
        module: {
          variables: {
            constant: {default: 1},
            variable: {},
            computed: {default: 1},
            other: {},
            block: {},
            left: {default: null},
          },
        },
      },
      empty: {},
    },
  },
}

test('constants, variables of the root module and defaults are inputs; what is computed is not known', () => {
  expect(moduleInputs(configuration, {size: 7})).toEqual({
    'module.app.constant': 4,
    'module.app.variable': 7,
    'module.app.left': null,
  })
})

test('a document without configuration has none', () => {
  expect(moduleInputs(undefined, {})).toEqual({})
  expect(moduleInputs({root_module: {}}, {})).toEqual({})
})
