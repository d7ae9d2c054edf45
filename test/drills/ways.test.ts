import {afterEach, beforeEach, describe, expect, test} from 'vitest'
import {DrillAccount} from './harness/account.js'
import {runCommand} from './harness/command.js'
import {followAdvice} from './harness/follow.js'
import {stateOf} from './harness/states.js'
import {emptyAccount, expectClean} from './harness/torn-down.js'
import {changesToOthers} from './harness/whole-account.js'

let account: DrillAccount

beforeEach(async () => {
  account = await DrillAccount.serve(await stateOf('deployed'))
})
afterEach(() => account.stop())

const left = ({remaining}: any): string[] => remaining.map(({kind, kept}: any) => `${kind}, kept: ${kept}`)

test('a stack that failed in express mode is deleted in express mode by a teardown without the flag', async () => {
  await account.setFaults(['fail-delete Vpc message="The vpc has dependencies and cannot be deleted."'])
  const before = await account.state()
  const failed = await runCommand(account, 'mcpgw teardown --express')
  expect(failed, failed.stdout).toMatchObject({exitCode: 1, error: {code: 'STACK_FAILED'}})
  await account.clearFaults()
  await followAdvice(account, failed, {goal: 'clean', before: await emptyAccount()})
  await expectClean(account, before)
  const [root] = Object.values((await account.state()).regions['us-west-2']?.stacks ?? {}).filter(
    ({name}) => name === 'mcp-gateway',
  )
  expect(root).toMatchObject({status: 'DELETE_COMPLETE', deploymentConfig: {mode: 'EXPRESS'}})
})

describe('mcpgw teardown --force-delete-stack', () => {
  test('sweeps what the stacks were deleted without, and lists the rest as what was to go', async () => {
    const before = await account.state()
    // The VPC never fails: it is left because of the subnet.
    await account.setFaults([
      'fail-delete PrivateSubnet1 message="The subnet has dependencies and cannot be deleted."',
      'fail-delete RegistryRepository message="Internal Failure"',
    ])
    const torn = await runCommand(account, 'mcpgw teardown --force-delete-stack')
    expect(torn, torn.stdout).toMatchObject({exitCode: 1, document: {proof: {certified: false}}})
    expect(torn.document.cleaned).toContainEqual({kind: 'ecr:repository', name: 'mcp-gateway-registry'})
    expect(left(torn.document)).toEqual(['ec2:subnet, kept: false', 'ec2:vpc, kept: false'])
    expect(changesToOthers(before, await account.state())).toEqual([])
    // Whoever looks later, from another machine, is told the same.
    await account.clearFaults()
    const proved = await runCommand(account, 'mcpgw teardown --prove')
    expect(left(proved.document)).toEqual(left(torn.document))
    expect(proved.document.remaining.map(({command}: any) => command)).toEqual([
      expect.stringMatching(/^aws ec2 delete-subnet --subnet-id subnet-/),
      expect.stringMatching(/^aws ec2 delete-vpc --vpc-id vpc-/),
    ])
    expect(proved.document.remaining[0].reason).toMatch(/^It still carries the tag /)
  })
})
