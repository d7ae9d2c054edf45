import {cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {DescribeServicesCommand, ECSClient} from '@aws-sdk/client-ecs'
import {afterAll, expect, test} from 'vitest'
import {existingStacksInProcess} from './existing-stacks.js'
import {InProcessRehearsal} from './in-process.js'
import type {Rehearsal} from './mcpgw.js'

const ours = fileURLToPath(new URL('../../cloudformation', import.meta.url))
const cluster = 'mcp-gateway-ecs-cluster'

const accounts: Rehearsal[] = []
afterAll(async () => {
  for (const account of accounts) await account.remove()
})

/** Our templates, in which the registry waits for no other service. */
function withoutOrder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'mcpgw-order-'))
  cpSync(ours, folder, {recursive: true})
  const path = join(folder, 'services-stack.yaml')
  const text = readFileSync(path, 'utf8')
  const begin = text.indexOf('\n  RegistryService:\n')
  const end = text.indexOf('    Properties:', begin)
  const dependencies = / {4}DependsOn:\n( {6}- \w+\n)+/
  const unordered = text.slice(begin, end).replace(dependencies, '    DependsOn: AppExecutionPolicy\n')
  expect(unordered).not.toBe(text.slice(begin, end))
  writeFileSync(path, text.slice(0, begin) + unordered + text.slice(end))
  return folder
}

test('services made side by side lose the registry, and the failure shows the words of nginx', async () => {
  const rehearsal = new InProcessRehearsal()
  accounts.push(rehearsal)
  const templates = withoutOrder()
  const deployed = await rehearsal.run(['deploy', '--rehearse', '--json', '--yes'], {
    MCPGW_TEMPLATES_DIR: templates,
  })
  rmSync(templates, {recursive: true, force: true})
  expect(deployed.code, deployed.stdout).toBe(1)
  expect(deployed.json().error.message).toContain('RegistryService (AWS::ECS::Service) failed')
  expect(deployed.stdout).toContain('nginx: [emerg] host not found in upstream \\"auth-server\\"')
})

test('after a creation every service knows whom it calls: mcpgw, which comes before the registry, is deployed again', async () => {
  const {rehearsal, deployed} = await existingStacksInProcess()
  accounts.push(rehearsal)
  expect(deployed.json().apiCalls['ecs:UpdateService']).toBe(1)
  const {clientConfig, leave} = await rehearsal.join()
  const ecs = new ECSClient(clientConfig)
  const names = ['mcp-gateway-registry', 'mcp-gateway-mcpgw']
  const {services = []} = await ecs.send(new DescribeServicesCommand({cluster, services: names}))
  leave()
  const [registry, mcpgw] = names.map(name => services.find(({serviceName}) => serviceName === name))
  expect(registry?.createdAt?.getTime()).toBeGreaterThan(mcpgw?.createdAt?.getTime() ?? Infinity)
  expect(mcpgw?.deployments?.[0]?.createdAt?.getTime()).toBeGreaterThan(
    registry?.createdAt?.getTime() ?? Infinity,
  )
})
