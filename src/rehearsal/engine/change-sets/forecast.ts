import {createResolver, type ResolverInput, referencesIn, type Value} from '../../../template/index.js'
import type {PlannedChange, PlannedDetail} from '../../account/change-set.js'
import type {StackContext} from '../../account/stack-context.js'
import {templateZones} from '../../faults/default-subnets.js'
import {exportsIn} from '../exports.js'
import {templateOf} from '../parsed-template.js'
import {attributeOf, pseudoParameters} from '../resolver.js'
import {shownProperties} from '../resource-properties.js'
import {nestedStackType} from '../stack-context.js'

/** Why a value may change although its expression does not. */
export interface Cause {
  source: Extract<PlannedDetail['source'], 'ResourceReference' | 'ResourceAttribute'>
  entity: string
}

/** Evaluates a template before anything of it exists; what only the execution will know is a mark. */
export interface Forecast {
  properties(logicalId: string): Record<string, unknown>
  /** The properties as readers may see them. */
  shown(logicalId: string): Record<string, unknown>
  /** Tells of a resource that will change, so that what reads it may. */
  changed(logicalId: string, change: PlannedChange): void
  /** The changing resource that an expression reads. */
  causeOf(expression: Value): Cause | undefined
}

/** Source: change sets of nested stacks, where such values show. */
function mark(what: string): string {
  return `{{IntrinsicFunction://${what}}}`
}

/** Whether a value is known only in part until the change set is executed. */
export function isForecast(value: unknown): boolean {
  return JSON.stringify(value)?.includes('{{IntrinsicFunction://') ?? false
}

/** The forecast for a stack that has the new template and parameters, and the old resources. */
export function forecastOf(imagined: StackContext): Forecast {
  const {world, stack, region} = imagined
  const template = templateOf(stack.template)
  const changes = new Map<string, PlannedChange>()
  const exports = exportsIn(region)
  const input: ResolverInput = {
    template,
    parameters: stack.parameters,
    pseudo: pseudoParameters(imagined),
    lookups: {
      ref: logicalId =>
        isNew(logicalId) ? mark(`${logicalId}/Ref`) : stack.resources[logicalId]?.physicalId,
      getAtt: (logicalId, attribute) =>
        isNew(logicalId) || attributesChange(logicalId)
          ? mark(`${logicalId}/${attribute}`)
          : attributeOf(imagined, logicalId, attribute),
      importValue: name => exports.get(name)?.value ?? mark(`Fn::ImportValue/${name}`),
      availabilityZones: name => templateZones(world, name || region.name),
    },
  }
  const resolver = createResolver(input)

  /** Made anew, so that nothing of it is known. */
  function isNew(logicalId: string): boolean {
    const change = changes.get(logicalId)
    return change?.action === 'Add' || change?.replacement === 'True' || !stack.resources[logicalId]
  }

  /** The outputs of a nested stack are known when it has been updated. */
  function attributesChange(logicalId: string): boolean {
    const change = changes.get(logicalId)
    return change?.type === nestedStackType && change.details.some(({source}) => source !== 'Automatic')
  }

  function properties(logicalId: string): Record<string, unknown> {
    try {
      return resolver.properties(logicalId)
    } catch {
      return propertyByProperty(logicalId)
    }
  }

  /** What cannot be evaluated yet, such as `Fn::Select` of a list to come, is unknown by itself. */
  function propertyByProperty(logicalId: string): Record<string, unknown> {
    const known: Record<string, unknown> = {}
    for (const [name, expression] of Object.entries(template.resources[logicalId]?.properties ?? {})) {
      try {
        const value = resolver.value(expression)
        if (value !== undefined) known[name] = value
      } catch {
        known[name] = mark(`${logicalId}/${name}`)
      }
    }
    return known
  }

  return {
    properties,
    shown(logicalId) {
      const made = properties(logicalId)
      return shownProperties(imagined, {...input, conditions: resolver}, logicalId, made) ?? made
    },
    changed: (logicalId, change) => void changes.set(logicalId, change),
    causeOf(expression) {
      for (const {kind, name, attribute} of referencesIn(expression)) {
        const change = changes.get(name)
        if (!change) continue
        const isReplaced = change.action === 'Add' || change.replacement !== 'False'
        if (attribute === undefined && kind !== 'GetAtt') {
          if (isReplaced) return {source: 'ResourceReference', entity: name}
        } else return {source: 'ResourceAttribute', entity: `${name}.${attribute ?? ''}`}
      }
      return undefined
    },
  }
}
