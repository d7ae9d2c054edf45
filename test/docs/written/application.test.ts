import {expect, test} from 'vitest'
import {services} from '../../../src/environment/services.js'
import {variables} from '../../properties/templates/tables/variables.js'
import {cell, expectWritten} from './written-part.js'

const when = {
  always: 'yes',
  'with-litellm': 'with `EmbeddingsProvider=litellm`',
  'with-model': 'with another `AgentModelId` or `AgentInferenceProfile`',
  never: 'no: its default is right',
}

function tables(): string {
  return Object.entries(variables)
    .flatMap(([service, its]) => [
      `### ${service}`,
      '',
      '| variable | purpose | set by the templates |',
      '|---|---|---|',
      ...its.map(({name, use, given}) => `| \`${name}\` | ${cell(use)} | ${when[given]} |`),
      '',
    ])
    .join('\n')
}

test('docs/application.md shows what every container reads', () => {
  expectWritten('application.md', 'variables', tables())
})

test('every service has a table', () => {
  expect(Object.keys(variables).sort()).toEqual(services.map(({key}) => key).sort())
})
