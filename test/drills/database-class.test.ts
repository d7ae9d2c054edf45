import {RDS} from '@aws-sdk/client-rds'
import {expect, test} from 'vitest'
import {DrillAccount} from './harness/account.js'
import {runCommand} from './harness/command.js'
import {commandsInHint} from './harness/next-step.js'
import {ailments} from './harness/oracle.js'
import {ruleOf, runAwsCommands} from './harness/rule-drill.js'
import {stateOf} from './harness/states.js'
import {wordsOfRule} from './situations/lifted.js'

const deployWith = (version: string) =>
  `mcpgw deploy --layout individual --set DatabaseEngineVersion=${version}`

test('a version that the region does not have as serverless is exchanged for one that it lists', async () => {
  const account = await DrillAccount.serve(await stateOf('network-and-compute'))
  try {
    const refused = '8.0.mysql_aurora.3.08.2'
    const words = wordsOfRule('database-class').replace(/EngineVersion=[\w.]+/, `EngineVersion=${refused}`)
    await account.setFaults([`fail-create AWS::RDS::DBInstance message="${words}"`])
    const ended = await runCommand(account, deployWith(refused))
    expect(ruleOf(ended), ended.stdout).toBe('database-class')
    // A fault refuses whatever version there is; AWS refuses one that it does not list. The account lists all that it has.
    await account.clearFaults()

    const [list = ''] = commandsInHint(ended.error?.hint ?? '')
    const [answer] = (await runAwsCommands(account, [list])) as any[]
    const versions: string[] = answer.OrderableDBInstanceOptions.map((option: any) => option.EngineVersion)
    const chosen = versions.filter(version => version !== refused).at(-1) ?? ''
    const deployed = await runCommand(account, deployWith(chosen))
    expect(deployed.exitCode, deployed.stdout).toBe(0)
    expect(ailments(await account.state())).toEqual([])
    const {DBClusters} = await new RDS(account.clientConfig).describeDBClusters({})
    expect(DBClusters).toMatchObject([{EngineVersion: chosen}])
  } finally {
    await account.stop()
  }
})
