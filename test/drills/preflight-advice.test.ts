import {CloudFormation} from '@aws-sdk/client-cloudformation'
import {EC2} from '@aws-sdk/client-ec2'
import {expect, test} from 'vitest'
import {DrillAccount} from './harness/account.js'
import {runCommand} from './harness/command.js'
import {stateOf} from './harness/states.js'

/** What a check says of an account in which it fails, and again once its advice is followed. */
async function verdictOf(account: DrillAccount, id: string, flags = '') {
  const {document} = await runCommand(account, `mcpgw preflight --rehearse${flags}`)
  const check = document.checks.find((each: {id: string}) => each.id === id)
  return `${check.verdict}: ${check.detail}${check.advice ? ` ${check.advice}` : ''}`
}

async function accountWith(...faults: string[]): Promise<DrillAccount> {
  const account = await DrillAccount.serve()
  await account.setFaults(faults)
  return account
}

test('an organization that demands a permissions boundary gets one', async () => {
  const boundary = 'arn:aws:iam::123456789012:policy/workshop-boundary'
  const account = await accountWith(`demand-boundary ${boundary}`)
  const advised = ` --set PermissionsBoundaryArn=${boundary}`
  expect(await verdictOf(account, 'permissions-boundary')).toMatch(/^warn: .*workshop-boundary.* --set/)
  const without = await runCommand(account, 'mcpgw deploy --rehearse --yes')
  expect(without.exitCode).toBe(1)
  expect(without.error?.message).toContain('iam:CreateRole')
  expect(JSON.stringify(without.error)).toContain('--set PermissionsBoundaryArn=')
  expect(await verdictOf(account, 'permissions-boundary', advised)).toBe(`pass: ${boundary}`)
  const advisedRun = await runCommand(account, `mcpgw deploy --rehearse --yes${advised}`)
  expect(advisedRun.exitCode, advisedRun.stdout).toBe(0)
  await account.stop()
})

test('what ECS has not yet taken out of the private domain is waited for, and goes', async () => {
  const account = await DrillAccount.serve()
  expect((await runCommand(account, 'mcpgw deploy --rehearse --yes')).exitCode).toBe(0)
  const words = 'Namespace has associated services; delete the services before deleting the namespace'
  await account.setFaults([`fail-delete ServiceDiscoveryNamespace message="${words}" times=2`])
  const {exitCode, stdout} = await runCommand(account, 'mcpgw teardown --rehearse --yes')
  expect(exitCode, stdout).toBe(0)
  await account.stop()
})

test('names in Service Connect that ECS has not yet removed are waited for before services are made again', async () => {
  const account = await accountWith(
    'keep-discovery-name by=4m',
    'fail-create mcp-gateway-services/RegistryService when=end message="No." once',
  )
  const line = 'mcpgw deploy --rehearse --layout individual --yes'
  expect((await runCommand(account, line)).exitCode).toBe(1)
  const again = await runCommand(account, line)
  expect(again.exitCode, again.stdout).toBe(0)
  expect(again.stderr).toContain('still belong to deleted services')
  expect(again.stderr).toContain('The names in Service Connect are free')
  await account.stop()
})

test('the same is waited for before a nested stack of the services is made again', async () => {
  const account = await DrillAccount.serve(await stateOf('deployed'))
  await account.setFaults(['keep-discovery-name by=8m'])
  const cloudFormation = new CloudFormation(account.clientConfig)
  const {StackResources = []} = await cloudFormation.describeStackResources({
    ...{StackName: 'mcp-gateway', LogicalResourceId: 'ServicesStack'},
  })
  await cloudFormation.deleteStack({StackName: StackResources[0]?.PhysicalResourceId})
  const again = await runCommand(account, 'mcpgw deploy --rehearse --yes')
  expect(again.exitCode, again.stdout).toBe(0)
  expect(again.stderr).toContain('still belong to deleted services')
  expect(again.stderr).toContain('The names in Service Connect are free')
  await account.stop()
})

test('a deletion that fails for another reason is not repeated', async () => {
  const account = await DrillAccount.serve()
  expect((await runCommand(account, 'mcpgw deploy --rehearse --yes')).exitCode).toBe(0)
  await account.setFaults(['fail-delete ServiceDiscoveryNamespace message="No." times=1'])
  const {exitCode, error} = await runCommand(account, 'mcpgw teardown --rehearse --yes')
  expect([exitCode, error?.code]).toEqual([1, 'STACK_FAILED'])
  await account.stop()
})

test('a default subnet is made where templates need its zone', async () => {
  const account = await accountWith('default-subnets us-west-2a,us-west-2c')
  const id = 'availability-zones'
  expect(await verdictOf(account, id)).toMatch(
    /^block: .*create-default-subnet --availability-zone us-west-2b/,
  )
  const skipped = await runCommand(account, `mcpgw deploy --rehearse --yes --skip-check ${id}`)
  expect(skipped.exitCode).toBe(1)
  expect(skipped.error?.message).toContain('Fn::Select')
  await new EC2(account.clientConfig).createDefaultSubnet({AvailabilityZone: 'us-west-2b'})
  expect(await verdictOf(account, id)).toMatch(/^pass: 3 needed, 3 there/)
  await account.stop()
})

test('the agents get another model, or another area, where theirs does not answer', async () => {
  const account = await accountWith('model anthropic.claude-haiku-* state=legacy')
  const id = 'agent-model'
  const other = ' --set AgentModelId=anthropic.claude-sonnet-4-5-20250929-v1:0'
  expect(await verdictOf(account, id)).toMatch(/^warn: AWS retires anthropic.claude-haiku-4-5/)
  expect(await verdictOf(account, id, other)).toBe('pass: us.anthropic.claude-sonnet-4-5-20250929-v1:0')
  expect(await verdictOf(account, id, `${other} --set AgentInferenceProfile=eu`)).toMatch(
    /^warn: .* has no inference profile eu\..* --set AgentInferenceProfile=us:/,
  )
  expect(await verdictOf(account, id, `${other} --region eu-west-1`)).toMatch(/^pass: eu\./)
  const agreed = 'model anthropic.claude-sonnet-* state=no-agreement'
  await account.setFaults([agreed])
  expect(await verdictOf(account, id, other)).toMatch(/^warn: This account has not agreed to the terms/)
  await account.stop()
})
