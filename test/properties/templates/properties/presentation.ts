import {childStacks} from '../../../../src/environment/stacks.js'
import {type Label, labels} from '../../../../src/parity/templates/template-set.js'
import type {ParameterDeclaration, Template} from '../../../../src/template/index.js'
import {perTemplates} from '../once.js'
import {differs, type Findings, located, type Property, tooFew} from '../property.js'
import type {TemplateSet} from '../template-set.js'

/** What limits a value, and has to be said when one is refused. */
const limits = [
  ...['allowedPattern', 'allowedValues', 'minLength', 'maxLength', 'minValue', 'maxValue'],
] as const satisfies readonly (keyof ParameterDeclaration)[]

/**
 * The console shows parameters in groups and under labels; one that is in no group comes last, by its bare name. Each
 * template can be deployed by hand, and people who know one of them should recognize a parameter in all others.
 */
export const presentation: Property = {
  id: 'presentation',
  title:
    'the console shows every parameter of every template once, in the same group, under the same label and in the same words',
  violations: ({templates}) => misshown(templates),
}

const misshown = perTemplates(templates => [
  ...tooFew(
    labels.flatMap(label => Object.keys(templates[label].parameters)),
    125,
    'parameters',
  ),
  ...labels.flatMap(label => [
    ...located(`${label} metadata`, shownOnce(templates, label)),
    ...Object.entries(templates[label].parameters).flatMap(([name, declaration]) =>
      located(`${label}.${name}`, described(declaration)),
    ),
  ]),
  ...childStacks.flatMap(({key}) => [
    ...located(`${key} metadata`, shownAsInMain(templates, key)),
    ...Object.entries(templates[key].parameters).flatMap(([name, declaration]) =>
      located(`${key}.${name}`, worded(declaration, templates.main.parameters[name])),
    ),
  ]),
])

function shownOnce(templates: TemplateSet, label: Label): Findings {
  const {groups, titles} = shownIn(templates[label])
  const declared = Object.keys(templates[label].parameters).sort()
  const names = groups.map(({name}) => name)
  return [
    differs('the parameters in groups', groups.flatMap(({parameters}) => parameters).sort(), declared),
    differs('the parameters with a label', Object.keys(titles).sort(), declared),
    differs('the groups', names, [...new Set(names)]),
  ]
}

/** A child has the groups of the main template that it has parameters of, in the order that they have there. */
function shownAsInMain(templates: TemplateSet, key: Label): Findings {
  const [shown, main] = [shownIn(templates[key]), shownIn(templates.main)]
  const {parameters} = templates[key]
  const groups = main.groups
    .map(group => ({...group, parameters: group.parameters.filter(name => Object.hasOwn(parameters, name))}))
    .filter(group => group.parameters.length > 0)
  const titles = Object.entries(main.titles).filter(([name]) => Object.hasOwn(parameters, name))
  return [
    differs('what it groups', shown.groups, groups),
    differs('what it calls them', shown.titles, Object.fromEntries(titles)),
  ]
}

function described(declaration: ParameterDeclaration): Findings {
  const {description, constraintDescription} = declaration
  return [
    !description?.endsWith('.') && 'it has no description, or one that is no sentence',
    limits.some(limit => declaration[limit] !== undefined) &&
      constraintDescription === undefined &&
      'it does not say what it takes',
  ]
}

function worded(declaration: ParameterDeclaration, main: ParameterDeclaration | undefined): Findings {
  return [
    differs('its description', declaration.description, main?.description),
    differs('its constraint', declaration.constraintDescription, main?.constraintDescription),
  ]
}

interface Shown {
  readonly groups: readonly {readonly name: string; readonly parameters: readonly string[]}[]
  /** The label of each parameter by its name. */
  readonly titles: Readonly<Record<string, string>>
}

/** Source: https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudformation-interface.html */
export function shownIn({metadata}: Template): Shown {
  const shown = (metadata as any)?.['AWS::CloudFormation::Interface']
  const {ParameterGroups = [], ParameterLabels = {}} = shown ?? {}
  return {
    groups: ParameterGroups.map(({Label, Parameters}: any) => ({
      name: Label?.default,
      parameters: Parameters,
    })),
    titles: Object.fromEntries(
      Object.entries(ParameterLabels).map(([name, title]: [string, any]) => [name, title.default]),
    ),
  }
}
