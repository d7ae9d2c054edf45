import {referenceIn, replaceReferences, standIn} from '../../../../src/parity/templates/references.js'
import type {Deployed, DeployedResource} from '../deployed.js'
import {differs, judgeEach, located, type Property, placeOf, tooFew, type World} from '../property.js'
import {loadBalancers, outputs, type Site, sites, told} from '../tables/public-names.js'
import {containersIn} from '../tasks.js'

/**
 * Property 6: with a domain, certificates, records, outputs and containers know each site by the one name
 * `{service}.{region}.{base_domain}`, without the region where that is asked for. Without a domain they all know it by
 * the name that CloudFront gave it, and nothing of a domain is made.
 */
export const domains: Property = {
  id: 'domains',
  title: 'public names are {service}.{region}.{base_domain}, everywhere the same',
  violations(world) {
    const {deployed} = world
    return [
      ...certificateViolations(world),
      ...recordViolations(world),
      ...distributionViolations(world),
      ...sites.flatMap(site => outputViolations(world, site)),
      ...told.flatMap(([service, variable, site, form]) => {
        const containers = containersIn(deployed).filter(container => container.service === service)
        const values = containers.flatMap(({properties}) =>
          (properties.Environment ?? []).filter(({Name: name}: {Name: string}) => name === variable),
        )
        const place = containers[0] ? placeOf(containers[0].definition) : service
        return [
          ...tooFew(values, 1, `values of ${variable} in ${service}`),
          ...values.flatMap(({Value: value}) =>
            located(place, [differs(variable, named(deployed, value), publicName(world, site, form))]),
          ),
        ]
      }),
    ]
  },
}

const baseDomain = ({deployed}: World) => String(deployed.stack('compute').parameters.BaseDomain)

function host(world: World, site: Site): string {
  const regional = world.deployed.stack('compute').parameters.UseRegionalDomains === 'true'
  return [site, ...(regional ? [world.choice.region] : []), baseDomain(world)].join('.')
}

function publicName(world: World, site: Site, form: 'host' | 'url'): string {
  const name =
    baseDomain(world) === ''
      ? standIn({
          stack: 'compute',
          logicalId: distributionFor(world.deployed, site)?.logicalId ?? 'none',
          attribute: 'DomainName',
        })
      : host(world, site)
  return form === 'url' ? `https://${name}` : name
}

/** A text in which each record set is its name, as `Ref` of a record set gives it. */
function named(deployed: Deployed, text: unknown): string {
  return replaceReferences(String(text), reference => {
    const record = deployed.resource(reference)
    return record?.type === 'AWS::Route53::RecordSet' ? record.properties.Name : standIn(reference)
  })
}

function certificateViolations(world: World): string[] {
  const certificates = world.deployed.resources('AWS::CertificateManager::Certificate')
  const names = certificates.map(({properties}) => properties.DomainName)
  return [
    ...unexpected(world, certificates, ({properties}) => properties.DomainName),
    ...judgeEach(certificates, {atLeast: 0, what: 'certificates'}, ({properties}) => [
      names.indexOf(properties.DomainName) !== names.lastIndexOf(properties.DomainName) &&
        `a second certificate for ${properties.DomainName}`,
      properties.SubjectAlternativeNames && 'it has further names',
      // Otherwise it waits for somebody to answer an e-mail.
      differs('ValidationMethod', properties.ValidationMethod, 'DNS'),
      differs('DomainValidationOptions', properties.DomainValidationOptions, [
        {DomainName: properties.DomainName, HostedZoneId: hostedZone(world)},
      ]),
    ]),
    ...world.deployed.resources('AWS::ElasticLoadBalancingV2::Listener').flatMap(listener =>
      (listener.properties.Certificates ?? []).flatMap((entry: {CertificateArn: unknown}) => {
        const site = sites.find(one => isLoadBalancer(listener.properties.LoadBalancerArn, one))
        const certificate = world.deployed.resource(referenceIn(entry.CertificateArn))
        const expected = site && host(world, site)
        return located(placeOf(listener), [
          differs('the name in its certificate', certificate?.properties.DomainName, expected),
        ])
      }),
    ),
  ]
}

function recordViolations(world: World): string[] {
  const records = world.deployed.resources('AWS::Route53::RecordSet')
  return [
    ...unexpected(world, records, ({properties}) => properties.Name),
    ...judgeEach(records, {atLeast: 0, what: 'records'}, ({properties}) => {
      const site = sites.find(one => host(world, one) === properties.Name)
      const target = referenceIn(properties.AliasTarget?.DNSName)
      return [
        differs('Type', properties.Type, 'A'),
        differs('HostedZoneId', properties.HostedZoneId, hostedZone(world)),
        site && differs('its target', target?.logicalId, loadBalancers[site]),
      ]
    }),
  ]
}

/** With a domain there is one for each site, without a domain none. */
function unexpected(
  world: World,
  resources: readonly DeployedResource[],
  nameOf: (resource: DeployedResource) => unknown,
): string[] {
  const expected = baseDomain(world) === '' ? [] : sites.map(site => host(world, site))
  return [
    ...resources.flatMap(resource =>
      located(placeOf(resource), [
        !expected.includes(String(nameOf(resource))) &&
          `the name ${nameOf(resource)} is none of ${expected.join(', ') || 'those expected without a domain'}`,
      ]),
    ),
    ...expected
      .filter(name => !resources.some(resource => nameOf(resource) === name))
      .map(name => `compute: neither certificate nor record may lack ${name}`),
  ]
}

const hostedZone = ({deployed}: World) => deployed.stack('compute').parameters.HostedZoneId

function distributionViolations(world: World): string[] {
  const found = sites.filter(site => distributionFor(world.deployed, site) !== undefined)
  const expected = baseDomain(world) === '' ? sites : []
  return located('compute', [differs('sites behind CloudFront', found, expected)])
}

function distributionFor(deployed: Deployed, site: Site): DeployedResource | undefined {
  return deployed
    .resources('AWS::CloudFront::Distribution')
    .find(({properties}) =>
      (properties.DistributionConfig?.Origins ?? []).some((origin: {DomainName: unknown}) =>
        isLoadBalancer(origin.DomainName, site),
      ),
    )
}

function isLoadBalancer(value: unknown, site: Site): boolean {
  const reference = referenceIn(value)
  return reference?.stack === 'compute' && reference.logicalId === loadBalancers[site]
}

function outputViolations(world: World, site: Site): string[] {
  const shown = world.deployed.stacks.filter(({label}) => label === 'main' || label === 'compute')
  return shown.flatMap(({label, outputs: values}) =>
    (['url', 'host'] as const).flatMap(form => {
      const output = `${outputs[site]}${form === 'url' ? 'Url' : 'Domain'}`
      if (label === 'main' && form === 'host') return []
      const value = named(world.deployed, values[output])
      return located(`${label}.${output}`, [differs('its value', value, publicName(world, site, form))])
    }),
  )
}
