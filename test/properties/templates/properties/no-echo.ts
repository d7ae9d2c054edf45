import {type Label, labels} from '../../../../src/parity/templates/template-set.js'
import type {Template} from '../../../../src/template/index.js'
import {referencesIn} from '../../../../src/template/references.js'
import {type Findings, located, type Property, tooFew} from '../property.js'
import type {TemplateSet} from '../template-set.js'

/** The secret ones of those whose name says so; a parameter that flows into a secret is found by its way. */
const sensitiveName = /password|passphrase|secret|token|credential|apikey/i

/** Properties whose value is a secret. */
const secretProperties: readonly (readonly [type: string, property: string])[] = [
  ['AWS::SecretsManager::Secret', 'SecretString'],
  ['AWS::SecretsManager::Secret', 'GenerateSecretString'],
  ['AWS::RDS::DBCluster', 'MasterUserPassword'],
]

/** Stand in a secret, and are none. */
const harmless: ReadonlyMap<string, string> = new Map([
  ['EnvironmentName', 'part of every name'],
  ['KeycloakDatabaseUsername', 'a name: it is beside its password, and in an SSM parameter of type String'],
])

/** Property 8. A literal that the console offers as a choice is as public as a default. */
export const noEcho: Property = {
  id: 'no-echo',
  title: 'every sensitive parameter is NoEcho and has no literal value in a template',
  violations({templates}) {
    const found = labels.flatMap(label =>
      [...sensitiveParameters(templates, label)].map(name => ({label, name})),
    )
    return [
      // Three values, each in the main and in the data template.
      ...tooFew(found, 6, 'sensitive parameters'),
      ...found.flatMap(({label, name}) => located(`${label}.${name}`, judge(templates[label], name))),
    ]
  },
}

function judge({parameters}: Template, name: string): Findings {
  const declaration = parameters[name]
  if (declaration === undefined) return ['it is not declared']
  return [
    !declaration.noEcho && 'it is not NoEcho',
    (declaration.default ?? '') !== '' && 'it has a literal default',
    declaration.allowedValues !== undefined && 'its allowed values are literals',
  ]
}

function sensitiveParameters(templates: TemplateSet, label: Label): Set<string> {
  const {parameters} = templates[label]
  const names = Object.keys(parameters).filter(name => sensitiveName.test(name))
  const flowing = label === 'main' ? passedOn(templates) : intoSecrets(templates[label])
  return new Set([...names, ...flowing].filter(name => !harmless.has(name)))
}

/** Parameters whose value becomes part of a secret. */
function intoSecrets({resources, parameters}: Template): string[] {
  return Object.values(resources).flatMap(({type, properties}) =>
    secretProperties
      .filter(([owner]) => owner === type)
      .flatMap(([, property]) => referencesIn(properties[property] ?? null, {path: []}))
      .map(({name}) => name)
      .filter(name => Object.hasOwn(parameters, name)),
  )
}

/** Parameters of the main template that a nested stack takes for a sensitive one. */
function passedOn(templates: TemplateSet): string[] {
  const sensitive = new Set(
    labels.filter(label => label !== 'main').flatMap(label => [...sensitiveParameters(templates, label)]),
  )
  return Object.values(templates.main.resources).flatMap(({properties}) =>
    Object.entries(properties.Parameters ?? {})
      .filter(([name]) => sensitive.has(name))
      .flatMap(([, value]) => referencesIn(value, {path: []}).map(({name}) => name)),
  )
}
