import {cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {basename, join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {describe, expect, inject, test} from 'vitest'
import {run} from './clients.js'

const project = fileURLToPath(new URL('../..', import.meta.url))

/** One of each level that fails: an error, a warning, a piece of information. */
const planted = `Resources:
  PlantedError:
    Type: AWS::SSM::Parameter
    Properties:
      Type: String
  PlantedWarning:
    Type: AWS::SSM::Parameter
    Properties:
      Type: String
      Value: !Sub plain
  PlantedInformation:
    Type: AWS::DynamoDB::Table
    Properties:
      BillingMode: PAY_PER_REQUEST
      AttributeDefinitions: [{AttributeName: id, AttributeType: S}]
      KeySchema: [{AttributeName: id, KeyType: HASH}]
`

describe('cfn-lint with the checked-in configuration', () => {
  test('reports nothing for the five templates in us-west-2', async () => {
    expect(readFileSync(join(project, '.cfnlintrc.yaml'), 'utf8')).toMatch(/^regions:\n {2}- us-west-2\n/m)
    expect(await run('cfn-lint', [], project)).toEqual({code: 0, stdout: '', stderr: ''})
  })

  test('reports defects of every level in every one of the five templates', async () => {
    const copy = join(inject('deployed').folder, 'defective')
    mkdirSync(copy)
    for (const name of ['.cfnlintrc.yaml', 'cloudformation'])
      cpSync(join(project, name), join(copy, name), {recursive: true})
    const templates = readdirSync(join(copy, 'cloudformation')).filter(name => name.endsWith('.yaml'))
    expect(templates).toHaveLength(5)
    for (const name of templates) {
      const file = join(copy, 'cloudformation', name)
      writeFileSync(file, readFileSync(file, 'utf8').replace(/^Resources:\n/m, planted))
    }
    const {code, stdout} = await run('cfn-lint', ['--format', 'json'], copy)
    expect(code).not.toBe(0)
    const found = (JSON.parse(stdout) as any[]).map(
      ({Filename, Rule, Location}) => `${basename(Filename)} ${Rule.Id} ${Location.Path[1]}`,
    )
    for (const name of templates) {
      expect(found).toContain(`${name} E3003 PlantedError`)
      expect(found).toContain(`${name} W1020 PlantedWarning`)
      expect(found).toContain(`${name} I3011 PlantedInformation`)
    }
  })
})

test('cfn-lint finds nothing wrong with the samples that the embedded account is tested with', async () => {
  const folder = join(project, 'test/rehearsal/templates/samples')
  const samples = readdirSync(folder).map(name => join(folder, name))
  // Elsewhere than in the project, whose configuration asks for advice too.
  const answer = await run('cfn-lint', ['--regions', 'us-west-2', '--', ...samples], tmpdir())
  expect(answer).toEqual({code: 0, stdout: '', stderr: ''})
})
