import type {World} from '../../account/world.js'
import {text} from '../../resources/values.js'
import {findDistribution} from '../cloudfront/distributions.js'
import {findBalancer} from '../elbv2/routing.js'

/** Domains whose names AWS gives to what is in this account. */
const givenDomains = /\.(cloudfront\.net|elb\.amazonaws\.com(\.cn)?)$/

/**
 * Whether the internet's name servers know a name: one that AWS gave must be that of something in the account, one in
 * a hosted zone of the account must have a record there. Of any other name somebody else knows.
 */
export function isPublicName(world: World, name: string): boolean {
  if (!name.includes('.')) return false
  if (givenDomains.test(name))
    return (findDistribution(world, name) ?? findBalancer(world, name)) !== undefined
  const regions = Object.values(world.account.regions)
  const namesOf = (type: string) =>
    regions.flatMap(region => world.resourcesOf(region, type)).map(({properties}) => bare(properties.Name))
  const isOurs = namesOf('AWS::Route53::HostedZone').some(zone => name === zone || name.endsWith(`.${zone}`))
  return !isOurs || namesOf('AWS::Route53::RecordSet').includes(name)
}

function bare(name: unknown): string {
  return (text(name) ?? '').toLowerCase().replace(/\.$/, '')
}
