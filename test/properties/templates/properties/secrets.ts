import {findDynamicReferences} from '../../../../src/template/dynamic-references.js'
import type {DeployedResource, DeployedStack} from '../deployed.js'
import {perResource} from '../once.js'
import {located, type Property, placeOf, tooFew} from '../property.js'
import {containersIn} from '../tasks.js'
import {worldOf} from '../world.js'

/** Values that are nowhere else, for every parameter that must not be seen. */
const canaries: Readonly<Record<string, string>> = {
  KeycloakAdminPassword: 'Canary.admin.7f3a',
  KeycloakDatabasePassword: 'Canary.database.7f3a',
  EmbeddingsApiKey: 'Canary.embeddings.7f3a',
}

/** Where a secret value may go: its store, and the database whose password it is. */
const stores = ['AWS::SecretsManager::Secret SecretString', 'AWS::RDS::DBCluster MasterUserPassword']

/** Where a header is told to who sends it and to who asks for it; property origin-header says more of it. */
const tellers = [
  'AWS::CloudFront::Distribution DistributionConfig',
  'AWS::ElasticLoadBalancingV2::ListenerRule Conditions',
]
const isHeader = (text: string) =>
  /^\{\{resolve:secretsmanager:<ref:compute\.\w+OriginHeader[12]>:/.test(text)

/** What no container reads, and "mcpgw" puts a value into once there is one. */
const filledLater = ['StudentsSecret']

/** Variables that sound like this hold a secret, and belong to the secrets of a container. */
const soundsSecret = /PASSWORD|SECRET|TOKEN|API_?KEY|CREDENTIAL/

/**
 * Outputs, environments, custom resources, descriptions and plain parameters can all be read by whoever may look at
 * the environment. Shown with given passwords; the ones that Secrets Manager generates never leave it, but through
 * dynamic references.
 */
export const secrets: Property = {
  id: 'secrets',
  title: 'no secret value reaches an output, an environment, a custom resource, or anything but its store',
  violations({templates, deployed: {stacks}, choice}) {
    const parameters = {...choice.parameters, ...canaries}
    const {deployed} = worldOf(templates, {...choice, parameters})
    const found = deployed.stacks.flatMap(leaksIn)
    const variables = [...variablesOf(deployed.resources()), ...containersIn(deployed).flatMap(variablesIn)]
    return [
      ...stacks.flatMap(({label, template}) =>
        Object.entries(template.parameters).flatMap(([name, {noEcho, default: value = ''}]) =>
          located(`${label} parameter ${name}`, [
            noEcho && !(name in canaries) && 'it has no canary',
            !noEcho && name in canaries && 'it is shown to everybody',
            noEcho && value !== '' && 'its default can be read in the template',
          ]),
        ),
      ),
      ...tooFew(found, 3, 'places that take a secret value'),
      ...found.flatMap(({place, allowed, text}) => (allowed ? [] : [`${place}: it would hold ${text}`])),
      ...deployed
        .resources('AWS::SecretsManager::Secret', 'AWS::RDS::DBCluster')
        .flatMap(resource => located(placeOf(resource), [literalIn(resource)])),
      ...tooFew(variables, 55, 'variables'),
      ...variables.flatMap(({place, name}) =>
        soundsSecret.test(name) ? [`${place}: everybody who may see it reads its variable ${name}`] : [],
      ),
    ]
  },
}

/** A secret value, or the reference that becomes one, outside or inside its store. */
interface Leak {
  readonly place: string
  readonly text: string
  readonly allowed: boolean
}

function leaksIn({label, resources, outputs, resolver}: DeployedStack): Leak[] {
  return [
    ...resources.flatMap(leaksInProperties),
    ...resources.flatMap(resource =>
      secretsIn(resolver.value(resource.declaration.metadata ?? null)).map(text => {
        return {place: `${placeOf(resource)} Metadata`, text, allowed: false}
      }),
    ),
    ...Object.entries(outputs).flatMap(([name, value]) =>
      secretsIn(value).map(text => ({place: `${label} output ${name}`, text, allowed: false})),
    ),
  ]
}

const leaksInProperties = perResource((resource): Leak[] =>
  Object.entries(resource.properties).flatMap(([property, value]) =>
    secretsIn(value).map(text => {
      const sink = `${resource.type} ${property}`
      const allowed =
        stores.includes(sink) || (tellers.includes(sink) && isHeader(text)) || isPassed(resource, property)
      return {place: `${placeOf(resource)} ${property}`, text, allowed}
    }),
  ),
)

function secretsIn(value: unknown): string[] {
  const whole = JSON.stringify(value ?? null)
  return [
    ...Object.keys(canaries).filter(name => whole.includes(String(canaries[name]))),
    ...findDynamicReferences(whole)
      .filter(({kind}) => kind !== 'ssm')
      .map(reference => reference.text),
  ]
}

/** A nested stack gets them as parameters of the same name, which hide them as well: that is judged there. */
function isPassed({type, properties}: DeployedResource, property: string): boolean {
  if (type !== 'AWS::CloudFormation::Stack' || property !== 'Parameters') return false
  return Object.entries(properties.Parameters).every(([name, value]) =>
    secretsIn(value).every(secret => secret === name),
  )
}

/** A password that is in the template, instead of coming from a parameter or being generated. */
function literalIn({type, logicalId, properties}: DeployedResource): string | undefined {
  const value = type === 'AWS::RDS::DBCluster' ? properties.MasterUserPassword : properties.SecretString
  if (value === undefined) {
    if (properties.GenerateSecretString !== undefined || filledLater.includes(logicalId)) return undefined
    return 'it has no value'
  }
  return secretsIn(value).length > 0 ? undefined : 'its value is in the template'
}

/** The plain variables of everything but containers. */
function variablesOf(resources: readonly DeployedResource[]): {place: string; name: string}[] {
  return resources.flatMap(resource => {
    const {Environment: environment} = resource.properties
    const names =
      environment?.EnvironmentVariables?.map(({Name}: {Name: string}) => Name) ??
      Object.keys(environment?.Variables ?? {})
    return names.map((name: string) => ({place: placeOf(resource), name}))
  })
}

function variablesIn({definition, properties}: ReturnType<typeof containersIn>[number]) {
  return (properties.Environment ?? []).map(({Name: name}: {Name: string}) => {
    return {place: `${placeOf(definition)} container ${properties.Name}`, name}
  })
}
