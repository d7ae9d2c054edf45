import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import {DrillAccount} from './harness/account.js'
import {runCommand} from './harness/command.js'
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
        reason: expect.stringContaining('USD a GiB and month'),
        command: expect.stringContaining('delete-db-cluster-snapshot'),
      },
    ])
  })

  test('is not taken where there is no database', async () => {
    const other = await runCommand(account, 'mcpgw teardown --environment other --keep-snapshot')
    expect([other.exitCode, other.error?.code]).toEqual([3, 'NO_DATABASE_TO_KEEP'])
  })
})
