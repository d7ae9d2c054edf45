// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the braces are CloudFormation's
import type {Document} from '../template-set.js'
import {placeAt, plantedFor} from './find.js'
import type {Mutation} from './mutation.js'
import {statementsOf} from './statements.js'

const inSecrets = plantedFor('task-secrets')
const inPulls = plantedFor('image-pulls')
const policy = placeAt('services', 'AppExecutionPolicy')
const execution = [
  {place: policy, role: 'compute.AppTaskExecutionRole'},
  {place: placeAt('services', 'KeycloakExecutionPolicy'), role: 'compute.KeycloakTaskExecutionRole'},
]

/** For each thing that an execution role reads: it does not. Then some that it should not read. */
export const taskSecretMutations: readonly Mutation[] = [
  ...execution.flatMap(({place, role}) =>
    statementsOf(place.resource.properties).flatMap((entry, index) =>
      /^(secretsmanager|ssm):/.test(entry.Action)
        ? entry.Resource.map((_: Document, which: number) => ({
            ...inSecrets(place, `statement ${index + 1} lacks resource ${which + 1}`, properties => {
              statementsOf(properties)[index].Resource.splice(which, 1)
            }),
            at: role,
          }))
        : [],
    ),
  ),
  {
    ...inSecrets(policy, "reads Keycloak's database user as well", properties => {
      statementsOf(properties)[0].Resource.push({
        'Fn::ImportValue': {'Fn::Sub': '${EnvironmentName}-KeycloakDbSecretArn'},
      })
    }),
    at: 'compute.AppTaskExecutionRole',
  },
  {
    name: 'Keycloak is given the password of the database by another secret',
    property: 'task-secrets',
    at: 'compute.KeycloakTaskExecutionRole',
    plant({services}) {
      const {Secrets: secrets} = services.Resources.KeycloakTaskDefinition.Properties.ContainerDefinitions[0]
      secrets.find(({Name: name}: Document) => name === 'KC_DB_PASSWORD').ValueFrom = {
        'Fn::ImportValue': {'Fn::Sub': '${EnvironmentName}-SecretKeySecretArn'},
      }
    },
  },
]

const registryTask = placeAt('services', 'RegistryTaskDefinition')

export const imagePullMutations: readonly Mutation[] = [
  // In the services stack are the repositories that a parameter chooses.
  ...[...execution, {place: placeAt('services', 'TaskExecutionPolicy')}].flatMap(({place}) =>
    statementsOf(place.resource.properties).flatMap((entry, index) =>
      [entry.Action]
        .flat()
        .filter((action: string) => action.startsWith('ecr:'))
        .map((action: string) => ({
          ...inPulls(place, `statement ${index + 1} lacks ${action}`, properties => {
            const {Action: actions} = statementsOf(properties)[index]
            actions.splice(actions.indexOf(action), 1)
          }),
          at: `it lacks ${action}`,
        })),
    ),
  ),
  ...['TaskExecutionRole', 'AppTaskExecutionRole', 'KeycloakTaskExecutionRole'].map(role => ({
    ...inPulls(placeAt('compute', role), 'cannot log in to the registry', properties => {
      properties.Policies[0].PolicyDocument.Statement.shift()
    }),
    at: `compute.${role} cannot log in`,
  })),
  inPulls(registryTask, "starts with the auth server's repository of another environment", properties => {
    properties.ContainerDefinitions[0].Image = {
      'Fn::Sub': '${AWS::AccountId}.dkr.ecr.${AWS::Region}.${AWS::URLSuffix}/other-auth-server:latest',
    }
  }),
  inPulls(registryTask, 'comes from Docker Hub', properties => {
    properties.ContainerDefinitions[1].Image = 'mcpgateway/registry:latest'
  }),
]
