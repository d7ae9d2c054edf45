import type {StackDescription} from '../../aws/stack-data.js'
import {profileOf, profileParameter} from '../../environment/agent-model.js'
import {engineVersionParameter, newEngineVersion} from '../../environment/database.js'
import {defaultTemplateBucket, environmentTag} from '../../environment/names.js'
import {requireContext} from '../context.js'
import type {StackTarget} from '../stacks/stack-targets.js'
import {templatesTag} from '../stacks/template-location.js'
import type {DeployContext, TemplateLocation} from './context.js'
import {prefixListParameter} from './prefix-list.js'
import {templateOf} from './template-set.js'

/** What is sent for the parameters of one stack. */
export interface TargetParameters {
  values: Record<string, string>
  /** Not given now, but the stack has a value: it stays. */
  usePrevious: string[]
}

/** What mcpgw knows of a deployment by itself. */
export interface OwnParameters {
  readonly environment: string
  readonly region: string
  readonly location: TemplateLocation
  readonly cloudFrontPrefixListId: string | undefined
  /** Whether the stack does not exist yet: some choices are right for a new one only. */
  readonly creates: boolean
}

/** What the user gave, and over it what mcpgw sets itself; no template declares all of it. */
export function decidedParameters(
  given: Readonly<Record<string, string>>,
  own: OwnParameters,
): Record<string, string | undefined> {
  return {
    [engineVersionParameter]: own.creates ? newEngineVersion : undefined,
    [profileParameter]: own.creates ? profileOf(own.region) : undefined,
    [prefixListParameter]: own.cloudFrontPrefixListId,
    ...given,
    EnvironmentName: own.environment,
    TemplateS3Bucket: own.location.bucket,
    TemplateS3Prefix: own.location.prefix,
  }
}

/** Parameters of one stack: only what its template declares, of what the user gave and mcpgw sets itself. */
export function targetParameters(
  context: DeployContext,
  stackTarget: StackTarget,
  stack: Pick<StackDescription, 'parameters'> | undefined,
): TargetParameters {
  const {settings, environment, cloudFrontPrefixListId} = context
  const location = requireContext(context.templateLocation, 'the template location')
  const declared = Object.keys(templateOf(settings.templates, stackTarget.template).parameters)
  const candidates = decidedParameters(settings.parameters, {
    environment,
    region: context.aws.region,
    location,
    cloudFrontPrefixListId,
    creates: stack === undefined,
  })
  const values: Record<string, string> = {}
  const usePrevious: string[] = []
  for (const name of declared) {
    const value = Object.hasOwn(candidates, name) ? candidates[name] : undefined
    if (value !== undefined) values[name] = value
    else if (stack !== undefined && Object.hasOwn(stack.parameters, name)) usePrevious.push(name)
  }
  return {values, usePrevious}
}

/** The tags of a stack; everything in it inherits them. */
export function targetTags(context: DeployContext): Record<string, string> {
  const {aws, settings, environment} = context
  const {bucket, prefix} = requireContext(context.templateLocation, 'the template location')
  const {account} = requireContext(context.identity, 'the account')
  const tags = {[environmentTag]: environment}
  const isDefault = bucket === defaultTemplateBucket(environment, account, aws.region)
  if (settings.layout === 'nested' || isDefault) return tags
  // No parameter of an individual stack names the bucket, and teardown must know what it may clean.
  return {...tags, [templatesTag]: `s3://${bucket}/${prefix}`}
}
