import {readFileSync} from 'node:fs'
import {expect, test} from 'vitest'
import {readVariables, type VariableRow} from '../../../src/parity/variables/table.js'
import {cell, expectWritten} from './written-part.js'

const rows = readVariables(readFileSync(new URL('../../../parity/variables.yaml', import.meta.url), 'utf8'))

const code = (name: string) => `\`${name}\``

/** `module's` stands once before the inputs of the module. */
function terraformCell({terraform, note}: VariableRow): string {
  const own = terraform.filter(name => !name.startsWith('module.')).map(code)
  const inputs = terraform
    .filter(name => name.startsWith('module.'))
    .map(name => code(name.split('.').slice(2).join('.')))
  if (terraform.length === 0) return note === undefined ? 'none' : `none: ${note}`
  return [inputs.length > 0 ? `module's ${inputs.join(', ')}` : '', own.join(', ')].filter(Boolean).join(', ')
}

function parameterCell({parameters, terraform, note}: VariableRow): string {
  if (parameters.size > 0) return [...parameters.keys()].map(code).join(', ')
  return note === undefined || terraform.length === 0 ? 'none' : `none: ${note}`
}

function table(): string {
  return [
    '| Terraform variable | parameter | difference |',
    '|---|---|---|',
    ...rows.map(row => {
      const difference = row.difference === undefined ? '' : `${cell(row.difference)} `
      return `| ${terraformCell(row)} | ${parameterCell(row)} | ${difference}|`
    }),
    '',
  ].join('\n')
}

test('docs/infrastructure.md shows which parameter each variable is', () => {
  expectWritten('infrastructure.md', 'variables', table())
})

test('a variable stands in one row', () => {
  const names = rows.flatMap(({terraform}) => terraform)
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([])
})

test('what a parameter gets its value of stands in its row, or decides whether it does', () => {
  const all = rows.flatMap(({terraform}) => terraform)
  const strange = rows.flatMap(({terraform, parameters, region}) =>
    [...[...parameters.values()].flat(), ...region].flatMap(source => [
      ...(source.from !== undefined && !terraform.includes(source.from) ? [source.from] : []),
      ...[source.if, source.unless].filter(name => name !== undefined && !all.includes(name)),
    ]),
  )
  expect(strange).toEqual([])
})
