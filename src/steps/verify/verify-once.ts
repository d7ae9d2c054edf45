import {requireContext} from '../context.js'
import type {Step} from '../step.js'
import type {VerifyContext} from './context.js'
import {checkHealth} from './health.js'
import {NotHealthy} from './not-healthy.js'

/** Looks once at services, target groups, endpoints and all resources, and goes the way of a student. */
export function verifyOnce(): Step<VerifyContext> {
  return {
    id: 'verify',
    title: 'Check services, targets, endpoints and the login path',
    async run(context, {signal}) {
      const {aws, clock, environment} = context
      context.health = await checkHealth({
        aws,
        clock,
        environment,
        layout: requireContext(context.layout, 'the layout'),
        outputs: requireContext(context.outputs, 'the outputs'),
        hasDomain: context.hasDomain ?? false,
        links: context.shallow !== true,
        ...(context.shallow !== true && {stacks: requireContext(context.holding, 'the stacks')}),
        signal,
        commandLine: command => context.commandLine(command),
      })
      if (!context.health.healthy) throw new NotHealthy(context.health, 'Each line above says what to do.')
    },
  }
}
