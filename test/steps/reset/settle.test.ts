import {describe, expect, it} from 'vitest'
import {templatesFolder} from '../../../src/environment/templates.js'
import {readTemplateFolder} from '../../../src/input/template-folder.js'
import type {DeploySettings} from '../../../src/steps/deploy/context.js'
import type {Kept, ResetContext} from '../../../src/steps/reset/context.js'
import {settle} from '../../../src/steps/reset/settle.js'
import {deployContext, listener, teardownContext} from '../../helpers/contexts.js'
import {FakeAws} from '../../helpers/fake-aws.js'
import {virtualClock} from '../../helpers/virtual-clock.js'

const templates = readTemplateFolder(templatesFolder())
const {signal} = new AbortController()
const canary = 'Canary-of-the-reset-2'

function contextWith(parameters: Record<string, string>, kept: Partial<Kept> = {}): ResetContext {
  const clock = virtualClock()
  const aws = new FakeAws(clock)
  const settings: DeploySettings = {...deployContext(aws, clock).settings, templates, parameters, realm: true}
  const {record, ...teardown} = {...teardownContext(aws, clock), existingStacks: []}
  return {
    ...{aws, clock, record, teardown: {...teardown, record}},
    environment: 'demo',
    commandLine: command => `mcpgw ${command}`,
    runsFolder: '/nowhere',
    removal: teardown,
    allowRemaining: false,
    startOver: false,
    phase: 'teardown',
    kept: {layout: 'nested', parameters: {}, secretsGiven: [], ...kept},
    settle: () => settings,
  }
}

async function settled(context: ResetContext): Promise<string[]> {
  const {tell, notes} = listener()
  await settle().run(context, {tell, signal})
  return notes()
}

describe('what a reset deploys again', () => {
  it('keeps what was given, and of secrets the names alone', async () => {
    const context = contextWith({TargetCpuUtilization: '60', KeycloakAdminPassword: canary})
    const notes = await settled(context)
    expect(context.kept).toMatchObject({
      parameters: {TargetCpuUtilization: '60'},
      secretsGiven: ['KeycloakAdminPassword'],
    })
    expect(context.told?.secrets).toEqual([
      {name: 'KeycloakAdminPassword', origin: 'given'},
      {name: 'KeycloakDatabasePassword', origin: 'generated'},
      {name: 'EmbeddingsApiKey', origin: 'empty'},
    ])
    expect(JSON.stringify([context.kept, context.told, notes])).not.toContain(canary)
    expect(notes).toEqual([
      'Secrets are not kept: KeycloakDatabasePassword will be generated anew; give them with --parameters to choose them',
      'Students are not kept; --students creates them again',
    ])
  })

  it('says of a secret that an earlier run was given, and this one is not', async () => {
    const notes = await settled(contextWith({}, {secretsGiven: ['KeycloakAdminPassword']}))
    expect(notes).toContain('An earlier run was given KeycloakAdminPassword, and this one is not')
  })

  it('refuses what would be lost and is in use, until it is given, or left out on purpose', async () => {
    const uses = {EmbeddingsProvider: 'litellm'}
    const refused = {code: 'SECRET_NOT_KEPT', exitCode: 3}
    await expect(settled(contextWith(uses))).rejects.toMatchObject({
      ...refused,
      hint: expect.stringContaining('`mcpgw reset --set EmbeddingsApiKey=`'),
    })
    await settled(contextWith({...uses, EmbeddingsApiKey: canary}))
    await settled(contextWith({...uses, EmbeddingsApiKey: ''}))
  })
})
