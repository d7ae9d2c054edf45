import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import {DrillAccount} from './harness/account.js'
import {type Ended, runCommand} from './harness/command.js'
import {lastingIds, lost} from './harness/first-templates.js'

/**
 * An update that would replace or delete what holds data, or change what is in use, is refused before it starts; only
 * who says so loses anything.
 */
for (const layout of ['nested', 'individual'] as const) {
  describe(`layout ${layout}`, () => {
    let account: DrillAccount
    let before: Record<string, string>
    const deploy = (rest: string) => runCommand(account, `mcpgw deploy --layout ${layout} ${rest}`)

    beforeAll(async () => {
      account = await DrillAccount.serve()
      const made = await deploy('')
      expect(made.exitCode, made.stdout).toBe(0)
      before = await lastingIds(account)
    })
    afterAll(() => account.stop())

    test('another database user is refused: the database would be replaced', async () => {
      const {exitCode, error} = await deploy('--set KeycloakDatabaseUsername=other')
      expect({exitCode, code: error?.code}, error?.message).toEqual({exitCode: 3, code: 'DATA_WOULD_BE_LOST'})
      expect(error?.message).toContain('DatabaseCluster')
      expect(error?.hint).toContain('--set KeycloakDatabaseUsername=other --replace-data`')
      expect(error?.foreseen?.data).toMatchObject([{logicalId: 'DatabaseCluster', what: 'replaced'}])
      expect(lost(before, await lastingIds(account))).toEqual([])
    })

    test('another network is refused: exports in use would change', async () => {
      const {exitCode, error} = await deploy('--set VpcCidr=10.8.0.0/16')
      expect({exitCode, code: error?.code}, error?.message).toEqual({exitCode: 3, code: 'EXPORTS_IN_USE'})
      expect(error?.hint).toContain('--replace`')
      expect(error?.foreseen?.exports.map(({name}) => name)).toContain('mcp-gateway-VpcId')
      expect(lost(before, await lastingIds(account))).toEqual([])
    })

    test('a domain is refused: exports in use would change', async () => {
      const set = '--set BaseDomain=example.org --set HostedZoneId=Z0123456789ABCDEFGHIJ'
      const {exitCode, error} = await deploy(`${set} --skip-check hosted-zone`)
      expect({exitCode, code: error?.code}, error?.message).toEqual({exitCode: 3, code: 'EXPORTS_IN_USE'})
      expect(lost(before, await lastingIds(account))).toEqual([])
    })

    test('what replaces nothing is updated', async () => {
      const {exitCode, document} = await deploy('--set TargetCpuUtilization=61')
      expect(exitCode, JSON.stringify(document)).toBe(0)
      expect(document).toMatchObject({operation: 'update', verification: {healthy: true}})
      expect(lost(before, await lastingIds(account))).toEqual([])
    })

    test('nothing is left of looking', async () => {
      const {regions} = await account.state()
      const stacks = Object.values(regions['us-west-2']?.stacks ?? {})
      expect(stacks.flatMap(({changeSets = []}) => changeSets)).toEqual([])
    })
  })
}

describe('a snapshot of the database', () => {
  let account: DrillAccount
  beforeAll(async () => {
    account = await DrillAccount.serve()
    expect((await runCommand(account, 'mcpgw deploy')).exitCode).toBe(0)
  })
  afterAll(() => account.stop())

  test('is no reason to replace it', async () => {
    const before = await lastingIds(account)
    const {exitCode, error} = await runCommand(account, 'mcpgw deploy --set KeepDatabaseSnapshot=true')
    expect([exitCode, error?.code]).toEqual([3, 'SNAPSHOT_CHOICE_SETTLED'])
    expect(error?.hint).toContain('mcpgw teardown --rehearse --keep-snapshot')
    expect(lost(before, await lastingIds(account))).toEqual([])
  })

  test('is taken by the teardown before anything is deleted, and can be read when the key is gone', async () => {
    const torn = await runCommand(account, 'mcpgw teardown --keep-snapshot')
    expect(torn.exitCode, torn.stdout).toBe(0)
    const {regions} = await account.state()
    const left = Object.values(regions['us-west-2']?.resources ?? {})
    const snapshots = left.filter(({type}) => type === 'AWS::RDS::DBClusterSnapshot')
    expect(snapshots).toHaveLength(1)
    expect(snapshots[0]?.properties.KmsKeyId).toMatch(/:alias\/aws\/rds$/)
    expect(left.filter(({type}) => type === 'AWS::RDS::DBCluster')).toEqual([])
    expect(torn.document.remaining).toMatchObject([
      {
        kind: 'rds:cluster-snapshot',
        name: snapshots[0]?.physicalId,
        kept: true,
        cost: {usd: 0.02, per: 'month', asOf: 2025},
        command: expect.stringContaining('delete-db-cluster-snapshot'),
      },
    ])
  })

  test('is not taken where there is no database', async () => {
    const other = await runCommand(account, 'mcpgw teardown --environment other --keep-snapshot')
    expect([other.exitCode, other.error?.code]).toEqual([3, 'NO_DATABASE_TO_KEEP'])
  })
})

describe('a database that is replaced because somebody said so', () => {
  const another = 'mcpgw deploy --set KeycloakDatabaseUsername=other --replace-data'
  const refuses =
    'fail-delete */DatabaseCluster message="Cluster cannot be deleted, it still contains DB instances in non-deleting state." times=3'
  let account: DrillAccount
  let before: Record<string, string>
  let replaced: Ended
  beforeAll(async () => {
    account = await DrillAccount.serve()
    expect((await runCommand(account, 'mcpgw deploy --students 2')).exitCode).toBe(0)
    before = await lastingIds(account)
    await account.setFaults([refuses])
    replaced = await runCommand(account, another)
  })
  afterAll(() => account.stop())

  const clusters = async () =>
    Object.values((await account.state()).regions['us-west-2']?.resources ?? {})
      .filter(({type}) => type === 'AWS::RDS::DBCluster')
      .map(({physicalId}) => physicalId)

  test('is used by everybody at once: a student can log in and call a tool', async () => {
    expect(replaced.exitCode, replaced.stdout).toBe(0)
    expect(replaced.document).toMatchObject({operation: 'update', verification: {healthy: true}})
    expect(replaced.document.realm.changes).not.toEqual([])
    expect(lost(before, await lastingIds(account))).toEqual([
      expect.stringMatching(/\/DatabaseCluster$/),
      expect.stringMatching(/\/DatabaseWriter$/),
    ])
    const verified = await runCommand(account, 'mcpgw verify')
    expect(verified.exitCode, verified.stdout).toBe(0)
  })

  test('and the old one, which the update could not delete, is named with its price and what deletes it', async () => {
    const old = Object.entries(before).find(([key]) => key.endsWith('/DatabaseCluster'))?.[1]
    expect(await clusters()).toHaveLength(2)
    expect(replaced.document.remaining).toEqual([
      {
        kind: 'rds:cluster',
        name: old,
        reason: expect.stringContaining('mcpgw teardown'),
        owner: 'the environment',
        kept: false,
        cost: {usd: 0.1, per: 'GiB and month', asOf: 2025},
        command: expect.stringContaining('delete-db-cluster'),
      },
    ])
  })

  test('another deployment has nothing to do', async () => {
    const again = await runCommand(account, 'mcpgw deploy')
    expect(again.exitCode, again.stdout).toBe(0)
    expect(again.document).toMatchObject({operation: 'none', remaining: [], verification: {healthy: true}})
    expect(again.stderr).not.toContain('Restarted')
  })

  test('the teardown gets rid of both', async () => {
    const torn = await runCommand(account, 'mcpgw teardown')
    expect(torn.exitCode, torn.stdout).toBe(0)
    expect(torn.document).toMatchObject({remaining: [], unknown: [], next: null})
    expect(torn.document.cleaned).toContainEqual({kind: 'rds:cluster', name: expect.any(String)})
    expect(await clusters()).toEqual([])
  })
})

test('a failed teardown names what still costs money', async () => {
  const account = await DrillAccount.serve()
  expect((await runCommand(account, 'mcpgw deploy --no-realm --no-verify')).exitCode).toBe(0)
  await account.setFaults(['fail-delete */DatabaseSubnetGroup message="It is in use."'])
  const {exitCode, error} = await runCommand(account, 'mcpgw teardown')
  await account.stop()
  expect([exitCode, error?.code]).toEqual([1, 'STACK_FAILED'])
  expect(error?.remaining?.[0]).toMatchObject({
    kind: 'AWS::EC2::NatGateway',
    cost: {usd: 32.85, per: 'month'},
  })
  expect(error?.remaining?.map(({kind}) => kind)).not.toContain('AWS::EC2::VPC')
  expect(error?.remaining?.map(({kind}) => kind)).not.toContain('AWS::RDS::DBCluster')
})
