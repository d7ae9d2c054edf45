import {referenceIn} from '../../../../src/parity/templates/references.js'
import type {Deployed, DeployedResource} from '../deployed.js'
import {statementsOf} from '../policies.js'
import {judgeEach, type Property} from '../property.js'
import {taskDefinitions} from '../tasks.js'

const readActions = ['secretsmanager:GetSecretValue', 'ssm:GetParameters']

/**
 * The other half of property 7: what a role may read is what the containers that it starts are given. Less, and the
 * task does not start; more, and a task could read what is another's.
 */
export const taskSecrets: Property = {
  id: 'task-secrets',
  title: 'an execution role reads the secrets and parameters of its containers, and no others',
  violations({deployed}) {
    const definitions = taskDefinitions(deployed)
    const roles = [...new Set(definitions.flatMap(definition => executionRole(deployed, definition) ?? []))]
    return judgeEach(roles, {atLeast: 3, what: 'execution roles'}, role => {
      const started = definitions.filter(definition => executionRole(deployed, definition) === role)
      const needed = new Set(started.flatMap(neededBy))
      const allowed = new Set(
        statementsOf(deployed, role)
          .filter(
            ({effect, actions}) => effect === 'Allow' && readActions.some(action => actions.includes(action)),
          )
          .flatMap(({resources}) => resources),
      )
      return [
        ...[...needed].filter(arn => !allowed.has(arn)).map(arn => `it may not read ${arn}`),
        ...[...allowed]
          .filter(arn => !needed.has(arn))
          .map(arn => `it may read ${arn}, which no container is given`),
      ]
    })
  },
}

function executionRole(deployed: Deployed, definition: DeployedResource): DeployedResource | undefined {
  return deployed.resource(referenceIn(definition.properties.ExecutionRoleArn))
}

/** The ARNs in `ValueFrom`, without the key, version stage and version id that may follow a secret's. */
function neededBy({properties}: DeployedResource): string[] {
  return (properties.ContainerDefinitions ?? []).flatMap((container: DeployedResource['properties']) =>
    (container.Secrets ?? []).map(({ValueFrom: from}: {ValueFrom: string}) => from.replace(/:[^:>]*::$/, '')),
  )
}
