import {childStacks} from '../../../../src/environment/stacks.js'
import {referencesIn} from '../../../../src/parity/templates/references.js'
import {type Mention, mentionsIn} from '../mentions.js'
import {perResource, perTemplates} from '../once.js'
import {type Findings, judgeEach, located, type Property, tooFew} from '../property.js'
import {misfits, specificationOf} from '../specification.js'
import type {TemplateSet} from '../template-set.js'

/** What custom resources take and answer: their functions say so, not CloudFormation. */
const custom: Readonly<Record<string, {readonly attributes: readonly string[]}>> = {
  'Custom::ContainerImages': {attributes: ['BuildId']},
}

const pseudoParameters = [
  ...['AccountId', 'NoValue', 'NotificationARNs', 'Partition', 'Region', 'StackId', 'StackName', 'URLSuffix'],
].map(name => `AWS::${name}`)

/**
 * CloudFormation asks a service for an attribute when the resource exists, and for a property when its turn comes:
 * minutes into a deployment.
 */
export const types: Property = {
  id: 'types',
  title: 'every type, property, Ref and GetAtt exists, and what a type requires is given',
  violations({templates, deployed}) {
    const mentions = mentionsOf(templates)
    return [
      ...tooFew(
        mentions.filter(({reference}) => reference.attribute !== undefined),
        100,
        'attributes',
      ),
      ...wrongMentions(templates),
      ...judgeEach(deployed.resources(), {atLeast: 150, what: 'resources'}, problemsOf),
    ]
  },
}

const mentionsOf = perTemplates(mentionsIn)

const wrongMentions = perTemplates(templates =>
  mentionsOf(templates).flatMap(mention => located(mention.place, [problemOf(templates, mention)])),
)

function problemOf(templates: TemplateSet, {label, reference}: Mention): string | undefined {
  const {name, attribute, kind} = reference
  const template = templates[label]
  const resource = template.resources[name]
  if (attribute === undefined && kind !== 'GetAtt') {
    const exists = resource !== undefined || name in template.parameters || pseudoParameters.includes(name)
    return exists ? undefined : `nothing is called ${name}`
  }
  if (resource === undefined) return `there is no resource ${name}`
  const isOutput =
    attribute?.startsWith('Outputs.') === true && resource.type === 'AWS::CloudFormation::Stack'
  const exists = isOutput
    ? hasOutput(templates, name, attribute.slice('Outputs.'.length))
    : attributesOf(resource.type).includes(String(attribute))
  return exists ? undefined : `${name}, of ${resource.type}, has no attribute ${attribute}`
}

/** An output that only some deployments have would stop the main stack in all others. */
function hasOutput(templates: TemplateSet, stackId: string, output: string): boolean {
  const child = childStacks.find(({logicalId}) => logicalId === stackId)
  const declaration = child && templates[child.key].outputs[output]
  return declaration !== undefined && declaration.condition === undefined
}

function attributesOf(type: string): readonly string[] {
  return custom[type]?.attributes ?? Object.keys(specificationOf(type)?.attributes ?? {})
}

const problemsOf = perResource((resource): Findings => {
  if (Object.hasOwn(custom, resource.type)) return []
  const specification = specificationOf(resource.type)
  if (specification === undefined) return [`CloudFormation has no type ${resource.type}`]
  try {
    return misfits(specification, resource.properties, text => referencesIn(text).length > 0)
  } catch (error) {
    // Such as a reference to a resource whose condition is false.
    return [String(error)]
  }
})
