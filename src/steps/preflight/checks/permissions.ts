import {awsCommand, shell} from '../../../aws/command-line.js'
import type {Decision} from '../../../aws/roles.js'
import {boundaryParameter} from '../../../environment/permissions-boundary.js'
import {requireContext} from '../../context.js'
import {templateFolder} from '../../deploy/template-bucket.js'
import {block, type Check, type CheckContext, type Finding, pass, skip, warn} from '../check.js'
import {creationActions, type NeededAction, neededActions, ownActions} from '../needed-actions.js'

/** A request without a boundary has no such key, so that the simulator's answer without it is the right one. */
const boundaryKey = 'iam:PermissionsBoundary'

/** Actions in a sentence: more would not be read. */
const mostNamed = 8

/** Somebody whose policies are looked at, and what they have to allow. */
interface Asked {
  principal: string
  needed: readonly NeededAction[]
  /** To whom roles are handed: policies ask about it more often than about anything else. */
  passedTo: string
}

/** Whether the policies of the caller, and of the service role if there is one, allow what creating needs. */
export const permissions: Check = {
  id: 'permissions',
  title: 'Permissions',
  looksAt: 'every action that this deployment needs, with the IAM policy simulator',
  blocksWhen:
    'no policy allows an action; it warns when that depends on a condition that is not known in advance',
  async run(context) {
    const {aws} = context
    const identity = requireContext(context.identity, 'the account')
    const principal = await aws.roles.simulated(identity)
    if (principal === undefined) return skip(`the policies of ${identity.arn} cannot be simulated`)
    const asked = whoNeedsWhat(context, principal)
    for (const each of asked) {
      const denied = await deniedOf(context, each)
      if (denied.length > 0) return told(context, each.principal, denied)
    }
    const names = new Set(asked.flatMap(({needed}) => needed.map(({action}) => action)))
    return pass(`${names.size} actions simulated, all allowed`)
  },
}

/** With a service role CloudFormation works with its permissions, and the caller has to be allowed to hand it over. */
function whoNeedsWhat(context: CheckContext, principal: string): readonly Asked[] {
  const {aws, environment, settings, planned = []} = context
  const {account, partition} = requireContext(context.identity, 'the account')
  const types = planned.flatMap(({resources}) => resources.map(({declaration}) => declaration.type))
  const {bucket} = templateFolder(context)
  const place = {partition, region: aws.region, account, environment, bucket}
  const passedTo = 'ecs-tasks.amazonaws.com'
  const {serviceRole} = settings
  if (serviceRole === undefined) return [{principal, needed: neededActions(types, place), passedTo}]
  const handingOver = {action: 'iam:PassRole', resource: serviceRole}
  return [
    {principal, needed: [...ownActions(place), handingOver], passedTo: 'cloudformation.amazonaws.com'},
    {principal: serviceRole, needed: creationActions(types, place), passedTo},
  ]
}

async function deniedOf(context: CheckContext, asked: Asked): Promise<readonly Decision[]> {
  const {principal, needed} = asked
  if (needed.length === 0) return []
  // One question about all resources answers for every identity that is not confined to some.
  const first = await context.aws.roles.simulate(principal, {
    actions: [...new Set(needed.map(({action}) => action))],
    resource: '*',
    context: keysOf(context, asked),
  })
  const open = new Set(first.filter(({decision}) => decision !== 'allowed').map(({action}) => action))
  return askAgain(context, {...asked, needed: needed.filter(({action}) => open.has(action))})
}

function told({aws}: CheckContext, principal: string, denied: readonly Decision[]): Finding {
  const list = `${[...new Set(denied.map(({action}) => action))].slice(0, mostNamed).join(', ')}${denied.length > mostNamed ? ` and ${denied.length - mostNamed} more` : ''}`
  const advice = `Attach the policies of docs/iam-policy.md, or use another --profile. For details, run \`${awsCommand(aws, shell`iam simulate-principal-policy --policy-source-arn ${principal} --action-names ${denied[0]?.action ?? ''}`)}\`.`
  if (denied.some(({missing}) => missing.includes(boundaryKey))) {
    return block(
      `The policies of ${principal} allow ${list} only with a permissions boundary.`,
      `Ask which policy is required, and give its ARN with --set ${boundaryParameter}=ARN.`,
    )
  }
  const isSure = denied.some(({missing}) => missing.length === 0)
  if (isSure) return block(`The policies of ${principal} do not allow ${list}.`, advice)
  const keys = [...new Set(denied.flatMap(({missing}) => missing))].join(', ')
  return warn(`The policies of ${principal} may not allow ${list}: that depends on ${keys}.`, advice)
}

/** Each on its own resource, as a policy may allow it there alone. */
async function askAgain(context: CheckContext, asked: Asked): Promise<readonly Decision[]> {
  const {principal, needed} = asked
  const resources = [...new Set(needed.map(({resource}) => resource))]
  const answers = await Promise.all(
    resources.map(resource =>
      context.aws.roles.simulate(principal, {
        actions: needed.filter(each => each.resource === resource).map(({action}) => action),
        resource,
        context: keysOf(context, asked),
      }),
    ),
  )
  return answers.flat().filter(({decision}) => decision !== 'allowed')
}

function keysOf({aws, settings}: CheckContext, {passedTo}: Asked): Readonly<Record<string, string>> {
  const boundary = settings.parameters[boundaryParameter]
  return {
    'aws:RequestedRegion': aws.region,
    'iam:PassedToService': passedTo,
    ...(boundary ? {[boundaryKey]: boundary} : {}),
  }
}
