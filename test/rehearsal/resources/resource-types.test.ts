import {execFileSync} from 'node:child_process'
import {readFileSync, writeFileSync} from 'node:fs'
import {fileURLToPath} from 'node:url'
import {expect, test} from 'vitest'
import {typesMade} from '../../../src/rehearsal/services/providers.js'

const file = new URL('../../../src/rehearsal/resources/resource-types.json', import.meta.url)
const script = fileURLToPath(new URL('../../../scripts/generate-resource-types.mjs', import.meta.url))

/** They have any property and any attribute, so that no schema says anything about them. */
const custom = 'AWS::CloudFormation::CustomResource'
/** The engine makes these itself. */
const nestedStack = 'AWS::CloudFormation::Stack'

const wanted = [...typesMade().filter(type => type !== custom), nestedStack].sort()

/** With UPDATE_TYPES=1 (`npm run schemas`) it writes the file instead. */
test('resource-types.json has the schema of every type that has a provider, and no other', () => {
  const generated = execFileSync(process.execPath, [script, ...wanted], {
    encoding: 'utf8',
    maxBuffer: 2 ** 24,
  })
  if (process.env.UPDATE_TYPES) return writeFileSync(file, generated)
  const remedy = 'src/rehearsal/resources/resource-types.json is not current; this writes it: npm run schemas'
  const written = readFileSync(file, 'utf8')
  const types = Object.keys(JSON.parse(written))
  const missing = wanted.filter(type => !types.includes(type))
  expect({missing, unknown: types.filter(type => !wanted.includes(type))}, remedy).toEqual({
    missing: [],
    unknown: [],
  })
  expect(written, remedy).toBe(generated)
  expect(written.length, 'it is read at every start').toBeLessThan(300_000)
})
