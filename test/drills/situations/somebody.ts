import {CloudFormation} from '@aws-sdk/client-cloudformation'
import type {DrillAccount} from '../harness/account.js'

const StackName = 'somebody-elses-things'
/** Whatever such a stack has is made, or gone, by then. */
const longEnoughSeconds = 3600

/** Somebody else makes things, with a stack of their own. @returns their physical ids by their logical ids */
export async function somebodyMakes(
  account: DrillAccount,
  Resources: object,
): Promise<Record<string, string>> {
  const cloudFormation = new CloudFormation(account.clientConfig)
  await cloudFormation.createStack({
    StackName,
    TemplateBody: JSON.stringify({Resources}),
    Capabilities: ['CAPABILITY_IAM'],
  })
  await account.pass(longEnoughSeconds)
  const {StackResources = []} = await cloudFormation.describeStackResources({StackName})
  const unmade = StackResources.filter(({ResourceStatus}) => ResourceStatus !== 'CREATE_COMPLETE')
  if (unmade.length > 0)
    throw new Error(`${unmade[0]?.LogicalResourceId}: ${unmade[0]?.ResourceStatusReason}`)
  return Object.fromEntries(
    StackResources.map(({LogicalResourceId = '', PhysicalResourceId = ''}) => [
      LogicalResourceId,
      PhysicalResourceId,
    ]),
  )
}

/** And takes them away again. */
export async function somebodyLeaves(account: DrillAccount): Promise<void> {
  await new CloudFormation(account.clientConfig).deleteStack({StackName})
  await account.pass(longEnoughSeconds)
}

/** One thing that no stack owns any more, as a stack leaves it that was told to keep it. */
export async function leftBehind(account: DrillAccount, Type: string, Properties: object): Promise<void> {
  await somebodyMakes(account, {Left: {Type, Properties, DeletionPolicy: 'Retain'}})
  await somebodyLeaves(account)
}
