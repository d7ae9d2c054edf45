import {isInReview} from '../../aws/stack-status.js'
import {TemplateError} from '../../template/error.js'
import {referencesIn} from '../../template/references.js'
import type {Value} from '../../template/value.js'
import type {DeployContext} from '../deploy/context.js'
import {decidedParameters} from '../deploy/target-parameters.js'
import {templateOf} from '../deploy/template-set.js'
import {type PlannedResource, type PlannedStack, plannedStacks} from '../plan/planned-stacks.js'
import {pseudoParameters} from '../pseudo-parameters.js'
import type {ExistingStack} from '../stacks/existing-stacks.js'
import {type StackTarget, targetsOfLayout} from '../stacks/stack-targets.js'

/** Nearly every region has it, and nobody has asked yet. */
const somePrefixList = 'pl-00000000'

/**
 * The stacks of which nothing exists yet, as they would be created. What an existing stack holds is its own: it is
 * kept by an update, and given back before the stack is made anew.
 * @returns undefined when only CloudFormation can judge the templates
 */
export function willMake(context: DeployContext): readonly PlannedStack[] | undefined {
  const {environment, settings, existingStacks = []} = context
  const holding = existingStacks.filter(holdsSomething)
  if (settings.replace && holding.length > 0) return []
  const missing = targetsOfLayout(settings.layout, environment).filter(
    stackTarget => !holding.some(({stack}) => stack.name === stackTarget.stackName),
  )
  return planned(context, missing)
}

/**
 * The existing stacks, as they will be once they are updated: parameters that are not given now keep their values.
 * Empty with `--replace`, which removes them first.
 * @returns undefined when only CloudFormation can judge the templates
 */
export function willUpdate(context: DeployContext): readonly PlannedStack[] | undefined {
  const {environment, settings, existingStacks = []} = context
  const updated = settings.replace ? [] : existingStacks.filter(holdsSomething)
  const kept = new Map(updated.map(({stack}) => [stack.name, stack.parameters]))
  const stackTargets = targetsOfLayout(settings.layout, environment).filter(({stackName}) =>
    kept.has(stackName),
  )
  return planned(context, stackTargets, kept)
}

/** `kept`: what the stacks have, by their names; without it they are created. */
function planned(
  context: DeployContext,
  stackTargets: readonly StackTarget[],
  kept?: ReadonlyMap<string, Readonly<Record<string, string>>>,
): readonly PlannedStack[] | undefined {
  const {environment, settings} = context
  const values = decidedParameters(settings.parameters, {
    environment,
    region: context.aws.region,
    location: {bucket: 'templates', prefix: `${environment}/`},
    cloudFrontPrefixListId: somePrefixList,
    creates: kept === undefined,
  })
  try {
    return stackTargets.flatMap(stackTarget => {
      const declared = Object.keys(templateOf(settings.templates, stackTarget.template).parameters)
      const before = kept?.get(stackTarget.stackName) ?? {}
      const given = declared.flatMap(name => {
        const value = ownValue(values, name) ?? ownValue(before, name)
        return value === undefined ? [] : [[name, value] as const]
      })
      return plannedStacks(
        settings.templates,
        stackTarget,
        Object.fromEntries(given),
        pseudoParameters(context),
      )
    })
  } catch (error) {
    if (error instanceof TemplateError) return undefined
    throw error
  }
}

function ownValue(values: Readonly<Record<string, string | undefined>>, name: string): string | undefined {
  return Object.hasOwn(values, name) ? values[name] : undefined
}

/** A creation that was rolled back has left nothing, and a change set has made nothing. */
export function holdsSomething({stack: {status}}: ExistingStack): boolean {
  return status !== 'ROLLBACK_COMPLETE' && !isInReview(status)
}

/** The resources of a type, of all stacks. */
export function ofType(planned: readonly PlannedStack[], type: string): readonly PlannedResource[] {
  return planned.flatMap(({resources}) => resources.filter(({declaration}) => declaration.type === type))
}

/** A property's value; what only exists later is replaced by its logical id. */
export function propertyOf(
  {declaration, resolver, logicalId}: PlannedResource,
  property: string,
): Value | undefined {
  const value = declaration.properties[property]
  return value === undefined
    ? undefined
    : resolver.value(value, ['Resources', logicalId, 'Properties', property])
}

/** The names that the templates fix with a property of a type; those that follow from other resources are not known. */
export function fixedNames(
  planned: readonly PlannedStack[],
  type: string,
  property: string,
): readonly string[] {
  return planned.flatMap(({resources}) => {
    const made = new Set(resources.map(({logicalId}) => logicalId))
    return resources.flatMap(resource => {
      const expression = resource.declaration.properties[property]
      if (resource.declaration.type !== type || expression === undefined) return []
      if (referencesIn(expression).some(({name}) => made.has(name))) return []
      const name = propertyOf(resource, property)
      return typeof name === 'string' && name !== '' ? [name] : []
    })
  })
}
