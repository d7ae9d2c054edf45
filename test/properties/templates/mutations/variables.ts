import type {Document} from '../template-set.js'
import {placeAt, plantedFor, resourcesOf} from './find.js'
import type {Mutation} from './mutation.js'
import {some} from './some.js'

const planted = plantedFor('variables')

const definitions = resourcesOf('AWS::ECS::TaskDefinition')
const mainOf = ({ContainerDefinitions: all}: Document): Document => all.at(-1)
const namesOf = (list: Document[] | undefined): string[] =>
  (list ?? []).flatMap(({Name: name}) => (name === undefined ? [] : [name]))

/** What was given once although nothing reads it. */
const unread = [
  ['AuthServer', 'SESSION_COOKIE_SECURE'],
  ...['KEYCLOAK_ENABLED', 'KEYCLOAK_CLIENT_ID', 'KEYCLOAK_CLIENT_SECRET', 'AUTH_PROVIDER', 'AWS_REGION'].map(
    name => ['Registry', name] as const,
  ),
  ['Registry', 'EC2_PUBLIC_DNS'],
] as const

export const variableMutations: readonly Mutation[] = [
  ...unread.map(([service, name]) =>
    planted(placeAt('services', `${service}TaskDefinition`), `is given ${name}`, properties => {
      mainOf(properties).Environment.push({Name: name, Value: 'true'})
    }),
  ),
  // What was missing once, and much else.
  ...['EMBEDDINGS_PROVIDER', 'EMBEDDINGS_MODEL_NAME', 'EMBEDDINGS_MODEL_DIMENSIONS'].map(name =>
    planted(placeAt('services', 'McpgwTaskDefinition'), `is not told ${name}`, properties => {
      without(mainOf(properties), 'Environment', name)
    }),
  ),
  ...['KEYCLOAK_ADMIN', 'KEYCLOAK_ADMIN_PASSWORD'].map(name =>
    planted(placeAt('services', 'RegistryTaskDefinition'), `does not know ${name}`, properties => {
      without(mainOf(properties), 'Secrets', name)
    }),
  ),
  ...['RegistryTaskDefinition', 'McpgwTaskDefinition'].map(name =>
    planted(placeAt('services', name), 'has no key for litellm', properties => {
      const main = mainOf(properties)
      main.Secrets = main.Secrets.filter((secret: Document) => secret['Fn::If'] === undefined)
    }),
  ),
  ...some(
    definitions.flatMap(place =>
      namesOf(mainOf(place.resource.properties).Environment).map(name =>
        planted(place, `lacks ${name}`, properties => {
          without(mainOf(properties), 'Environment', name)
        }),
      ),
    ),
    20,
  ),
]

function without(container: Document, list: 'Environment' | 'Secrets', unwanted: string): void {
  container[list] = container[list].filter(({Name: name}: Document) => name !== unwanted)
}
