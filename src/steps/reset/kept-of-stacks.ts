import {profileOf, profileParameter} from '../../environment/agent-model.js'
import {engineVersionParameter, newEngineVersion} from '../../environment/database.js'
import {mainTemplate} from '../../environment/stacks.js'
import {prefixListParameter} from '../deploy/prefix-list.js'
import {type TemplateSet, templateOf} from '../deploy/template-set.js'
import type {ExistingStack} from '../stacks/existing-stacks.js'
import {usedLocation} from '../stacks/template-location.js'
import type {Kept} from './context.js'

/** What follows from flags, or from the environment. */
const setByFlags: ReadonlySet<string> = new Set([
  'EnvironmentName',
  'TemplateS3Bucket',
  'TemplateS3Prefix',
  'ContainerImagesBucket',
  'ContainerImagesPrefix',
])

/** What CloudFormation shows in the place of a NoEcho value. */
const hidden = '****'

/** Where the stacks are, and what is deployed now. */
export interface Deployed {
  readonly templates: TemplateSet
  readonly environment: string
  readonly region: string
  /** The bucket that mcpgw makes for templates when no other is named. */
  readonly defaultBucket: string
}

/**
 * What the stacks of an environment were deployed with, for deploying them again. Values that are the template's own are left
 * out, and so is what mcpgw chooses for a new environment, and what the templates no longer have (`dropped`).
 */
export function keptOfStacks(
  existingStacks: readonly ExistingStack[],
  {templates, environment, region, defaultBucket}: Deployed,
): Kept & {readonly dropped: readonly string[]} {
  const declared = templateOf(templates, mainTemplate).parameters
  // Stacks side by side were given the same.
  const all: Record<string, string> = Object.assign({}, ...existingStacks.map(({stack}) => stack.parameters))
  const own = Object.entries(all).filter(([name, value]) => !setByFlags.has(name) && value !== hidden)
  const chosen = own.filter(
    ([name, value]) =>
      Object.hasOwn(declared, name) &&
      !isChosenAnew(name, value, region) &&
      !isDefault(declared[name], value, name),
  )
  const location = existingStacks.map(({stack}) => usedLocation(stack)).find(Boolean)
  const {ContainerImagesBucket: bucket, ContainerImagesPrefix: prefix = ''} = all
  return {
    layout: existingStacks[0]?.layout ?? 'nested',
    parameters: Object.fromEntries(chosen),
    secretsGiven: [],
    images: bucket ? `s3://${bucket}/${prefix}` : undefined,
    templateBucket: location === undefined || location.bucket === defaultBucket ? undefined : location.bucket,
    templatePrefix: location === undefined || location.base === `${environment}/` ? undefined : location.base,
    serviceRole: existingStacks.map(({stack}) => stack.serviceRole).find(Boolean),
    students: undefined,
    dropped: own.map(([name]) => name).filter(name => !Object.hasOwn(declared, name)),
  }
}

/** Names of the NoEcho parameters that can be given. */
export function secretParameters(templates: TemplateSet): readonly string[] {
  const {parameters} = templateOf(templates, mainTemplate)
  return Object.entries(parameters).flatMap(([name, {noEcho}]) => (noEcho ? [name] : []))
}

/** As it is right for a new environment; a prefix list that was given empty stays so. */
function isChosenAnew(name: string, value: string, region: string): boolean {
  switch (name) {
    case engineVersionParameter:
      return value === newEngineVersion
    case profileParameter:
      return value === profileOf(region)
    case prefixListParameter:
      return value !== ''
    default:
      return false
  }
}

/** Left out, an empty list would be looked up. */
function isDefault(declared: {readonly default?: string} | undefined, value: string, name: string): boolean {
  return declared?.default === value && name !== prefixListParameter
}
