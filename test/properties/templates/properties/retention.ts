import {referenceIn} from '../../../../src/parity/templates/references.js'
import type {Deployed, DeployedResource} from '../deployed.js'
import {differs, judgeEach, located, type Property, placeOf, tooFew} from '../property.js'
import {environmentOf} from '../tasks.js'

/** Days, as Terraform v1.0.7 has them (`retention_in_days`): for the services, for Keycloak, and for sessions of ECS Exec. */
const usualDays = 30
const keycloakDays = 7
const sessionDays = 90

/**
 * Property 9. Whatever writes a log must find its group in a stack: a group that AWS makes by itself is kept for ever,
 * and nobody removes it.
 */
export const retention: Property = {
  id: 'retention',
  title:
    'log groups keep 30 days, those of Keycloak 7, that of sessions 90, and no log goes to a group that AWS would make itself',
  violations({deployed}) {
    const environment = environmentOf(deployed)
    const keycloak = [
      `/ecs/${environment}-keycloak`,
      `/aws/ecs/containerinsights/${environment}-keycloak-cluster/performance`,
    ]
    const days = new Map([
      ...keycloak.map(name => [name, keycloakDays] as const),
      [`/aws/ecs/${environment}`, sessionDays],
    ])
    const groups = deployed.resources('AWS::Logs::LogGroup')
    const written = writtenGroups(deployed)
    return [
      // Eight services, two insights, exec sessions, build, build trigger, database proxy.
      ...judgeEach(groups, {atLeast: 14, what: 'log groups'}, ({properties}) => [
        differs(
          'RetentionInDays',
          properties.RetentionInDays,
          days.get(properties.LogGroupName) ?? usualDays,
        ),
      ]),
      ...[...days.keys()]
        .filter(name => !groups.some(({properties}) => properties.LogGroupName === name))
        .map(name => `no stack makes ${name}`),
      ...tooFew(written, 7, 'logs outside tasks'),
      ...written.flatMap(({by, group}) =>
        located(placeOf(by), [!isMade(deployed, group) && `it logs to ${group}, which no stack makes`]),
      ),
    ]
  },
}

interface Written {
  readonly by: DeployedResource
  /** A name or a reference; `undefined` when it writes somewhere by default. */
  readonly group: unknown
}

/** What writes logs that are not a task's own: those have a property to themselves. */
function writtenGroups(deployed: Deployed): Written[] {
  const of = (type: string, groups: (properties: DeployedResource['properties']) => unknown[]) =>
    deployed.resources(type).flatMap(by => groups(by.properties).map(group => ({by, group})))
  return [
    ...of('AWS::Lambda::Function', ({LoggingConfig: log}) => [log?.LogGroup]),
    ...of('AWS::CodeBuild::Project', ({LogsConfig: log}) => [log?.CloudWatchLogs?.GroupName]),
    ...of('AWS::ECS::Cluster', ({Configuration: configuration}) => [
      configuration?.ExecuteCommandConfiguration?.LogConfiguration?.CloudWatchLogGroupName,
    ]),
    ...of('AWS::ECS::Cluster', ({ClusterName: name, ClusterSettings: settings}) =>
      isObserved(settings) ? [`/aws/ecs/containerinsights/${name}/performance`] : [],
    ),
    ...of('AWS::RDS::DBProxy', ({DBProxyName: name}) => [`/aws/rds/proxy/${name}`]),
  ]
}

function isObserved(settings: readonly {Name: string; Value: string}[] = []): boolean {
  return settings.some(({Name: name, Value: value}) => name === 'containerInsights' && value !== 'disabled')
}

function isMade(deployed: Deployed, group: unknown): boolean {
  const groups = deployed.resources('AWS::Logs::LogGroup')
  const made = deployed.resource(referenceIn(group))
  return groups.some(candidate => candidate === made || candidate.properties.LogGroupName === group)
}
