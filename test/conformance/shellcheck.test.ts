import {appendFileSync, cpSync, mkdirSync, readdirSync, readFileSync} from 'node:fs'
import {dirname, join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {describe, expect, inject, test} from 'vitest'
import {run} from './clients.js'

const project = fileURLToPath(new URL('../..', import.meta.url))
const functions = 'cloudformation/functions'
const findings = 'findings'
const install = 'test/conformance/keycloak/install.sh'
const ignored = /(^|\/)(node_modules|dist|coverage|\.git|\.venv|\.dist-\d+)(\/|$)/

/** Every file that a shell runs, by its first line or its name. */
const shellFiles = readdirSync(project, {recursive: true, withFileTypes: true})
  .filter(entry => entry.isFile())
  .map(({parentPath, name}) => join(parentPath, name).slice(project.length))
  .filter(path => !ignored.test(path) && (path.endsWith('.sh') || !/\.\w+$/.test(path)))
  .filter(path => path.endsWith('.sh') || /^#!.*\b(ba|da|k|z)?sh\b/.test(firstLine(path)))
  .sort()
/** What is sourced by another file is checked together with it: alone it would lack what that one defines. */
const programs = shellFiles.filter(path => firstLine(path).startsWith('#!'))

function firstLine(path: string): string {
  return readFileSync(join(project, path), 'utf8').split('\n', 1)[0] ?? ''
}

/** Findings of every level, `file code`. */
async function findingsIn(folder: string): Promise<string[]> {
  const options = ['--external-sources', '--check-sourced', '--source-path=SCRIPTDIR', '--format=json']
  const {code, stdout, stderr} = await run('shellcheck', [...options, ...programs], folder)
  expect(stderr).toBe('')
  expect(code).toBeLessThan(2)
  return (JSON.parse(stdout) as {file: string; code: number}[]).map(({file, code}) => `${file} SC${code}`)
}

describe('shellcheck', () => {
  test('finds nothing in any checked-in shell script', async () => {
    expect(shellFiles.filter(path => !path.startsWith(`${findings}/`))).toEqual([
      '.ci/run',
      ...['build-images', 'export-images', 'images', 'import-images', 'pins'].map(
        name => `${functions}/${name}.sh`,
      ),
      install,
    ])
    expect(programs.filter(path => !path.startsWith(`${findings}/`))).toEqual([
      '.ci/run',
      `${functions}/images.sh`,
      install,
    ])
    expect(programs.length).toBeGreaterThan(4)
    expect(await findingsIn(project)).toEqual([])
  })

  test('finds a defect in every one of them', async () => {
    const copy = join(inject('deployed').folder, 'shell')
    for (const folder of ['.ci', functions, findings, dirname(install)]) {
      mkdirSync(join(copy, folder), {recursive: true})
      cpSync(join(project, folder), join(copy, folder), {recursive: true})
    }
    for (const path of shellFiles) appendFileSync(join(copy, path), 'planted=$1\nrm $planted\n')
    const found = await findingsIn(copy)
    for (const path of shellFiles) expect(found.join('\n')).toMatch(new RegExp(`${path} SC2086$`, 'm'))
  })
})
