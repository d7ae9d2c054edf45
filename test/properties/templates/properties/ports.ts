import type {Deployed, DeployedResource} from '../deployed.js'
import {doubles} from '../lists.js'
import {located, type Property, placeOf, tooFew} from '../property.js'
import {flows, parties} from '../tables/flows.js'
import {definitionOf, mappingsOf} from '../tasks.js'

type Properties = DeployedResource['properties']

/** Mapped without need, as in Terraform v1.0.7: nginx would answer there if it had a certificate. */
const unused = ['services.RegistryService 443']

/**
 * A port is written in a container, a Service Connect alias, an environment variable and two security groups. One that
 * differs is a connection that nobody answers.
 */
export const ports: Property = {
  id: 'ports',
  title: 'containers, Service Connect and addresses name the ports that the flows go to',
  violations({deployed}) {
    const services = deployed.resources('AWS::ECS::Service')
    const aliases = services.flatMap(service => aliasesOf(service))
    return [
      ...tooFew(services, 8, 'services'),
      ...tooFew(aliases, 7, 'Service Connect names'),
      ...services.flatMap(service =>
        located(placeOf(service), [
          ...mappingProblems(deployed, service),
          ...connectProblems(deployed, service),
          ...addressProblems(deployed, service, aliases),
        ]),
      ),
      ...doubles(aliases.map(({name}) => name)).map(name => `services: two services are called ${name}`),
    ]
  },
}

/** Each port is where a flow goes, and the other way round; a server that is told its port is told the same one. */
function mappingProblems(deployed: Deployed, service: DeployedResource): string[] {
  const mappings = mappingsOf(deployed, service)
  const expected = portsOf(service)
  const definition = definitionOf(deployed, service)
  const told: string[] = (definition?.properties.ContainerDefinitions ?? []).flatMap(
    (container: Properties) =>
      (container.Environment ?? [])
        .filter(({Name}: Properties) => Name === 'PORT')
        .map(({Value}: Properties) => Value),
  )
  return [
    ...mappings
      .filter(({port}) => !expected.includes(port) && !unused.includes(`${placeOf(service)} ${port}`))
      .map(({port}) => `nobody needs port ${port}`),
    ...expected
      .filter(port => !mappings.some(mapping => mapping.port === port))
      .map(port => `no container listens on ${port}`),
    ...doubles(mappings.map(({name}) => name)).map(name => `two ports are called ${name}`),
    ...told.flatMap(port =>
      expected.includes(Number(port)) ? [] : [`its container is told to listen on ${port}`],
    ),
  ]
}

function portsOf(service: DeployedResource): number[] {
  const place = placeOf(service)
  const own = flows.filter(({server}) => (parties[server] as readonly string[]).includes(place))
  return [...new Set(own.map(({port}) => port))]
}

interface Alias {
  readonly name: string
  readonly port: number
  readonly portName: string
}

function aliasesOf({properties}: DeployedResource): Alias[] {
  return (properties.ServiceConnectConfiguration?.Services ?? []).flatMap(
    ({PortName: portName, ClientAliases = []}: Properties) =>
      ClientAliases.map(({DnsName: name, Port: port}: Properties) => ({name, port, portName})),
  )
}

/** Clients are let through to the container's port, so that the alias must have the same one. */
function connectProblems(deployed: Deployed, service: DeployedResource): string[] {
  const mappings = mappingsOf(deployed, service)
  return aliasesOf(service).flatMap(({name, port, portName}) => {
    const mapping = mappings.find(candidate => candidate.name === portName)
    if (mapping === undefined) return [`${name} leads to ${portName}, which no container calls a port`]
    return [
      ...(mapping.port === port ? [] : [`${name} leads from ${port} to ${mapping.port}`]),
      ...(mapping.protocol === undefined
        ? []
        : [`${portName} speaks ${mapping.protocol}: streams end after 15 s`]),
    ]
  })
}

/** Addresses of other services in the variables of the containers. */
function addressProblems(deployed: Deployed, service: DeployedResource, aliases: readonly Alias[]): string[] {
  const definition = definitionOf(deployed, service)
  const addresses = JSON.stringify(
    (definition?.properties.ContainerDefinitions ?? []).map(({Environment}: Properties) => Environment),
  ).matchAll(/http:\/\/([a-z0-9.-]+):(\d+)/g)
  return [...addresses].flatMap(([address, host, port]) =>
    aliases.some(({name, port: at}) => name === host && at === Number(port))
      ? []
      : [`a container is told ${address}, where nobody answers`],
  )
}
