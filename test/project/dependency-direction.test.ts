import {describe, expect, test} from 'vitest'
import {lint} from './lint.js'

type Arrow = readonly [file: string, specifier: string]

const forbidden: readonly Arrow[] = [
  ['src/steps/probe.ts', '../commands/deploy.js'],
  ['src/steps/probe.ts', '../workflows/deploy.js'],
  ['src/steps/probe.ts', '../rehearsal/process/join.js'],
  ['src/steps/probe.ts', '@aws-sdk/client-ecs'],
  ['src/workflows/probe.ts', '../commands/deploy.js'],
  ['src/aws/probe.ts', '../steps/step.js'],
  ['src/aws/probe.ts', 'ora'],
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
  ['src/app/probe.ts', '../commands/deploy.js'],
  ['src/app/target.ts', '../commands/deploy.js'],
  ['src/app/probe.ts', '../rehearsal/process/join.js'],
  ['src/app/probe.ts', '../rehearsal/index.js'],
  ['src/app/target.ts', '../rehearsal/process/join.js'],
  ['src/commands/rehearse.ts', '../rehearsal/process/serve.js'],
  ['src/app/specifications/probe.ts', '../../rehearsal/process/join.js'],
  ['src/input/probe.ts', '../app/session.js'],
  ['src/input/probe.ts', '../rehearsal/process/join.js'],
  ['src/workflows/probe.ts', '../app/session.js'],
  ['src/steps/probe.ts', '../input/duration.js'],
  ['src/rehearsal/probe.ts', '../app/session.js'],
  ['src/commands/probe.ts', '../workflows/deploy.js'],
]

const allowed: readonly Arrow[] = [
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
  ['src/app/target.ts', '../rehearsal/index.js'],
  ['src/commands/rehearse.ts', '../rehearsal/index.js'],
  ['src/commands/probe.ts', '../app/session.js'],
  ['src/app/probe.ts', '../workflows/deploy.js'],
  ['src/app/probe.ts', '../input/duration.js'],
  ['src/input/probe.ts', '../steps/deploy/context.js'],
]

describe('the lint rule for the direction of dependencies', () => {
  const refused = refusedOf([...forbidden, ...allowed])

  test.each(forbidden)('%s may not import %s', (file, specifier) => {
    expect(refused).toContainEqual([file, specifier])
  })

  test.each(allowed)('%s may import %s', (file, specifier) => {
    expect(refused).not.toContainEqual([file, specifier])
  })
})

/** Those that the linter refuses. It is asked once: each file has a line for each of its imports. */
function refusedOf(arrows: readonly Arrow[]): readonly Arrow[] {
  const lines = new Map<string, Arrow[]>()
  for (const arrow of arrows) lines.set(arrow[0], [...(lines.get(arrow[0]) ?? []), arrow])
  const texts = Array.from(lines, ([file, own]) => [
    file,
    own.map(([, specifier], index) => `export const probe${index} = () => import('${specifier}')\n`).join(''),
  ])
  return lint(Object.fromEntries(texts))
    .filter(({rule}) => rule === 'lint/style/noRestrictedImports')
    .flatMap(({file, line}) => lines.get(file)?.slice(line - 1, line) ?? [])
}
