import {serviceFailure} from '../../resources/failures.js'
import {arn, nameFor} from '../../resources/names.js'
import {subnetOf} from '../../resources/private-addresses.js'
import type {ResourceProvider} from '../../resources/resource-provider.js'
import {text, texts} from '../../resources/values.js'
import {ensureLogGroup} from '../logs/streams.js'
import {clusterNamed, domainHash} from './cluster-providers.js'

const proxy = 'AWS::RDS::DBProxy'
const targetGroup = 'AWS::RDS::DBProxyTargetGroup'

/** RDS Proxy and its target group. */
export const proxyProviders: readonly ResourceProvider[] = [
  {
    type: proxy,
    create(request) {
      const {world, region, properties} = request
      const subnets = texts(properties.VpcSubnetIds).map(id => subnetOf(world, region, id))
      const physicalId = nameFor(request, proxy, 'DBProxyName', {maxLength: 63, lowerCase: true})
      // RDS makes the group itself when it is missing, and leaves it behind when the proxy goes.
      ensureLogGroup(world, region, `/aws/rds/proxy/${physicalId}`)
      return {
        physicalId,
        attributes: {
          DBProxyArn: arn(world, region.name, 'rds', `db-proxy:prx-${world.newHex(17)}`),
          Endpoint: `${physicalId}.proxy-${domainHash(world, region)}.${region.name}.rds.amazonaws.com`,
          VpcId: text(subnets[0]?.properties.VpcId) ?? '',
        },
      }
    },
    deleted({physicalId}, {world, region}) {
      // Its target group is no thing of its own.
      for (const group of world.resourcesOf(region, targetGroup)) {
        if (group.properties.DBProxyName === physicalId) world.remove(region, group)
      }
    },
    // As the handler has it: it knows a proxy that is gone, not one that is going.
    whenGoing: ({physicalId}, {world}) => ({
      fails: serviceFailure(world, 'Rds', `DB Proxy ${physicalId} is in state DELETING.`).message,
    }),
  },
  {
    type: targetGroup,
    create({world, region, properties}) {
      const proxyName = text(properties.DBProxyName)?.toLowerCase() ?? ''
      if (!world.resource(region, proxy, proxyName)) {
        throw serviceFailure(world, 'Rds', `DB Proxy ${proxyName} could not be found.`, {
          status: 404,
          code: 'NotFound',
        })
      }
      for (const name of texts(properties.DBClusterIdentifiers)) clusterNamed(world, region, name)
      const physicalId = arn(world, region.name, 'rds', `target-group:prx-tg-${world.newHex(17)}`)
      return {physicalId, attributes: {TargetGroupArn: physicalId}}
    },
    // The group becomes ready when the proxy reaches a database, and there is none before the writer.
    stabilized({properties}, {world, region}, operation) {
      if (operation === 'delete') return {state: 'ready'}
      const clusters = texts(properties.DBClusterIdentifiers).map(name => name.toLowerCase())
      const reachable = world
        .resourcesOf(region, 'AWS::RDS::DBInstance')
        .some(({properties: {DBClusterIdentifier}}) =>
          clusters.includes(text(DBClusterIdentifier)?.toLowerCase() ?? ''),
        )
      return reachable || clusters.length === 0 ? {state: 'ready'} : {state: 'waiting', seconds: 60}
    },
  },
]
