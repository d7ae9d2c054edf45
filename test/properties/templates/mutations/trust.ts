import type {Document} from '../template-set.js'
import {placeAt, plantedFor, resourcesOf} from './find.js'
import type {Mutation} from './mutation.js'

const planted = plantedFor('trust')
const statementIn = ({AssumeRolePolicyDocument}: Document): Document => AssumeRolePolicyDocument.Statement[0]
const roles = resourcesOf('AWS::IAM::Role')
/** Those that a service takes on without saying, as far as AWS documents it, for which account. */
const untold = [
  placeAt('data', 'DatabaseProxyRole'),
  ...['TaskExecutionRole', 'AppTaskExecutionRole', 'KeycloakTaskExecutionRole', 'BuildTriggerRole'].map(
    logicalId => placeAt('compute', logicalId),
  ),
]

export const trustMutations: readonly Mutation[] = [
  ...roles.flatMap(place => [
    planted(place, 'is taken on for anybody', properties => {
      delete statementIn(properties).Condition
    }),
    planted(place, 'is taken on for another account', properties => {
      for (const keys of Object.values<Document>(statementIn(properties).Condition))
        if ('aws:SourceAccount' in keys) keys['aws:SourceAccount'] = '999999999999'
    }),
    planted(place, 'is taken on for accounts that look alike', properties => {
      statementIn(properties).Condition = {StringLike: {'aws:SourceAccount': '*'}}
    }),
  ]),
  ...roles
    .filter(place => untold.every(({at}) => at !== place.at))
    .map(place =>
      planted(place, 'asks only who tells', properties => {
        const {Condition: condition} = statementIn(properties)
        condition.StringEqualsIfExists = condition.StringEquals
        delete condition.StringEquals
      }),
    ),
  ...untold.map(place =>
    planted(place, 'asks for what its service may not tell', properties => {
      const {Condition: condition} = statementIn(properties)
      condition.StringEquals = condition.StringEqualsIfExists
      delete condition.StringEqualsIfExists
    }),
  ),
  ...['TaskRole', 'KeycloakTaskRole', 'AgentTaskRole', 'ContainerBuildRole'].map(logicalId =>
    planted(placeAt('compute', logicalId), 'does not ask for what it is taken on', properties => {
      delete statementIn(properties).Condition.ArnLike
    }),
  ),
]
