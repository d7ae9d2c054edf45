import {shell} from '../../aws/command-line.js'
import type {Sightings} from '../../aws/live/live.js'
import type {ResourceHealth} from '../../results.js'
import type {Damage, HoldingStack} from '../resources/damage.js'
import {effects} from '../resources/effects.js'
import {lookForDamage} from '../resources/look-for-damage.js'
import {repairAction} from '../resources/repair-action.js'
import {deedWords} from '../resources/words.js'
import type {CheckTarget} from './check-target.js'
import type {Finding} from './problem.js'
import {deployLine} from './remedies.js'

/** What is not as the stacks made it, and how many resources were looked at. */
export interface ResourceFindings {
  findings: readonly Finding<ResourceHealth>[]
  looked: number
}

/** Looks at every resource of the stacks whose service can be asked; what is `seen` already is asked no more. */
export async function checkResources(
  target: CheckTarget,
  stacks: readonly HoldingStack[],
  seen: Promise<Sightings>,
): Promise<ResourceFindings> {
  const {damages, looked, unread} = await lookForDamage(target.aws, stacks, seen)
  const wrong = damages.map(damage => {
    const {logicalId, type, physicalId, stack, deed} = damage
    // What arrives at such a listener still goes where it did: its words say what is wrong.
    const effect = deed.is === 'recertified' ? undefined : effects[type]
    return finding(
      {name: `${stack.name}/${logicalId}`, logicalId, type, physicalId, stack: stack.name},
      [deedWords(damage), effect].filter(Boolean).join(' '),
      hintFor(damage, target),
    )
  })
  // Who may see less than all is told so; what was seen, and a student's whole way in, stay as good as they are.
  const notRead = unread.map(({type, count, reason}) => ({
    check: {
      ...{name: type, logicalId: null, type, physicalId: null, stack: null, ok: null},
      reason: `${count} of this type could not be looked at: ${reason}`,
      hint: `Give the permission that is missing (docs/iam-policy.md), or look at less: ${target.commandLine('verify')} --shallow`,
    },
    problem: undefined,
  }))
  return {findings: [...wrong, ...notRead], looked}
}

function finding(
  identity: Omit<ResourceHealth, 'ok' | 'reason' | 'hint'>,
  reason: string,
  hint: string,
): Finding<ResourceHealth> {
  return {check: {...identity, ok: false, reason, hint}, problem: {what: reason, todo: hint, permanent: true}}
}

/** How one gets it back, with the command to run. */
export function hintFor(damage: Damage, target: Pick<CheckTarget, 'aws' | 'commandLine' | 'layout'>): string {
  const way = repairAction(damage, target.aws)
  const deploy = deployLine(target)
  switch (way.by) {
    case 'repair':
      return `Run: ${deploy} --repair${way.lost === undefined ? '' : `. It is created again; ${way.lost}.`}`
    case 'loss':
      return `Run: ${deploy} --repair --accept-loss ${damage.logicalId}. It is created again; ${way.lost}.`
    case 'command':
      return `Run: ${way.command}`
    case 'deploy':
      return `Run: ${deploy}. It builds, or imports, the images that are missing.`
    case 'removal':
      return `Run: ${way.command}. What someone created in its place is deleted; then ${deploy} --repair puts it back.`
    case 'replace':
      return `Run: ${deploy} --replace${domainOf(damage)}. Nothing less brings it back; ${way.lost}.`
  }
}

/** What is made anew has the domain only when it is given again. */
function domainOf({stack: {parameters}}: Damage): string {
  const {BaseDomain, HostedZoneId} = parameters
  return BaseDomain && HostedZoneId
    ? shell` --set BaseDomain=${BaseDomain} --set HostedZoneId=${HostedZoneId}`
    : ''
}
