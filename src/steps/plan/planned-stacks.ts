import {childStacks} from '../../environment/stacks.js'
import type {PseudoParameters} from '../../template/evaluation.js'
import {creationNeeds} from '../../template/graph.js'
import {resolveParameters} from '../../template/parameters.js'
import {createResolver, type Resolver} from '../../template/resolver.js'
import type {ResourceDeclaration, Template} from '../../template/template.js'
import {isMap, isScalar} from '../../template/value.js'
import {type TemplateSet, templateOf} from '../deploy/template-set.js'
import type {StackTarget} from '../stacks/stack-targets.js'

/** A stack as its template and parameters make it, before anything of it exists. */
export interface PlannedStack {
  /** "main", "network" … */
  label: string
  /** Without what CloudFormation appends to the name of a nested stack. */
  name: string
  /** Of a nested stack in its parent; the stack's own name for a root. */
  logicalId: string
  /** Label of the stack whose resource it is; undefined for a root. */
  parent: string | undefined
  /** Labels of the roots that must be complete before; a nested stack's needs are those of its resource. */
  after: readonly string[]
  /** What is created: its condition holds. In the order of the template. */
  resources: readonly PlannedResource[]
}

export interface PlannedResource {
  logicalId: string
  declaration: ResourceDeclaration
  /** Logical ids in the same stack. */
  needs: readonly string[]
  /** The properties' values; what only exists later is replaced by its name. */
  resolver: Resolver
}

type Given = Readonly<Record<string, string>>

const nestedType = 'AWS::CloudFormation::Stack'

/**
 * A stack target and the stacks nested in it, in the order of creation.
 * @throws {TemplateError} when the parameters do not suit the template
 */
export function plannedStacks(
  templates: TemplateSet,
  stackTarget: StackTarget,
  given: Given,
  pseudo: PseudoParameters,
): readonly PlannedStack[] {
  const template = templateOf(templates, stackTarget.template)
  const {label, stackName: name, logicalId, needs: after} = stackTarget
  const root = {label, name, logicalId, parent: undefined, after}
  const {resolver, resources} = contentOf(template, given, {...pseudo, 'AWS::StackName': name})
  const nested = childStacks.flatMap(child => {
    if (!resources.some(resource => resource.logicalId === child.logicalId)) return []
    const childName = `${name}-${child.logicalId}`
    const content = contentOf(
      templateOf(templates, child.template),
      passedDown(template, child.logicalId, resolver),
      {...pseudo, 'AWS::StackName': childName},
    )
    return {
      label: child.key,
      name: childName,
      logicalId: child.logicalId,
      parent: label,
      after: [],
      resources: content.resources,
    }
  })
  return [{...root, resources}, ...nested]
}

/** A resource that stands for a nested stack. */
export function isNested({declaration}: PlannedResource): boolean {
  return declaration.type === nestedType
}

/**
 * What a template makes with these parameters.
 * @throws {TemplateError} when they do not suit it
 */
export function contentOf(template: Template, given: Given, pseudo: PseudoParameters): StackContent {
  const known = contents.get(template) ?? new Map<string, StackContent>()
  contents.set(template, known)
  const key = JSON.stringify([given, pseudo])
  const content = known.get(key) ?? resolvedContent(template, given, pseudo)
  known.set(key, content)
  return content
}

interface StackContent {
  readonly resolver: Resolver
  readonly resources: readonly PlannedResource[]
}

/** By what it follows from: environments are compared in which most stacks are the same. */
const contents = new WeakMap<Template, Map<string, StackContent>>()

function resolvedContent(template: Template, given: Given, pseudo: PseudoParameters): StackContent {
  const parameters = resolveParameters(template, given)
  const resolver = createResolver({template, parameters, pseudo, lookups: notYet})
  const needs = creationNeeds(template, resolver.activeResources(), name => resolver.condition(name))
  const resources: PlannedResource[] = Array.from(needs, ([logicalId, needed]) => ({
    logicalId,
    // Active resources are declared ones.
    declaration: template.resources[logicalId] as ResourceDeclaration,
    needs: needed,
    resolver,
  }))
  return {resolver, resources}
}

/** Nothing exists yet: what is asked for answers with its name. */
const notYet = {
  ref: (logicalId: string) => logicalId,
  getAtt: (logicalId: string, attribute: string) => `${logicalId}.${attribute}`,
  importValue: (name: string) => name,
  availabilityZones: (region: string) => ['a', 'b', 'c'].map(letter => region + letter),
}

/** The parameters that a template passes to a nested stack. */
function passedDown(template: Template, logicalId: string, resolver: Resolver): Given {
  const passed = resolver.value(template.resources[logicalId]?.properties.Parameters ?? {})
  if (!isMap(passed)) return {}
  return Object.fromEntries(
    Object.entries(passed).flatMap(([name, value]) => (isScalar(value) ? [[name, String(value)]] : [])),
  )
}
