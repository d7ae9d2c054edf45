import {availabilityZones} from '../names.js'
import {nextPrivateAddress} from '../private-addresses.js'
import {text, texts} from '../values.js'
import type {Subject} from './subject.js'

/** The first subnet that a resource is put into. */
export function subnet({request: {world, region, properties}}: Subject) {
  const interfaces = Array.isArray(properties.NetworkInterfaces) ? properties.NetworkInterfaces : []
  const [id] = [
    ...texts(properties.SubnetId),
    ...texts(properties.VpcSubnetIds),
    ...texts(interfaces[0]?.SubnetId),
  ]
  return id === undefined ? undefined : world.resource(region, 'AWS::EC2::Subnet', id)
}

export function zone(subject: Subject): string {
  return (
    text(subnet(subject)?.attributes.AvailabilityZone) ??
    availabilityZones(subject.request.region.name)[0] ??
    ''
  )
}

/** An address of the resource's subnet; of the default VPC's range for what names none. */
export function privateAddress(subject: Subject): string {
  const {world, region, properties} = subject.request
  const place = subnet(subject)
  const fixed = text(properties.PrivateIpAddress)
  if (fixed !== undefined) return fixed
  return place
    ? nextPrivateAddress(world, region, place.physicalId)
    : `172.31.${16 + Math.floor(world.chance(subject.physicalId, 'a') * 64)}.${4 + Math.floor(world.chance(subject.physicalId, 'b') * 250)}`
}

/** An instance has a public address where its subnet or its interface gives one; without a subnet it is the default VPC. */
export function publicAddress(subject: Subject): string {
  const {world, properties} = subject.request
  const interfaces = Array.isArray(properties.NetworkInterfaces) ? properties.NetworkInterfaces : []
  const wanted = interfaces[0]?.AssociatePublicIpAddress ?? subnet(subject)?.properties.MapPublicIpOnLaunch
  const isPublic = subnet(subject) === undefined || text(wanted) === 'true'
  if (!isPublic) return ''
  const part = (name: string) => 1 + Math.floor(world.chance(subject.physicalId, name) * 254)
  return `54.${part('p')}.${part('q')}.${part('r')}`
}

/** Source: EC2 user guide, "EC2 instance hostname types": names are made of addresses. */
export function hostName(kind: string, address: string, domain: string): string {
  return `${kind}-${address.replaceAll('.', '-')}.${domain}`
}
