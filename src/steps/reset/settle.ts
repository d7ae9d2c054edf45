import {neverGenerated} from '../../environment/secret-parameters.js'
import {mainTemplate} from '../../environment/stacks.js'
import {type McpgwError, refused} from '../../errors.js'
import type {SecretResult} from '../../results.js'
import {requireContext} from '../context.js'
import type {DeploySettings} from '../deploy/context.js'
import {templateOf} from '../deploy/template-set.js'
import {listed} from '../listed.js'
import {creationLinks} from '../plan/creation-links.js'
import {environmentStacks} from '../plan/environment-stacks.js'
import {timelineOf} from '../plan/timeline.js'
import type {ExistingStack} from '../stacks/existing-stacks.js'
import {actionsFor} from '../stacks/stack-actions.js'
import type {Step} from '../step.js'
import type {Kept, ResetContext} from './context.js'
import {secretParameters} from './kept-of-stacks.js'

/**
 * Settles what is deployed again, and says first of which secrets the values are lost.
 * @throws exit code 2 for what contradicts itself, SECRET_NOT_KEPT, exit code 3
 */
export function settle(): Step<ResetContext> {
  return {
    id: 'settle',
    title: 'Settle what to deploy again',
    async run(context, {tell}) {
      const {aws, clock, environment, accountRules, identity, record, commandLine} = context
      const before = requireContext(context.kept, 'what is kept')
      const settings = context.settle(before)
      const secrets = secretsOf(context, settings)
      refuseLost(secrets, settings, context)
      for (const text of [...secretNotes(secrets, before), ...studentNotes(settings)])
        tell({kind: 'note', text})
      context.layout = settings.layout
      context.kept = keptFrom(settings, before)
      context.told = {
        layout: settings.layout,
        parameters: context.kept.parameters,
        students: settings.students ?? null,
        secrets,
        file: null,
      }
      context.deploySeconds = secondsOf(context, settings)
      context.deploy = {
        ...{aws, clock, environment, accountRules, identity, record, settings},
        // What stops a deployment here is gone on with by a reset.
        commandLine: command => commandLine(command === 'deploy' ? 'reset' : command),
        operations: new Map(),
        foreseenStacks: new Set(),
      }
    },
  }
}

/** What is kept for a later run: as it was, with what was given over it, and without secrets. */
function keptFrom(settings: DeploySettings, before: Kept): Kept {
  const secret = new Set(secretParameters(settings.templates))
  const {ContainerImagesBucket: bucket, ContainerImagesPrefix: prefix = '', ...rest} = settings.parameters
  const own = Object.entries(rest).filter(([name]) => !secret.has(name) && !ofFlags.has(name))
  const given = Object.keys(rest).filter(name => secret.has(name))
  return {
    layout: settings.layout,
    parameters: Object.fromEntries(own),
    secretsGiven: [...new Set([...before.secretsGiven, ...given])],
    images: bucket ? `s3://${bucket}/${prefix}` : undefined,
    templateBucket: settings.templateBucket,
    templatePrefix: settings.templatePrefix,
    serviceRole: settings.serviceRole,
    students: settings.students ?? before.students,
  }
}

/** They follow from flags that are kept. */
const ofFlags: ReadonlySet<string> = new Set(['EnvironmentName', 'TemplateS3Bucket', 'TemplateS3Prefix'])

function secretsOf(context: ResetContext, {parameters, templates}: DeploySettings): SecretResult[] {
  const keepsStacks = context.phase === 'deploy' && (context.teardown?.existingStacks ?? []).some(hasValues)
  return secretParameters(templates).map(name => {
    if (Object.hasOwn(parameters, name)) return {name, origin: parameters[name] === '' ? 'empty' : 'given'}
    if (keepsStacks) return {name, origin: 'unchanged'}
    return {name, origin: Object.hasOwn(neverGenerated, name) ? 'empty' : 'generated'}
  })
}

/** Whether the stack keeps the values that it has: others are deleted and made anew. */
function hasValues({stack}: ExistingStack): boolean {
  return !['recreate', 'create', 'await-deletion'].includes(actionsFor(stack.status).deploy)
}

/** @throws where a value that nobody generates may have been there, and nobody said what becomes of it */
function refuseLost(
  secrets: readonly SecretResult[],
  {parameters, templates}: DeploySettings,
  {commandLine}: ResetContext,
): void {
  const declared = templateOf(templates, mainTemplate).parameters
  const lost = secrets.find(({name, origin}) => {
    const use = neverGenerated[name]
    if (use === undefined || origin !== 'empty' || Object.hasOwn(parameters, name)) return false
    return (parameters[use.parameter] ?? declared[use.parameter]?.default) === use.value
  })
  if (lost !== undefined) throw notKept(lost.name, commandLine('reset'))
}

function notKept(name: string, command: string): McpgwError {
  return refused(
    'SECRET_NOT_KEPT',
    `The value of ${name} cannot be read back from the stacks, and nothing generates another. Nothing was changed.`,
    `Give it again in a file with --parameters, or deploy without it: \`${command} --set ${name}=\`.`,
  )
}

function secretNotes(secrets: readonly SecretResult[], {secretsGiven}: Kept): string[] {
  const generated = secrets.filter(({origin}) => origin === 'generated').map(({name}) => name)
  if (generated.length === 0) return []
  const again = generated.filter(name => secretsGiven.includes(name))
  return [
    `Secrets are not kept: ${listed(generated)} will be generated anew; give them with --parameters to choose them`,
    ...(again.length === 0 ? [] : [`An earlier run was given ${listed(again)}, and this one is not`]),
  ]
}

function studentNotes({realm, students}: DeploySettings): string[] {
  return realm && students === undefined ? ['Students are not kept; --students creates them again'] : []
}

/** Undefined for templates that only CloudFormation can judge: it will. */
function secondsOf(context: ResetContext, settings: DeploySettings): number | undefined {
  const {environment, aws, identity} = context
  try {
    const plan = {environment, region: aws.region, settings}
    const learned = context.learned?.(identity?.account)
    return timelineOf(creationLinks(environmentStacks(plan, settings.parameters), {learned})).seconds
  } catch {
    return undefined
  }
}
