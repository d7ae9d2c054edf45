import {referenceIn} from '../../../../src/parity/templates/references.js'
import type {Deployed, DeployedResource} from '../deployed.js'
import {differs, judgeEach, type Property} from '../property.js'

const url = /^jdbc:mysql:\/\/(.+):3306\/keycloak\?sslMode=REQUIRED$/

/**
 * Aurora does not go back to a lower version, so that only a choice raises it. Both ways to it are encrypted, and a change
 * of the way starts Keycloak again.
 */
export const database: Property = {
  id: 'database',
  title: 'the database has the chosen version and no other, and Keycloak the chosen, encrypted way to it',
  violations({deployed}) {
    const {DatabaseEngineVersion: version, DatabaseThroughProxy: through} = deployed.stack('data').parameters
    const isUrl = ({properties}: DeployedResource) =>
      String(properties.Name).endsWith('/keycloak/database/url')
    return [
      ...judgeEach(
        deployed.resources('AWS::RDS::DBCluster'),
        {atLeast: 1, what: 'clusters'},
        ({properties}) => [differs('EngineVersion', properties.EngineVersion, version)],
      ),
      ...judgeEach(
        deployed.resources('AWS::RDS::DBInstance'),
        {atLeast: 1, what: 'database instances'},
        ({properties}) => [
          differs('AutoMinorVersionUpgrade', String(properties.AutoMinorVersionUpgrade), 'false'),
          properties.EngineVersion !== undefined && 'it has a version beside that of its cluster',
        ],
      ),
      ...judgeEach(deployed.resources('AWS::RDS::DBProxy'), {atLeast: 1, what: 'proxies'}, ({properties}) => [
        differs('RequireTLS', String(properties.RequireTLS), 'true'),
      ]),
      ...judgeEach(
        deployed.resources('AWS::SSM::Parameter').filter(isUrl),
        {atLeast: 1, what: 'database addresses'},
        ({properties}) => {
          const host = url.exec(String(properties.Value))?.[1]
          const type = through === 'false' ? 'AWS::RDS::DBCluster' : 'AWS::RDS::DBProxy'
          return [
            host === undefined && `its address is ${properties.Value}`,
            differs('the type of what it leads to', typeAt(deployed, host), type),
          ]
        },
      ),
      ...judgeEach(
        deployed
          .resources('AWS::ECS::TaskDefinition')
          .filter(({logicalId}) => logicalId.startsWith('Keycloak')),
        {atLeast: 1, what: 'task definitions of Keycloak'},
        ({properties}) => [
          differs(
            'its label of the way to the database',
            properties.ContainerDefinitions?.[0]?.DockerLabels?.['database-through-proxy'],
            through,
          ),
        ],
      ),
    ]
  },
}

function typeAt(deployed: Deployed, host: string | undefined): string | undefined {
  return host === undefined ? undefined : deployed.resource(referenceIn(host))?.type
}
