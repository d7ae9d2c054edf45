import {randomUUID} from 'node:crypto'
import {isDeployed, isUpdatable} from '../../aws/stack-status.js'
import {failed} from '../../errors.js'
import {requireContext} from '../context.js'
import type {DeployContext} from '../deploy/context.js'
import type {Damage, HoldingStack} from '../resources/damage.js'
import {holdingStacks} from '../resources/holding-stacks.js'
import {lookForDamage} from '../resources/look-for-damage.js'
import {needsNewServices, repairAction} from '../resources/repair-action.js'
import {deedWords} from '../resources/words.js'
import {stackFailure} from '../stacks/failure.js'
import {followStarted} from '../stacks/follow.js'
import {removeStack} from '../stacks/remove.js'
import type {Step, StepTools} from '../step.js'
import {checkPlan} from './check-plan.js'
import {nameOf, refusal} from './decide.js'

/**
 * With --repair: puts back what somebody deleted or changed beside the stacks. CloudFormation does it, by a change set
 * that compares with what is there (CloudFormation User Guide, "Using drift-aware change sets"), of each damaged stack
 * by itself: whether one of a root looks into its nested stacks is said nowhere. What other stacks read of a resource
 * cannot change while they do, so that the stack of the services, which holds nothing, is removed before where it has to
 * be; the deployment that follows makes it anew.
 */
export function repair(): Step<DeployContext> {
  return {
    id: 'repair',
    title: 'Repair changes made by hand',
    skip({settings, existingStacks = []}) {
      if (!settings.repair) return 'not asked for (--repair)'
      return existingStacks.length === 0 ? 'nothing exists' : undefined
    },
    async run(context, tools) {
      const {aws, settings, commandLine} = context
      const existingStacks = requireContext(context.existingStacks, 'what exists').map(({stack}) => stack)
      const holding = await holdingStacks(aws.stacks, settings.layout, existingStacks)
      const sound = holding.filter(({stack}) => isUpdatable(stack.status))
      if (sound.length < holding.length) {
        const text = 'Not all stacks are at rest and complete: what is damaged in the others is not looked at'
        tools.tell({kind: 'note', text})
      }
      const look = await lookForDamage(aws, sound)
      const words = {reach: aws, deploy: commandLine('deploy'), verify: commandLine('verify')}
      const error = refusal(look, settings.acceptedLosses, words)
      if (error !== undefined) throw error
      // What every deployment puts right comes with the rest of this one.
      const damages = look.damages.filter(damage => repairAction(damage, aws).by !== 'deploy')
      if (damages.length === 0) {
        tools.tell({kind: 'note', text: `Nothing to repair among ${look.looked} resources`})
        return
      }
      for (const damage of damages) {
        tools.tell({kind: 'note', text: `${nameOf(damage)}: ${deedWords(damage)}`})
      }
      await repairAll(context, sound, damages, tools)
    },
  }
}

async function repairAll(
  context: DeployContext,
  holding: readonly HoldingStack[],
  damages: readonly Damage[],
  tools: StepTools,
): Promise<void> {
  const services = holding.find(({key}) => key === 'services')
  const makesWay = services && damages.some(damage => damage.key !== 'services' && needsNewServices(damage))
  if (makesWay) await removeServices(context, services, tools)
  for (const {key, stack} of holding) {
    const own = damages.filter(damage => damage.key === key)
    const byStack = own.filter(({deed}) => !(deed.is === 'scaled' && deed.scales))
    if (own.length === 0 || (makesWay && key === 'services')) continue
    if (byStack.length > 0) await revertDrift(context, {key, stack}, byStack, tools)
    for (const damage of own) await scaleBack(context, damage, tools)
  }
}

/** What is scaled by itself has no number in its template, so that no change set sets it. */
async function scaleBack({aws}: DeployContext, {deed, physicalId}: Damage, {tell}: StepTools): Promise<void> {
  if (deed.is !== 'scaled' || !deed.scales) return
  const [, cluster = '', service = ''] = physicalId.split('/')
  await aws.containers.scale(cluster, service, deed.wanted)
  tell({kind: 'note', text: `Scaled ${service} to ${deed.wanted}`})
}

async function removeServices(
  context: DeployContext,
  {stack}: HoldingStack,
  tools: StepTools,
): Promise<void> {
  const text = `Stack ${stack.name} depends on resources that will be replaced, so it is deleted and created again. It holds no data; until then nobody can log in.`
  tools.tell({kind: 'note', text})
  const whole = await context.aws.stacks.describe(stack.id)
  if (whole === undefined) return
  const resumeCommand = context.commandLine('deploy')
  await removeStack(
    context,
    {stack: whole, label: 'services', resumeCommand, isLast: false},
    context.record,
    tools,
  )
}

async function revertDrift(
  context: DeployContext,
  {key, stack}: HoldingStack,
  damages: readonly Damage[],
  tools: StepTools,
): Promise<void> {
  const {aws, clock, record, settings} = context
  const {signal} = tools
  const name = `mcpgw-repair-${randomUUID()}`
  const changes = await aws.changeSets.revertingDrift(stack, {name, clock, signal})
  const problem = checkPlan(changes, damages, settings.acceptedLosses)
  if (problem !== undefined) {
    if (changes.length > 0) await aws.changeSets.delete(stack.id, name)
    throw failed('REPAIR_NOT_POSSIBLE', `${problem} Nothing of stack ${stack.name} was changed.`, {
      hint: `Run \`${context.commandLine('deploy')} --replace\` to start over: users and their passwords, and everything that was registered, are lost, and the addresses change.`,
      resource: stack.name,
    })
  }
  const before = await aws.stacks.describe(stack.id)
  if (before === undefined) return
  const token = `mcpgw-repair-${randomUUID()}`
  await record.during(signal, () => aws.changeSets.execute(stack.id, name, {token}))
  const resumeCommand = context.commandLine('deploy')
  const end = await followStarted(
    context,
    {stack: before, label: key, resumeCommand, isLast: false},
    record,
    tools,
  )
  if (!isDeployed(end.status)) {
    throw stackFailure({
      verb: 'update',
      stack: end,
      record,
      hint: `Correct the cause, then run \`${resumeCommand} --repair\` again.`,
    })
  }
  tools.tell({kind: 'note', text: `Repaired stack ${stack.name}`})
}
