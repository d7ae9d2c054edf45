import {existsSync, mkdtempSync, readFileSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {RDS} from '@aws-sdk/client-rds'
import {SecretsManager} from '@aws-sdk/client-secrets-manager'
import {afterEach, expect, test} from 'vitest'
import type {Account, Resource} from '../../src/rehearsal/account/account.js'
import {provedKinds} from '../../src/steps/prove/kinds.js'
import {problemsOfDocument} from '../helpers/published-schemas.js'
import {DrillAccount} from './harness/account.js'
import {runCommand} from './harness/command.js'
import {followAdvice} from './harness/follow.js'
import {belongings} from './harness/neighbours.js'
import {losses, remains} from './harness/oracle.js'
import {stateOf} from './harness/states.js'
import {tearDown} from './harness/torn-down.js'
import {changesToOthers} from './harness/whole-account.js'

let account: DrillAccount

afterEach(() => account.stop())

async function empty(): Promise<Account> {
  return JSON.parse(await stateOf('empty'))
}

const names = (entries: readonly {kind: string; name: string}[]) =>
  entries.map(({kind, name}) => `${kind} ${name}`)

test('a teardown ends with a certificate, which says what was looked for', async () => {
  account = await DrillAccount.serve(await stateOf('deployed'))
  const folder = mkdtempSync(join(tmpdir(), 'mcpgw-certificate-'))
  const [json, html] = [join(folder, 'a.json'), join(folder, 'b.html')]
  const torn = await runCommand(account, `mcpgw teardown --certificate ${json}`)
  expect(torn, torn.stdout).toMatchObject({exitCode: 0, document: {proof: {certified: true}}})
  // Accounts have few calls a second for all who are in it; head starts shorten the time that they are spread over.
  const calls = Object.values<number>(torn.document.apiCalls).reduce((sum, count) => sum + count, 0)
  expect(calls / torn.document.durationSeconds).toBeLessThan(0.5)
  const certificate = JSON.parse(readFileSync(json, 'utf8'))
  expect(problemsOfDocument('certificate', certificate)).toEqual([])
  expect(certificate.removed).toHaveLength(5)
  expect(certificate.proof.lookedFor.map(({kind}: any) => kind)).toEqual(provedKinds.map(({kind}) => kind))
  const proved = await runCommand(account, `mcpgw teardown --prove --certificate ${html}`)
  expect(proved, proved.stdout).toMatchObject({
    exitCode: 0,
    document: {removed: [], proof: {certified: true}},
  })
  expect(readFileSync(html, 'utf8')).toContain('Nothing remains of mcp-gateway')
  // What is there is not written over.
  expect((await runCommand(account, `mcpgw teardown --prove --certificate ${html}`)).error).toMatchObject({
    code: 'CERTIFICATE_UNWRITABLE',
  })
  rmSync(folder, {recursive: true})
  expect(remains(await account.state(), await empty())).toEqual([])
  expect(losses(await account.state(), await empty())).toEqual([])
})

test('what calls only claim to have deleted is found, and never told as removed', async () => {
  account = await DrillAccount.serve(await stateOf('deployed'))
  const snapshot = {DBClusterSnapshotIdentifier: 'mcp-gateway-keycloak-kept-20260102030405'}
  const rds = new RDS(account.clientConfig)
  const {DBClusters: [cluster] = []} = await rds.describeDBClusters()
  await rds.createDBClusterSnapshot({...snapshot, DBClusterIdentifier: cluster?.DBClusterIdentifier})
  await account.pass(600)
  await account.setFaults([
    'recreate-log-group /ecs/mcp-gateway-registry by=1s',
    ...['logs:DeleteLogGroup', 'ecs:DeleteTaskDefinitions', 's3:DeleteBucket'].map(call => `lie ${call}`),
    'lie rds:DeleteDBClusterSnapshot',
  ])
  const folder = mkdtempSync(join(tmpdir(), 'mcpgw-certificate-'))
  const file = join(folder, 'none.json')
  const torn = await runCommand(account, `mcpgw teardown --delete-snapshots --certificate ${file}`)
  expect(torn.exitCode, torn.stdout).toBe(1)
  expect(existsSync(file)).toBe(false)
  rmSync(folder, {recursive: true})
  const {remaining, cleaned, proof} = torn.document
  expect(proof.certified).toBe(false)
  expect([...new Set(remaining.map(({kind}: any) => kind))].sort()).toEqual([
    'ecs:task-definition',
    'logs:log-group',
    'rds:cluster-snapshot',
    's3:bucket',
  ])
  expect(cleaned.filter(({name}: any) => remaining.some((left: any) => left.name === name))).toEqual([])
  await account.clearFaults()
  const again = await runCommand(account, 'mcpgw teardown --delete-snapshots')
  expect(again, again.stdout).toMatchObject({exitCode: 0, document: {proof: {certified: true}}})
  expect(remains(await account.state(), await empty())).toEqual([])
})

test('head starts that AWS accepts and forgets are made good by CloudFormation, unseen by the tagging API', async () => {
  account = await DrillAccount.serve(await stateOf('deployed'))
  await account.setFaults([
    'forget-tags',
    ...['rds:DeleteDBInstance', 'rds:DeleteDBCluster', 'ec2:DeleteNatGateway'].map(call => `lie ${call}`),
    ...['cloudfront:UpdateDistribution', 'ecs:UpdateService'].map(call => `lie ${call}`),
  ])
  await tearDown(account)
})

test('a deletion of stacks that is accepted and never begins is not told as one', async () => {
  account = await DrillAccount.serve(await stateOf('individual'))
  const before = await account.state()
  await account.setFaults(['lie cloudformation:DeleteStack'])
  const torn = await runCommand(account, 'mcpgw teardown')
  expect([1, 4], torn.stdout).toContain(torn.exitCode)
  expect(torn.document.proof?.certified ?? false).toBe(false)
  await account.clearFaults()
  await followAdvice(account, torn, {goal: 'clean', before: await empty()})
  expect(changesToOthers(before, await account.state())).toEqual([])
})

/** What goes with something else, and what every VPC has by itself. */
function isLookedFor({type}: Resource): boolean {
  return provedKinds.some(row => row.type === type)
}

test('whatever a stack had is found by it, though the tagging API has forgotten everything', async () => {
  const before: Account = JSON.parse(await stateOf('deployed'))
  const other = await DrillAccount.serve(await stateOf('deployed'))
  const torn = await runCommand(other, 'mcpgw teardown')
  expect(torn.exitCode, torn.stdout).toBe(0)
  const after = await other.state()
  await other.stop()
  const back: Resource[] = []
  for (const region of Object.values(after.regions)) {
    for (const [key, resource] of Object.entries(before.regions[region.name]?.resources ?? {})) {
      const {owner} = resource
      if (owner?.stackId.includes('/mcp-gateway-') !== true || !isLookedFor(resource)) continue
      if (region.resources[key] !== undefined && resource.type !== 'AWS::KMS::Key') continue
      const {owner: _, ...orphan} = resource
      region.resources[key] = {...orphan, tags: {}} as Resource
      back.push(resource)
    }
  }
  expect(back.length).toBeGreaterThan(110)
  account = await DrillAccount.serve(JSON.stringify(after))
  await account.setFaults(['forget-tags'])
  const there = belongings(await account.state())
  const proved = await runCommand(account, 'mcpgw teardown --prove')
  expect(proved.exitCode, proved.stdout).toBe(1)
  const {remaining, unknown} = proved.document
  expect(unknown).toEqual([])
  const perKind = (kind: string) => remaining.filter((left: any) => left.kind === kind).length
  const missed = provedKinds.flatMap(({kind, type}) => {
    const expected = back.filter(resource => resource.type === type).length
    return perKind(kind) < expected ? [`${kind}: ${perKind(kind)} of ${expected}`] : []
  })
  expect(missed).toEqual([])
  expect(remaining.filter(({command}: any) => command === null)).toEqual([])
  // It only looks.
  expect(belongings(await account.state())).toEqual(there)
})

test('what may not be looked for is unknown, and then there is no certificate', async () => {
  account = await DrillAccount.serve(await stateOf('empty'))
  await account.setFaults(['deny ec2:DescribeNatGateways', 'deny cloudformation:ListStacks'])
  const proved = await runCommand(account, 'mcpgw teardown --prove')
  expect(proved.exitCode, proved.stdout).toBe(1)
  expect(proved.document.proof.certified).toBe(false)
  expect(names(proved.document.unknown).sort()).toEqual([
    'cloudformation:stack deleted stacks',
    'ec2:natgateway ec2:DescribeNatGateways',
  ])
  await account.clearFaults()
  expect((await runCommand(account, 'mcpgw teardown --prove')).exitCode).toBe(0)
})

test('a secret that waits for its deletion is named: its name is taken until then', async () => {
  account = await DrillAccount.serve(await stateOf('empty'))
  const secrets = new SecretsManager(account.clientConfig)
  await secrets.createSecret({Name: 'mcp-gateway-students', SecretString: 'x'})
  await secrets.deleteSecret({SecretId: 'mcp-gateway-students', RecoveryWindowInDays: 7})
  const proved = await runCommand(account, 'mcpgw teardown --prove')
  expect(proved.exitCode, proved.stdout).toBe(1)
  expect(proved.document.remaining).toMatchObject([
    {kind: 'secretsmanager:secret', name: 'mcp-gateway-students', kept: false},
  ])
  expect(proved.document.remaining[0].reason).toMatch(/its name is taken until then/)
})

test('snapshots are named with what they cost, and go with --delete-snapshots alone', async () => {
  account = await DrillAccount.serve(await stateOf('deployed'))
  const kept = await runCommand(account, 'mcpgw teardown --keep-snapshot')
  expect(kept, kept.stdout).toMatchObject({exitCode: 0, document: {proof: {certified: true}}})
  expect(kept.document.remaining).toMatchObject([
    {kind: 'rds:cluster-snapshot', kept: true, cost: {usd: 0.02, per: 'month'}},
  ])
  const again = await runCommand(account, 'mcpgw teardown')
  expect(again.document.remaining).toHaveLength(1)
  const deleted = await runCommand(account, 'mcpgw teardown --delete-snapshots')
  expect(deleted, deleted.stdout).toMatchObject({exitCode: 0, document: {remaining: []}})
  expect((await new RDS(account.clientConfig).describeDBClusterSnapshots({})).DBClusterSnapshots).toEqual([])
})
