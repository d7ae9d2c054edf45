import {copyFileSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {CreateHostedZoneCommand, Route53Client} from '@aws-sdk/client-route-53'
import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import {type Finished, Rehearsal} from './mcpgw.js'

/**
 * The first templates that environments were made with. They stay as they were, whatever becomes of ours: what a class
 * has must come through every later change.
 */
const first = fileURLToPath(new URL('../fixtures/templates/0e63a41', import.meta.url))
export const ours = fileURLToPath(new URL('../../cloudformation', import.meta.url))
/** With these templates a database was made in this version; it is not raised unasked. */
export const firstVersion = '8.0.mysql_aurora.3.08.2'

/** What must never be another one after an update: it holds data, an address that people have, or all the others. */
const lasting = [
  'AWS::CertificateManager::Certificate',
  'AWS::CloudFront::Distribution',
  'AWS::EC2::EIP',
  'AWS::EC2::NatGateway',
  'AWS::EC2::SecurityGroup',
  'AWS::EC2::Subnet',
  'AWS::EC2::VPC',
  'AWS::ECR::Repository',
  'AWS::ECS::Cluster',
  'AWS::ECS::Service',
  'AWS::EFS::AccessPoint',
  'AWS::EFS::FileSystem',
  'AWS::EFS::MountTarget',
  'AWS::ElasticLoadBalancingV2::LoadBalancer',
  'AWS::ElasticLoadBalancingV2::TargetGroup',
  'AWS::KMS::Alias',
  'AWS::KMS::Key',
  'AWS::Logs::LogGroup',
  'AWS::RDS::DBCluster',
  'AWS::RDS::DBClusterParameterGroup',
  'AWS::RDS::DBInstance',
  'AWS::RDS::DBProxy',
  'AWS::RDS::DBSubnetGroup',
  'AWS::Route53::RecordSet',
  'AWS::SecretsManager::Secret',
  'AWS::ServiceDiscovery::PrivateDnsNamespace',
  'AWS::SSM::Parameter',
]

/**
 * These templates make the services side by side, and whether the registry finds the auth server then is chance: here
 * it does, as in every environment that came to exist.
 */
function firstTemplates(): string {
  const folder = mkdtempSync(join(tmpdir(), 'mcpgw-first-'))
  cpSync(first, folder, {recursive: true})
  return changed(folder, 'services-stack.yaml', [
    '  RegistryService:\n    Type: AWS::ECS::Service\n    DependsOn:\n',
    '  RegistryService:\n    Type: AWS::ECS::Service\n    DependsOn:\n      - AuthServerService\n',
  ])
}

/** Puts a text in another's place in a folder of templates. */
export function changed(folder: string, file: string, [text, other]: readonly [string, string]): string {
  const path = join(folder, file)
  const before = readFileSync(path, 'utf8')
  expect(before, file).toContain(text)
  writeFileSync(path, before.replace(text, other))
  return folder
}

/** Physical ids of what lasts, by stack and logical id. */
export async function lastingIds(rehearsal: Rehearsal): Promise<Record<string, string>> {
  const {regions} = await rehearsal.account()
  const stacks: any[] = Object.values(regions['us-west-2'].stacks)
  const resources = stacks
    .filter(({status}) => status !== 'DELETE_COMPLETE')
    .flatMap(({name, resources}) =>
      Object.values<any>(resources).map(stackResource => ({stack: plainName(name), ...stackResource})),
    )
    .filter(({type, status}) => lasting.includes(type) && status !== 'DELETE_COMPLETE')
  return Object.fromEntries(
    resources.map(({stack, logicalId, physicalId}) => [`${stack}/${logicalId}`, physicalId]),
  )
}

/** Without what CloudFormation appends to the names of nested stacks. */
const plainName = (name: string) => name.replace(/-[A-Z0-9]{12}$/, '')

export async function engineVersions(rehearsal: Rehearsal): Promise<unknown[]> {
  const {regions} = await rehearsal.account()
  return Object.values<any>(regions['us-west-2'].resources)
    .filter(({type}) => type === 'AWS::RDS::DBCluster')
    .map(({properties}) => properties.EngineVersion)
}

/** What existed before and is another one now, or gone. */
export function lost(before: Record<string, string>, after: Record<string, string>): string[] {
  return Object.keys(before).filter(key => after[key] !== before[key])
}

export const variants = [
  {layout: 'nested', domain: false, kept: 'false'},
  {layout: 'nested', domain: true, kept: 'true'},
  {layout: 'individual', domain: false, kept: 'true'},
  {layout: 'individual', domain: true, kept: 'false'},
] as const

export type Variant = (typeof variants)[number]

/** The folder of the first templates, and what is made with them once for all tests. */
const templates = firstTemplates()
const accounts: Rehearsal[] = []
const made = new Map<Variant, Promise<{rehearsal: Rehearsal; finished: Finished}>>()
afterAll(async () => {
  rmSync(templates, {recursive: true, force: true})
  for (const account of accounts) await account.remove()
})

/** An account of its own in which an environment of the first templates exists, and what making it said. */
export async function deployedWith(variant: Variant): Promise<{rehearsal: Rehearsal; finished: Finished}> {
  if (!made.has(variant)) made.set(variant, make(variant))
  const {rehearsal: original, finished} = (await made.get(variant)) ?? expect.fail('it is made')
  const rehearsal = account()
  copyFileSync(original.stateFile, rehearsal.stateFile)
  return {rehearsal, finished}
}

async function make({layout, domain, kept}: Variant) {
  const rehearsal = account()
  const set = {KeepDatabaseSnapshot: kept, ...(domain ? await domainOf(rehearsal) : {})}
  const args = Object.entries(set).flatMap(([name, value]) => ['--set', `${name}=${value}`])
  // What they make exists, and nobody can log in there: only our templates have what the realm and the login need.
  const finished = await rehearsal.run(
    ['deploy', '--rehearse', '--json', '--yes', '--no-realm', '--no-verify', '--layout', layout, ...args],
    {MCPGW_TEMPLATES_DIR: templates},
  )
  await rehearsal.leave()
  return {rehearsal, finished}
}

function account(): Rehearsal {
  const rehearsal = new Rehearsal()
  accounts.push(rehearsal)
  return rehearsal
}

/** The parameters of a domain whose hosted zone is in the account. */
async function domainOf(rehearsal: Rehearsal): Promise<Record<string, string>> {
  const {clientConfig, leave} = await rehearsal.join()
  const zone = {Name: 'example.org', CallerReference: 'class'}
  const {HostedZone} = await new Route53Client(clientConfig).send(new CreateHostedZoneCommand(zone))
  leave()
  return {BaseDomain: 'example.org', HostedZoneId: HostedZone?.Id?.replace('/hostedzone/', '') ?? ''}
}

/** What must hold of an environment of the first templates when it meets ours. */
export function updatesInPlace(variant: Variant): void {
  const {layout, domain, kept} = variant
  describe(`an environment of the first templates: ${layout}, domain ${domain}, snapshot kept ${kept}`, () => {
    let rehearsal: Rehearsal
    let finished: Finished
    let before: Record<string, string>
    beforeAll(async () => {
      ;({rehearsal, finished} = await deployedWith(variant))
      before = await lastingIds(rehearsal)
    })

    test('exists, with one of everything that has to last', async () => {
      expect(finished.code, finished.stderr).toBe(0)
      const {regions} = await rehearsal.account()
      const types = new Set(Object.values<any>(regions['us-west-2'].resources).map(({type}) => type))
      const withDomain = ['AWS::CertificateManager::Certificate', 'AWS::Route53::RecordSet']
      const expected = lasting.filter(type =>
        domain ? type !== 'AWS::CloudFront::Distribution' : !withDomain.includes(type),
      )
      expect(expected.filter(type => !types.has(type))).toEqual([])
      expect(Object.keys(before).length).toBeGreaterThan(80)
      expect(await engineVersions(rehearsal)).toEqual([firstVersion])
    })

    test('is updated by deploy alone: nothing that lasts is another, the database keeps its version', async () => {
      const updated = await rehearsal.rehearse('deploy', '--yes', '--layout', layout)
      expect(updated.code, updated.stderr + updated.stdout).toBe(0)
      expect(updated.json()).toMatchObject({operation: 'update', verification: {healthy: true}})
      expect(lost(before, await lastingIds(rehearsal))).toEqual([])
      expect(await engineVersions(rehearsal)).toEqual([firstVersion])
    })

    test('has nothing left to do after that', async () => {
      const again = await rehearsal.rehearse('deploy', '--yes', '--layout', layout)
      expect(again.code, again.stderr).toBe(0)
      expect(again.json()).toMatchObject({operation: 'none', verification: {healthy: true}})
    })

    test('leaves what every teardown leaves: a key that waits for its deletion, and a snapshot where one is kept', async () => {
      const torn = await rehearsal.rehearse('teardown', '--yes')
      expect(torn.code, torn.stderr).toBe(0)
      const left = (await rehearsal.resourceTypes()).filter(type => type !== 'AWS::Route53::HostedZone')
      expect(left).toEqual(['AWS::KMS::Key', ...(kept === 'true' ? ['AWS::RDS::DBClusterSnapshot'] : [])])
    })
  })
}
