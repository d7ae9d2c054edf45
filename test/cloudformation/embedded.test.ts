import {execFileSync, spawnSync} from 'node:child_process'
import {cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {basename, join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {afterEach, beforeEach, describe, expect, test} from 'vitest'
import {parse} from 'yaml'
import {parseTemplate} from '../../src/template/index.js'

const folder = fileURLToPath(new URL('../../cloudformation', import.meta.url))
const script = fileURLToPath(new URL('../../scripts/embed-functions.mjs', import.meta.url))
const read = (name: string, from = folder) => readFileSync(join(from, name), 'utf8')
const {resources} = parseTemplate(read('compute-stack.yaml'), 'compute-stack.yaml')
const propertiesOf = (logicalId: string) => resources[logicalId]?.properties as any

test('the build specification writes every script of functions/ as it is, and runs what it has written', () => {
  const commands: string[] = parse(propertiesOf('ContainerBuildProject').Source.BuildSpec).phases.build
    .commands
  const written = commands.flatMap(command =>
    Array.from(command.matchAll(/^cat > (\S+) <<'(\w+)'\n(.*?\n)\2$/gms), ([, file = '', , text]) => ({
      file,
      text,
    })),
  )
  const scripts = readdirSync(join(folder, 'functions')).filter(name => name.endsWith('.sh'))
  expect(written.map(({file}) => basename(file)).sort()).toEqual(scripts.sort())
  for (const {file, text} of written) expect(text).toBe(read(`functions/${basename(file)}`))
  const [, run] = /^bash (\S+)$/m.exec(commands.join('\n')) ?? []
  expect(written.map(({file}) => file)).toContain(run)
})

test('the inline code of the build trigger is functions/build-trigger.js as it is', () => {
  expect(propertiesOf('BuildTriggerFunction').Code.ZipFile).toBe(read('functions/build-trigger.js'))
})

test('what is carried is within the limits of AWS', () => {
  // Undocumented; CodeBuild refuses a longer one. Source: https://github.com/aws/aws-cdk/pull/14974
  expect(propertiesOf('ContainerBuildProject').Source.BuildSpec.length).toBeLessThanOrEqual(25_600)
  // CloudFormation zips it. Source: AWS::Lambda::Function Code, "ZipFile": the zip file cannot exceed 4 MB.
  expect(propertiesOf('BuildTriggerFunction').Code.ZipFile.length).toBeLessThan(4_000_000)
})

describe('scripts/embed-functions.mjs', () => {
  let copy: string
  beforeEach(() => {
    copy = mkdtempSync(join(tmpdir(), 'mcpgw-embed-'))
    cpSync(folder, copy, {recursive: true})
  })
  afterEach(() => rmSync(copy, {recursive: true}))

  const check = () => spawnSync(process.execPath, [script, '--check', copy], {encoding: 'utf8'})
  const embed = () => execFileSync(process.execPath, [script, copy])
  const change = (file: string, from: string | RegExp, to: string) => {
    const text = read(file, copy)
    expect(text.replace(from, () => to)).not.toBe(text)
    writeFileSync(
      join(copy, file),
      text.replace(from, () => to),
    )
  }

  test('finds nothing to complain about, and nothing to change', () => {
    expect(check()).toMatchObject({status: 0, stderr: ''})
    embed()
    expect(read('compute-stack.yaml', copy)).toBe(read('compute-stack.yaml'))
  })

  test('refuses a function that was changed and not embedded, then embeds it and nothing else', () => {
    change('functions/build-trigger.js', "'use strict';\n", "'use strict';\n// $& \\1 \n\n")
    const refused = check()
    expect(refused.status).toBe(1)
    expect(refused.stderr).toMatch(
      /^compute-stack\.yaml carries another functions\/build-trigger\.js\. Line 2 is "\/\/ Starts .*" in the template and "\/\/ \$& \\\\1 " in the file\.\n"npm run embed" writes/,
    )
    embed()
    const expected = read('compute-stack.yaml').replace(
      /( +)'use strict';\n/,
      (line, indent) => `${line}${indent}// $& \\1 \n\n`,
    )
    expect(read('compute-stack.yaml', copy)).toBe(expected)
  })

  test('refuses a template whose script was changed by hand, and puts it right', () => {
    change('compute-stack.yaml', 'set -euo pipefail\n', 'set -eu\n')
    expect(check()).toMatchObject({
      status: 1,
      stderr: expect.stringContaining(' is "set -eu" in the template and "set -euo pipefail" in the file.'),
    })
    embed()
    expect(read('compute-stack.yaml', copy)).toBe(read('compute-stack.yaml'))
  })

  test('refuses a script that is shorter than what the template carries', () => {
    change('functions/build-images.sh', /\n[^\n]+\n$/, '\n')
    expect(check().stderr).toContain(' in the template and the end in the file.')
  })

  test('refuses a file that the template does not carry', () => {
    writeFileSync(join(copy, 'functions/forgotten.sh'), 'true\n')
    expect(check()).toMatchObject({
      status: 1,
      stderr: expect.stringContaining(
        'compute-stack.yaml does not carry functions/forgotten.sh: give it a place there.',
      ),
    })
  })

  test('writes nothing when a script would end the here-document it is in', () => {
    const [, end = ''] = /build-images\.sh <<'(\w+)'/.exec(read('compute-stack.yaml')) ?? []
    change('functions/build-images.sh', '\n\n', `\n${end}\n`)
    expect(() => execFileSync(process.execPath, [script, copy], {stdio: 'pipe'})).toThrow(
      'Nothing was written.',
    )
    expect(read('compute-stack.yaml', copy)).toBe(read('compute-stack.yaml'))
  })
})
