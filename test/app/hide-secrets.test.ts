import {mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterAll, expect, it} from 'vitest'
import {commandLineFor} from '../../src/app/command-line.js'
import {hidingSecrets} from '../../src/app/hide-secrets.js'
import {McpgwError} from '../../src/errors.js'
import {listener} from '../helpers/contexts.js'

const folder = mkdtempSync(join(tmpdir(), 'mcpgw-hide-'))
const parameters = join(folder, 'class.yaml')
writeFileSync(parameters, 'KeycloakAdminPassword: Canary-4711\nTargetCpuUtilization: 60\n')
afterAll(() => rmSync(folder, {recursive: true, force: true}))

const repeated = 'Canary-4711 is not 60, nor Q2FuYXJ5LTQ3MTE='
const outcome = {document: {reason: repeated}, text: repeated, exitCode: 0}

it('hides the secrets of the parameters file in what a command hands back, shows and throws', async () => {
  const flags = {parameters, set: undefined}
  const heard = listener()
  const ended = await hidingSecrets(flags, async redactor => {
    redactor.sink(heard.tell)({kind: 'note', text: repeated})
    return outcome
  })
  const hidden = '**** is not 60, nor ****='
  expect(ended).toEqual({document: {reason: hidden}, text: hidden, exitCode: 0})
  expect(heard.notes()).toEqual([hidden])
  const failing = hidingSecrets(flags, async () => {
    throw new McpgwError(repeated, {code: 'X', exitCode: 1, hint: repeated})
  })
  await expect(failing).rejects.toMatchObject({code: 'X', message: hidden, hint: hidden})
})

it('hides those of --set, and leaves what is no secret', async () => {
  const flags = {parameters: undefined, set: ['KeycloakAdminPassword=Canary-4711', 'TargetCpuUtilization=60']}
  expect((await hidingSecrets(flags, async () => outcome)).text).toBe('**** is not 60, nor ****=')
})

it('changes nothing when nothing was given', async () => {
  expect(await hidingSecrets({parameters: undefined, set: undefined}, async () => outcome)).toEqual(outcome)
})

it('refuses to go on when the file cannot be read', async () => {
  const flags = {parameters: join(folder, 'absent.json'), set: undefined}
  let began = false
  const refused = hidingSecrets(flags, async () => {
    began = true
    return outcome
  })
  await expect(refused).rejects.toMatchObject({code: 'PARAMETERS_FILE_UNREADABLE', exitCode: 2})
  expect(began).toBe(false)
})

it('is part of the commands that are advised next', () => {
  const flags = {environment: 'demo', region: undefined, profile: undefined, rehearse: false, parameters}
  const line = commandLineFor(flags as Parameters<typeof commandLineFor>[0])
  expect(line('watch')).toBe(`mcpgw watch --environment demo --parameters ${parameters}`)
})
