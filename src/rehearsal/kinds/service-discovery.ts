import {text} from '../simulation/values.js'
import type {Kind, KindRequest} from './kind.js'

const namespaceType = 'AWS::ServiceDiscovery::PrivateDnsNamespace'
const serviceType = 'AWS::ServiceDiscovery::Service'

const namespace: Kind = {
  type: namespaceType,
  create(request) {
    const id = `ns-${request.world.newHex(16)}`
    const hostedZoneId = `Z${request.world.newSuffix(20)}`
    return {
      physicalId: id,
      attributes: {Id: id, Arn: arn(request, `namespace/${id}`), HostedZoneId: hostedZoneId},
    }
  },
  update: () => undefined,
  blocksDeletion(resource, {world, region}) {
    return world.resourcesOf(region, serviceType).some(({data}) => data.namespaceId === resource.physicalId)
      ? 'Namespace has associated services; delete the services before deleting the namespace'
      : undefined
  },
}

const service: Kind = {
  type: serviceType,
  create(request) {
    const {properties} = request
    const id = `srv-${request.world.newHex(16)}`
    const dns = properties.DnsConfig as {NamespaceId?: unknown} | undefined
    return {
      physicalId: id,
      attributes: {Id: id, Arn: arn(request, `service/${id}`), Name: text(properties.Name) ?? id},
      data: {namespaceId: text(properties.NamespaceId) ?? text(dns?.NamespaceId)},
    }
  },
  update: () => undefined,
}

function arn({world, region}: KindRequest, path: string): string {
  return `arn:aws:servicediscovery:${region.name}:${world.account.id}:${path}`
}

export const serviceDiscoveryKinds: readonly Kind[] = [namespace, service]
