import {referenceIn} from '../../../../src/parity/templates/references.js'
import type {DeployedResource} from '../deployed.js'
import {statementsOf} from '../policies.js'
import {
  differs,
  type Findings,
  judgeEach,
  located,
  type Property,
  placeOf,
  tooFew,
  type World,
} from '../property.js'
import {containersIn, definitionOf, environmentOf, serviceOf, taskDefinitions} from '../tasks.js'

/**
 * Property 2: every container, and the Service Connect agent beside it, logs to the group of its service, which a stack
 * makes and the role that starts the task may write to. A group that is missing fails the task when it starts.
 */
export const logging: Property = {
  id: 'logging',
  title: 'every container logs with awslogs to a log group that exists',
  violations(world) {
    const {deployed} = world
    const containers = containersIn(deployed)
    const connected = deployed
      .resources('AWS::ECS::Service')
      .filter(({properties}) => properties.ServiceConnectConfiguration?.Enabled === true)
    return [
      // Eight services, two of which start with a container that copies files.
      ...tooFew(containers, 10, 'containers'),
      ...containers.flatMap(({definition, service, properties}) =>
        located(`${placeOf(definition)} container ${properties.Name}`, [
          ...judge(world, service, properties.LogConfiguration),
        ]),
      ),
      ...judgeEach(connected, {atLeast: 7, what: 'services in Service Connect'}, service => {
        const definition = definitionOf(deployed, service)
        if (definition === undefined) return ['its task definition is not made']
        return judge(
          world,
          serviceOf(deployed, definition),
          service.properties.ServiceConnectConfiguration.LogConfiguration,
        )
      }),
      ...judgeEach(taskDefinitions(deployed), {atLeast: 8, what: 'task definitions'}, definition =>
        mayWrite(world, definition),
      ),
    ]
  },
}

function judge({deployed, choice}: World, service: string, log: DeployedResource['properties']): Findings {
  const {LogDriver: driver, Options: options = {}} = log ?? {}
  // By reference, so that the group is there before the first task.
  const group = deployed.resource(referenceIn(options['awslogs-group']))
  const name = `/ecs/${environmentOf(deployed)}-${service}`
  return [
    differs('LogDriver', driver, 'awslogs'),
    group?.type !== 'AWS::Logs::LogGroup' &&
      `its log group ${options['awslogs-group']} is none that a stack makes`,
    group && differs('its log group', group.properties.LogGroupName, name),
    differs('awslogs-region', options['awslogs-region'], choice.region),
    !options['awslogs-stream-prefix'] && 'awslogs-stream-prefix is missing, which Fargate asks for',
  ]
}

function mayWrite({deployed, choice}: World, definition: DeployedResource): Findings {
  const role = deployed.resource(referenceIn(definition.properties.ExecutionRoleArn))
  if (role === undefined) return ['its execution role is not made']
  const {partition, region, account} = choice
  const name = `/ecs/${environmentOf(deployed)}-${serviceOf(deployed, definition)}`
  const streams = `arn:${partition}:logs:${region}:${account}:log-group:${name}:*`
  return ['logs:CreateLogStream', 'logs:PutLogEvents'].map(action => {
    const allowed = statementsOf(deployed, role).some(
      ({effect, actions, resources}) =>
        effect === 'Allow' && actions.includes(action) && resources.includes(streams),
    )
    return !allowed && `its execution role ${placeOf(role)} lacks ${action} on ${streams}`
  })
}
