import {execFileSync} from 'node:child_process'
import {copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {dirname, join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {afterAll, describe, expect, test} from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'mcpgw-lint-'))
afterAll(() => rmSync(folder, {recursive: true, force: true}))

/** Whether the linter refuses `specifier` in `file`, each in a copy of the project's settings. */
function refuses(file: string, specifier: string): boolean {
  const path = join(folder, file)
  mkdirSync(dirname(path), {recursive: true})
  copyFileSync(join(root, 'biome.json'), join(folder, 'biome.json'))
  writeFileSync(path, `export const probe = () => import('${specifier}')\n`)
  try {
    execFileSync(join(root, 'node_modules/.bin/biome'), ['lint', file], {cwd: folder, stdio: 'pipe'})
    return false
  } catch (error) {
    return String((error as {stderr: Buffer; stdout: Buffer}).stderr).includes('noRestrictedImports')
  } finally {
    rmSync(path)
  }
}

describe('the lint rule for the direction of dependencies', () => {
  test.each([
    ['src/steps/probe.ts', '../commands/deploy.js'],
    ['src/steps/probe.ts', '../workflows/deploy.js'],
    ['src/steps/probe.ts', '../rehearsal/process/join.js'],
    ['src/steps/probe.ts', '@aws-sdk/client-ecs'],
    ['src/workflows/probe.ts', '../commands/deploy.js'],
    ['src/aws/probe.ts', '../steps/step.js'],
    ['src/aws/probe.ts', 'listr2'],
    ['src/environment/probe.ts', '../aws/aws.js'],
    ['src/template/probe.ts', '../environment/names.js'],
    ['src/rehearsal/probe.ts', '../aws/aws.js'],
    ['src/commands/probe.ts', '../rehearsal/process/join.js'],
    ['src/report/probe.ts', '../workflows/deploy.js'],
    ['src/report/probe.ts', '../diagnosis/explain.js'],
    ['src/diagnosis/probe.ts', '../aws/aws.js'],
    ['src/diagnosis/probe.ts', '../steps/step.js'],
    ['src/diagnosis/probe.ts', '../report/words.js'],
    ['src/template/probe.ts', '../diagnosis/explain.js'],
    ['src/rehearsal/probe.ts', '../diagnosis/explain.js'],
    ['src/recorder/probe.ts', '../steps/step.js'],
    ['src/recorder/probe.ts', '../aws/aws.js'],
    ['src/steps/probe.ts', '@keycloak/keycloak-admin-client'],
    ['src/commands/probe.ts', '@keycloak/keycloak-admin-client'],
    ['src/rehearsal/probe.ts', '@keycloak/keycloak-admin-client'],
    ['src/keycloak/probe.ts', '../steps/step.js'],
    ['src/keycloak/probe.ts', '../rehearsal/process/join.js'],
    ['src/keycloak/probe.ts', '@aws-sdk/client-ecs'],
    ['src/aws/probe.ts', '../keycloak/keycloak.js'],
    ['src/environment/probe.ts', '../keycloak/keycloak.js'],
    ['src/report/probe.ts', '../keycloak/keycloak.js'],
  ])('%s may not import %s', (file, specifier) => {
    expect(refuses(file, specifier)).toBe(true)
  })

  test.each([
    ['src/commands/probe.ts', '../workflows/deploy.js'],
    ['src/workflows/probe.ts', '../steps/step.js'],
    ['src/steps/probe.ts', '../aws/aws.js'],
    ['src/steps/probe.ts', '../diagnosis/explain.js'],
    ['src/diagnosis/probe.ts', '../environment/stacks.js'],
    ['src/diagnosis/probe.ts', '../template/template.js'],
    ['src/aws/probe.ts', '@aws-sdk/client-ecs'],
    ['src/steps/probe.ts', '../keycloak/keycloak.js'],
    ['src/keycloak/probe.ts', '../aws/web.js'],
    ['src/keycloak/probe.ts', '@keycloak/keycloak-admin-client/lib/client.js'],
    ['src/rehearsal/probe.ts', '../template/index.js'],
    ['src/steps/probe.ts', '../recorder/read-run.js'],
    ['src/commands/shared/target.ts', '../../rehearsal/process/join.js'],
  ])('%s may import %s', (file, specifier) => {
    expect(refuses(file, specifier)).toBe(false)
  })
})
