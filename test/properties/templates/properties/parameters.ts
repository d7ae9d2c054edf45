import {isDeepStrictEqual} from 'node:util'
import {childStacks} from '../../../../src/environment/stacks.js'
import {type Label, labels} from '../../../../src/parity/templates/template-set.js'
import type {ParameterDeclaration, RuleDeclaration, Template} from '../../../../src/template/index.js'
import {isMap, type Value} from '../../../../src/template/value.js'
import {argumentsOf, mentionsIn, partsOf} from '../mentions.js'
import {perTemplates} from '../once.js'
import {differs, located, type Property, tooFew} from '../property.js'
import type {TemplateSet} from '../template-set.js'

/** What a parameter allows; `presentation` speaks of the texts for people. */
const constraints = [
  ...['type', 'default', 'noEcho', 'allowedValues', 'allowedPattern'],
  ...['minLength', 'maxLength', 'minValue', 'maxValue'],
] as const satisfies readonly (keyof ParameterDeclaration)[]

/**
 * A child that allowed less than the main template would refuse in the middle of a deployment what the main one had
 * accepted; one with another default would be another environment in the other layout.
 */
export const parameters: Property = {
  id: 'parameters',
  title:
    'every parameter, condition and mapping is used, and what the main template takes, and no less, reaches its children unchanged',
  violations({templates, deployed, choice}) {
    const children = choice.layout === 'nested' ? childStacks : []
    const main = choice.layout === 'nested' ? deployed.stack('main').parameters : {}
    return [
      ...unread(templates),
      ...unequal(templates),
      ...children.flatMap(({key}) =>
        Object.entries(deployed.stack(key).parameters).flatMap(([name, value]) =>
          located(`${key} parameter ${name}`, [differs('its value', value, main[name])]),
        ),
      ),
    ]
  },
}

const unread = perTemplates(templates => {
  const mentions = mentionsIn(templates)
  return labels.flatMap(label => {
    const template = templates[label]
    const mentioned = new Set(
      mentions.filter(mention => mention.label === label).map(({reference}) => reference.name),
    )
    const used = usedNames(label, template)
    const missing = (kind: string, names: readonly string[], read: ReadonlySet<string>) =>
      names.filter(name => !read.has(name)).map(name => `${label} ${kind} ${name}: nothing uses it`)
    return [
      ...tooFew(Object.keys(template.parameters), 7, `parameters of ${label}`),
      ...missing('parameter', Object.keys(template.parameters), mentioned),
      ...missing('condition', Object.keys(template.conditions), used.conditions),
      ...missing('mapping', Object.keys(template.mappings), used.mappings),
    ]
  })
})

function usedNames(label: Label, template: Template) {
  const expressions = partsOf(label, template).map(({expression}) => expression)
  const first = (argument: Value) => String(Array.isArray(argument) ? argument[0] : argument)
  const named = (name: string) => argumentsOf(name, expressions).map(first)
  const carried = [...Object.values(template.resources), ...Object.values(template.outputs)].flatMap(
    ({condition}) => condition ?? [],
  )
  return {
    conditions: new Set([...named('Fn::If'), ...named('Condition'), ...carried]),
    mappings: new Set(named('Fn::FindInMap')),
  }
}

const unequal = perTemplates(templates =>
  childStacks.flatMap(({key, logicalId}) => [
    ...Object.entries(templates[key].parameters).flatMap(([name, declaration]) =>
      located(`${key} parameter ${name}`, differencesOf(declaration, templates.main.parameters[name])),
    ),
    ...located(`main.${logicalId}`, [
      differs('what it passes', passed(templates, logicalId), Object.keys(templates[key].parameters).sort()),
    ]),
    ...Object.entries(templates[key].rules).flatMap(([name, rule]) =>
      located(`${key} rule ${name}`, [
        !isSame(rule, templates.main.rules[name]) && 'the main template does not have it',
      ]),
    ),
  ]),
)

/** Whether two rules say the same, wherever they are. */
function isSame(rule: RuleDeclaration, other: RuleDeclaration | undefined): boolean {
  return isDeepStrictEqual({...rule, line: 0}, {...other, line: 0})
}

function differencesOf(declaration: ParameterDeclaration, main: ParameterDeclaration | undefined): string[] {
  if (main === undefined) return ['the main template does not have it']
  return constraints
    .filter(constraint => !isDeepStrictEqual(declaration[constraint], main[constraint]))
    .map(constraint => `its ${constraint} is not that of the main template`)
}

function passed({main}: TemplateSet, logicalId: string): string[] {
  const given = main.resources[logicalId]?.properties.Parameters
  return isMap(given) ? Object.keys(given).sort() : []
}
