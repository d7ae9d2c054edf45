import {awsCommand} from '../../../aws/command-line.js'
import {block, type Check, judgePlanned, pass, warn} from '../check.js'

/** Whether the hosted zone is that of the domain, and the one that the world asks. */
export const hostedZone: Check = {
  id: 'hosted-zone',
  title: 'Hosted zone',
  looksAt:
    'with BaseDomain and HostedZoneId: the hosted zone, and the name servers that DNS delegates the domain to; warns when those are not the name servers of the zone',
  blocksWhen: 'it does not exist, is private, or belongs to another domain',
  run: context =>
    judgePlanned(context, async () => {
      const {aws, settings} = context
      const {HostedZoneId: id = '', BaseDomain: domain = ''} = settings.parameters
      if (id === '' || domain === '') return pass('no domain: CloudFront provides the public names')
      const zone = await aws.hostedZones.find(id)
      const list = `\`${awsCommand(aws, 'route53 list-hosted-zones')}\` shows the zones of the account.`
      if (zone === undefined)
        return block(`There is no hosted zone ${id} in this account.`, `Correct HostedZoneId: ${list}`)
      if (zone.isPrivate) {
        return block(
          `Hosted zone ${id} (${zone.name}) is private: its records are not visible outside its VPCs, so the certificate would never be issued.`,
          `Use the public zone of ${domain}: ${list}`,
        )
      }
      if (domain !== zone.name && !domain.endsWith(`.${zone.name}`)) {
        return block(
          `Hosted zone ${id} is for ${zone.name}, and ${domain} is not in it.`,
          `Correct BaseDomain or HostedZoneId: ${list}`,
        )
      }
      const asked = await aws.nameServers(zone.name)
      if (asked === undefined) return pass(`${zone.name}; the name servers of ${zone.name} were not checked`)
      if (asked.some(server => zone.nameServers.includes(server)))
        return pass(`${zone.name} answers for ${domain}`)
      const found = asked.length === 0 ? 'to nobody' : `to ${asked.join(', ')}`
      return warn(
        `DNS delegates ${zone.name} ${found}, and not to hosted zone ${id}: the certificate may never be issued.`,
        `Enter ${zone.nameServers.join(', ')} as the name servers of ${zone.name} where the domain is registered.`,
      )
    }),
}
