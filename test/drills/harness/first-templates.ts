import {cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {CreateHostedZoneCommand, Route53Client} from '@aws-sdk/client-route-53'
import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import type {Account} from '../../../src/rehearsal/account/account.js'
import {DrillAccount} from './account.js'
import {type Ended, runCommand} from './command.js'

/**
 * The first templates that environments were made with. They stay as they were, whatever becomes of ours: what a class
 * has must come through every later change.
 */
const first = fileURLToPath(new URL('../../fixtures/templates/0e63a41', import.meta.url))
export const ours = fileURLToPath(new URL('../../../cloudformation', import.meta.url))
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
export async function lastingIds(account: DrillAccount): Promise<Record<string, string>> {
  const {regions} = await stateFileOf(account)
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

/** As its file holds it. */
const stateFileOf = async (account: DrillAccount): Promise<any> => account.state()

/** Without what CloudFormation appends to the names of nested stacks. */
const plainName = (name: string) => name.replace(/-[A-Z0-9]{12}$/, '')

export async function engineVersions(account: DrillAccount): Promise<unknown[]> {
  const {regions} = await stateFileOf(account)
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

/** What an environment of the first templates leaves: the account, as its file holds it, and what making it said. */
interface Made {
  state: string
  ended: Ended
}

/** The folder of the first templates, and what is made with them once for all tests. */
const templates = firstTemplates()
const accounts: DrillAccount[] = []
const made = new Map<Variant, Promise<Made>>()
afterAll(async () => {
  rmSync(templates, {recursive: true, force: true})
  for (const account of accounts) await account.stop()
})

/** An account of its own in which an environment of the first templates exists, and what making it said. */
export async function deployedWith(variant: Variant): Promise<{account: DrillAccount; ended: Ended}> {
  if (!made.has(variant)) made.set(variant, make(variant))
  const {state, ended} = (await made.get(variant)) ?? expect.fail('it is made')
  return {account: await serve(state), ended}
}

async function make({layout, domain, kept}: Variant): Promise<Made> {
  const account = await serve()
  const set = {KeepDatabaseSnapshot: kept, ...(domain ? await domainOf(account) : {})}
  const parameters = Object.entries(set).map(([name, value]) => `--set ${name}=${value}`)
  // What they make exists, and nobody can log in there: only our templates have what the realm and the login need.
  const line = `mcpgw deploy --no-realm --no-verify --layout ${layout} ${parameters.join(' ')}`
  const ended = await withTemplates(templates, () => runCommand(account, line))
  return {state: await account.text(), ended}
}

/** Does something while the commands find their templates in this folder. */
export async function withTemplates<T>(folder: string, work: () => Promise<T>): Promise<T> {
  process.env.MCPGW_TEMPLATES_DIR = folder
  return await work().finally(() => {
    delete process.env.MCPGW_TEMPLATES_DIR
  })
}

async function serve(state?: string): Promise<DrillAccount> {
  const account = await DrillAccount.serve(state)
  accounts.push(account)
  return account
}

/** The parameters of a domain whose hosted zone is in the account. */
async function domainOf(account: DrillAccount): Promise<Record<string, string>> {
  const client = new Route53Client(account.clientConfig)
  const zone = {Name: 'example.org', CallerReference: 'class'}
  const {HostedZone} = await client.send(new CreateHostedZoneCommand(zone))
  client.destroy()
  return {BaseDomain: 'example.org', HostedZoneId: HostedZone?.Id?.replace('/hostedzone/', '') ?? ''}
}

/** What must hold of an environment of the first templates when it meets ours. */
export function updatesInPlace(variant: Variant): void {
  const {layout, domain, kept} = variant
  describe(`an environment of the first templates: ${layout}, domain ${domain}, snapshot kept ${kept}`, () => {
    let account: DrillAccount
    let made: Ended
    let before: Record<string, string>
    beforeAll(async () => {
      ;({account, ended: made} = await deployedWith(variant))
      before = await lastingIds(account)
    })

    test('exists, with one of everything that has to last', async () => {
      expect(made.exitCode, made.stdout).toBe(0)
      const {regions} = await stateFileOf(account)
      const types = new Set(Object.values<any>(regions['us-west-2'].resources).map(({type}) => type))
      const withDomain = ['AWS::CertificateManager::Certificate', 'AWS::Route53::RecordSet']
      const expected = lasting.filter(type =>
        domain ? type !== 'AWS::CloudFront::Distribution' : !withDomain.includes(type),
      )
      expect(expected.filter(type => !types.has(type))).toEqual([])
      expect(Object.keys(before).length).toBeGreaterThan(80)
      expect(await engineVersions(account)).toEqual([firstVersion])
    })

    test('is updated by deploy alone: nothing that lasts is another, the database keeps its version', async () => {
      // Without --yes: nobody is asked about an update that interrupts nothing.
      const updated = await runCommand(account, `mcpgw deploy --layout ${layout} --without-yes`)
      expect(updated.exitCode, updated.stderr + updated.stdout).toBe(0)
      expect(updated.document).toMatchObject({operation: 'update', verification: {healthy: true}})
      expect(lost(before, await lastingIds(account))).toEqual([])
      expect(await engineVersions(account)).toEqual([firstVersion])
    })

    test('has nothing left to do after that', async () => {
      const again = await runCommand(account, `mcpgw deploy --layout ${layout}`)
      expect(again.exitCode, again.stdout).toBe(0)
      expect(again.document).toMatchObject({operation: 'none', verification: {healthy: true}})
    })

    test('leaves what every teardown leaves: a key that waits for its deletion, and a snapshot where one is kept', async () => {
      const torn = await runCommand(account, 'mcpgw teardown')
      expect(torn.exitCode, torn.stdout).toBe(0)
      const left = typesIn(await account.state()).filter(type => type !== 'AWS::Route53::HostedZone')
      expect(left).toEqual(['AWS::KMS::Key', ...(kept === 'true' ? ['AWS::RDS::DBClusterSnapshot'] : [])])
    })
  })
}

/** Types of everything that exists, buckets among it; counters of AWS's own, such as revision numbers, apart. */
function typesIn({regions, buckets}: Account): string[] {
  const types = Object.values(regions['us-west-2']?.resources ?? {}).map(({type}) => type)
  return [
    ...new Set(types.filter(type => !type.startsWith('mcpgw::'))),
    ...Object.keys(buckets).map(name => `bucket ${name}`),
  ].sort()
}
