import {awsCommand} from '../../../aws/command-line.js'
import type {Decision} from '../../../aws/roles.js'
import {known} from '../../context.js'
import {templateFolder} from '../../deploy/template-bucket.js'
import {block, type Check, type CheckContext, pass, skip, warn} from '../check.js'
import {type NeededAction, neededActions} from '../needed-actions.js'

/** Actions in a sentence: more would not be read. */
const mostNamed = 8

/** Whether the policies of the caller allow what creating needs, by IAM's own simulator. */
export const permissions: Check = {
  id: 'permissions',
  title: 'Permissions',
  async run(context) {
    const {aws} = context
    const identity = known(context.identity, 'the account')
    const principal = await aws.roles.simulated(identity)
    if (principal === undefined) return skip(`the policies of ${identity.arn} cannot be simulated`)
    const needed = needs(context)
    const names = [...new Set(needed.map(({action}) => action))]
    // One question about all resources answers for every identity that is not confined to some.
    const first = await aws.roles.simulate(principal, {
      actions: names,
      resource: '*',
      context: keysOf(context),
    })
    const open = new Set(first.filter(({decision}) => decision !== 'allowed').map(({action}) => action))
    const denied = await askAgain(
      context,
      principal,
      needed.filter(({action}) => open.has(action)),
    )
    if (denied.length === 0) return pass(`${names.length} actions simulated, all allowed`)
    const list = `${[...new Set(denied.map(({action}) => action))].slice(0, mostNamed).join(', ')}${denied.length > mostNamed ? ` and ${denied.length - mostNamed} more` : ''}`
    const advice = `Attach the policies of docs/iam-policy.md, or use another --profile. Look closer with \`${awsCommand(aws, `iam simulate-principal-policy --policy-source-arn ${principal} --action-names ${denied[0]?.action}`)}\`.`
    const isSure = denied.some(({missing}) => missing.length === 0)
    if (isSure) return block(`The policies of ${principal} do not allow ${list}.`, advice)
    const keys = [...new Set(denied.flatMap(({missing}) => missing))].join(', ')
    return warn(`The policies of ${principal} may not allow ${list}: that depends on ${keys}.`, advice)
  },
}

/** Each on its own resource, as a policy may allow it there alone. */
async function askAgain(
  context: CheckContext,
  principal: string,
  needed: readonly NeededAction[],
): Promise<readonly Decision[]> {
  const resources = [...new Set(needed.map(({resource}) => resource))]
  const answers = await Promise.all(
    resources.map(resource =>
      context.aws.roles.simulate(principal, {
        actions: needed.filter(each => each.resource === resource).map(({action}) => action),
        resource,
        context: keysOf(context),
      }),
    ),
  )
  return answers.flat().filter(({decision}) => decision !== 'allowed')
}

function needs(context: CheckContext): readonly NeededAction[] {
  const {aws, environment, planned = []} = context
  const {account, partition} = known(context.identity, 'the account')
  const types = planned.flatMap(({resources}) => resources.map(({declaration}) => declaration.type))
  const {bucket} = templateFolder(context)
  return neededActions(types, {partition, region: aws.region, account, environment, bucket})
}

/** What policies ask about requests more often than about anything else. */
function keysOf({aws}: CheckContext): Readonly<Record<string, string>> {
  return {'aws:RequestedRegion': aws.region, 'iam:PassedToService': 'ecs-tasks.amazonaws.com'}
}
