import {type Resolver, referencesIn, type Value} from '../../template/index.js'
import type {ValidationFinding} from '../account/stack.js'
import type {StackContext} from '../account/stack-context.js'
import type {World} from '../account/world.js'
import {globalResource} from '../resources/names.js'
import {propertyProblems} from '../resources/property-problems.js'
import type {Naming} from '../resources/resource-provider.js'
import {schemaOf} from '../resources/resource-schema.js'
import {templateOf} from './parsed-template.js'
import {providerOf} from './providers.js'
import {resolverOf} from './resolver.js'

type Found = Pick<ValidationFinding, 'name' | 'reason' | 'path'>

/**
 * What is wrong with a stack's template before any resource is touched: properties that a type does not have or
 * misses, and fixed names that are taken. Names that depend on resources are not known yet.
 * Source: CloudFormation user guide, "Validate stack deployments".
 */
export function findConflicts(
  context: StackContext,
  operationId: string,
  changeSetId?: string,
): {findings: ValidationFinding[]; reason: string} {
  const {world, stack} = context
  const {resources} = templateOf(stack.template)
  const resolver = resolverOf(context)
  const findings = resolver.activeResources().flatMap(logicalId =>
    [...badProperties(context, logicalId), ...takenNames(context, logicalId, resolver)].map(
      (found): ValidationFinding => ({
        ...found,
        id: world.newUuid(),
        operationId,
        ...(changeSetId !== undefined && {changeSetId}),
        logicalId,
        type: resources[logicalId]?.type ?? '',
        at: world.now,
      }),
    ),
  )
  const checks = new Set(
    findings.map(({name}) =>
      name === 'PROPERTY_VALIDATION' ? 'PropertyValidation' : 'ResourceExistenceCheck',
    ),
  )
  const names = [...checks].map(check => `AWS::EarlyValidation::${check}`).join(', ')
  return {
    findings,
    reason: `The following hook(s)/validation failed: [${names}]. To troubleshoot Early Validation errors, use the DescribeEvents API for detailed failure information.`,
  }
}

function badProperties({stack}: StackContext, logicalId: string): Found[] {
  const declared = templateOf(stack.template).resources[logicalId]
  if (!declared) return []
  const path = `/Resources/${logicalId}/Properties`
  const {type, properties} = declared
  return propertyProblems(type, properties).map(({pointer, kind, name, message}): Found => {
    const at = `${path}${pointer.slice(1)}`
    if (kind === 'unknown') {
      return {name: 'PROPERTY_VALIDATION', reason: `Unsupported property [${name}]`, path: `${at}/${name}`}
    }
    const reason = kind === 'missing' ? `Required property [${name}] not found` : message
    return {name: 'PROPERTY_VALIDATION', reason, path: at}
  })
}

function takenNames(context: StackContext, logicalId: string, resolver: Resolver): Found[] {
  const {world, region, stack} = context
  const template = templateOf(stack.template)
  const {type = '', properties = {}} = template.resources[logicalId] ?? {}
  const naming = namingOf(world, type)
  if (!naming) return []
  const known: Record<string, unknown> = {}
  for (const [property, expression] of Object.entries(properties)) {
    if (referencesIn(expression).some(({name}) => name in template.resources)) continue
    known[property] = knownValue(resolver, expression)
  }
  const name = known[naming.property]
  if (typeof name !== 'string' || name === '') return []
  const holder =
    type === 'AWS::S3::Bucket'
      ? world.account.buckets[name]?.name
      : naming.taken(name, {world, region, properties: known})?.physicalId
  if (holder === undefined || holder === stack.resources[logicalId]?.physicalId) return []
  return [
    {
      name: 'NAME_CONFLICT_VALIDATION',
      reason: `Resource of type '${type}' with identifier '${name}' already exists.`,
      path: `/Resources/${logicalId}/Properties/${naming.property}`,
    },
  ]
}

/** What cannot be evaluated, such as an import that does not exist yet, is told elsewhere. */
function knownValue(resolver: Resolver, expression: Value): Value | undefined {
  try {
    return resolver.value(expression)
  } catch {
    return undefined
  }
}

/** How a type is named for good, when a template can write that. */
function namingOf(world: World, type: string): Naming | undefined {
  const naming = providerOf(world, type)?.naming
  if (naming) return naming
  const {id = [], properties = {}} = schemaOf(type) ?? {}
  const [property, ...others] = id
  if (property === undefined || others.length > 0 || !(property in properties)) return undefined
  const isGlobal = type.startsWith('AWS::IAM::')
  return {
    property,
    taken: (name, {world, region}) =>
      isGlobal ? globalResource(world, type, name) : world.resource(region, type, name),
  }
}
