import type {StackDescription} from '../../../aws/stack-data.js'
import {decide} from '../../stacks/decide.js'
import {type Check, type CheckContext, pass, warn} from '../check.js'

/** What is under the environment's name, and what deploy does with it. */
export const stacks: Check = {
  id: 'stacks',
  title: 'Stacks',
  looksAt:
    'what exists under this name, in any state, and what `deploy` does with it; warns when something is deleted',
  blocksWhen: 'a stack belongs to someone else, has the other layout, or needs manual action',
  async run(context) {
    const {environment, existingStacks = [], settings, refusal, commandLine} = context
    if (refusal !== undefined) throw refusal
    if (existingStacks.length === 0) return pass(`no stack of ${environment} exists: everything is created`)
    const found = existingStacks.map(({stack}) => ({stack, ...fate(stack, context)}))
    const detail = found.map(({stack, what}) => `${stack.name} (${stack.status}) ${what}`).join('; ')
    if (!found.some(({loses}) => loses)) return pass(detail)
    const advice = settings.replace
      ? `To update it instead, leave out --replace: ${commandLine('deploy')}`
      : 'To find out why it failed, look at its events first: they are hard to find once it is deleted.'
    return warn(detail, advice)
  },
}

/** `loses`: it is deleted. */
function fate(
  stack: StackDescription,
  {aws, settings, commandLine}: CheckContext,
): {what: string; loses: boolean} {
  if (settings.replace) return {what: 'is deleted first (--replace)', loses: true}
  const options = {onFailure: settings.onFailure, teardown: commandLine('teardown'), reach: aws}
  const decision = decide(stack, options)
  switch (decision.action) {
    case 'create':
      return {what: 'is created', loses: false}
    case 'update':
      return {what: 'is updated', loses: false}
    case 'attach':
      return {what: 'is followed to its end, then updated', loses: false}
    case 'await-deletion':
      return {what: 'is waited for, then created again', loses: false}
    case 'continue-rollback':
      return {
        what: 'is stuck in a rollback; the rollback is continued, then the stack is updated',
        loses: false,
      }
    case 'recreate':
      return {what: `is deleted and created again: ${decision.why}`, loses: true}
    case 'refuse':
      return {what: `stays: ${decision.why}`, loses: false}
  }
}
