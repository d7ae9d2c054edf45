// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the braces are CloudFormation's
import type {Document} from '../template-set.js'
import {placeAt, plantedFor, resourcesOf} from './find.js'
import type {Mutation} from './mutation.js'
import {some} from './some.js'

const property = 'secrets'
const planted = plantedFor(property)

const secretParameters = ['KeycloakAdminPassword', 'KeycloakDatabasePassword', 'EmbeddingsApiKey']
const resolved = {'Fn::Sub': '{{resolve:secretsmanager:${DatabaseSecret}:SecretString:password}}'}

/** Where a value would be seen, and how it gets there. */
const sinks: readonly [
  logicalId: string,
  what: string,
  edit: (properties: Document, value: unknown) => void,
][] = [
  ['KeycloakAdminParameter', 'a plain parameter', (properties, value) => (properties.Value = value)],
  ['DatabaseKey', 'a description', (properties, value) => (properties.Description = value)],
  ['FileSystem', 'a tag', ({FileSystemTags: [tag]}, value) => (tag.Value = value)],
  ['DatabaseCluster', 'a user name', (properties, value) => (properties.MasterUsername = value)],
  ['DatabaseSecret', 'the name of a secret', (properties, value) => (properties.Name = value)],
]

export const secretMutations: readonly Mutation[] = [
  ...some(
    secretParameters.flatMap(name => [
      ...sinks.map(([logicalId, what, edit]) =>
        planted(placeAt('data', logicalId), `has ${name} in ${what}`, properties => {
          edit(properties, {Ref: name})
        }),
      ),
      {
        name: `the data stack shows ${name} in an output`,
        property,
        at: 'data output Shown',
        plant({data}: Document) {
          data.Outputs.Shown = {Value: {'Fn::Sub': `value: \${${name}}`}}
        },
      },
      {
        name: `the main stack shows ${name} in an output`,
        property,
        at: 'main output Shown',
        plant({main}: Document) {
          main.Outputs.Shown = {Value: {Ref: name}}
        },
      },
      {
        name: `the data stack does not hide ${name}`,
        property,
        at: `data parameter ${name}`,
        plant({data}: Document) {
          delete data.Parameters[name].NoEcho
        },
      },
      {
        name: `${name} has a default`,
        property,
        at: `data parameter ${name}`,
        plant({data}: Document) {
          data.Parameters[name].Default = 'Published.Password.1'
        },
      },
      {
        name: `a custom resource is given ${name}`,
        property,
        at: 'data.Handler',
        plant({data}: Document) {
          data.Resources.Handler = {
            Type: 'Custom::Handler',
            Properties: {ServiceToken: 'arn:aws:lambda:us-west-2:1:function:f', Deep: [{Value: {Ref: name}}]},
          }
        },
      },
      {
        name: `the metadata of a resource hold ${name}`,
        property,
        at: 'data.FileSystem Metadata',
        plant({data}: Document) {
          data.Resources.FileSystem.Metadata = {Note: {Ref: name}}
        },
      },
      {
        name: `the services stack is given ${name}`,
        property,
        at: 'main.ServicesStack',
        plant({main}: Document) {
          main.Resources.ServicesStack.Properties.Tags = [{Key: 'Note', Value: {Ref: name}}]
        },
      },
    ]),
    24,
  ),
  ...sinks.slice(0, 3).map(([logicalId, what, edit]) =>
    planted(placeAt('data', logicalId), `resolves the password in ${what}`, properties => {
      edit(properties, resolved)
    }),
  ),
  planted(placeAt('data', 'DatabaseCluster'), 'has a password in the template', properties => {
    properties.MasterUserPassword = 'Published.Password.1'
  }),
  planted(placeAt('data', 'SecretKeySecret'), 'has its value in the template', properties => {
    delete properties.GenerateSecretString
    properties.SecretString = 'published'
  }),
  planted(placeAt('data', 'AdminPasswordSecret'), 'has no value', properties => {
    delete properties.GenerateSecretString
  }),
  ...resourcesOf('AWS::ECS::TaskDefinition')
    .filter(({resource}) => resource.properties.ContainerDefinitions.some(({Secrets}: Document) => Secrets))
    .map(place =>
      planted(place, 'gives a container a secret as a plain variable', ({ContainerDefinitions: all}) => {
        const container = all.find(({Secrets: secrets}: Document) => secrets)
        const secret = container.Secrets.find(({Name: name}: Document) => /PASSWORD|SECRET/.test(name))
        container.Environment.push({Name: secret.Name, Value: 'from-elsewhere'})
      }),
    ),
  planted(placeAt('services', 'McpgwTaskDefinition'), 'resolves a password for a container', properties => {
    properties.ContainerDefinitions[0].Environment.push({
      Name: 'REGISTRY_LOGIN',
      Value: '{{resolve:secretsmanager:mcp-gateway-admin-password:SecretString:admin_password}}',
    })
  }),
  planted(
    placeAt('compute', 'ContainerBuildProject'),
    'gives the build a token',
    ({Environment: environment}) => {
      environment.EnvironmentVariables.push({Name: 'GITHUB_TOKEN', Value: 'x'})
    },
  ),
  planted(placeAt('compute', 'BuildTriggerFunction'), 'gives the function an API key', properties => {
    properties.Environment = {Variables: {API_KEY: 'x'}}
  }),
]
