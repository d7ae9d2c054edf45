import {creationNeeds} from '../../../src/template/index.js'
import type {Deployed, DeployedResource} from '../../properties/templates/deployed.js'
import {containersIn} from '../../properties/templates/tasks.js'

/** A location of v1.0.7 passes on to this name whatever the environment is called (its /tsbedrock/). */
const nameOfUpstreamsOwn = 'hwfo2k8szg.execute-api.us-east-1.amazonaws.com'

/** The MCP servers that v1.0.7 ships as enabled and that our templates run, as their entries name them. */
const serverAddresses = [
  'http://currenttime-server:8000/',
  'http://realserverfaketools-server:8002/',
  'http://mcpgw-server:8003/',
]

/** What the registry's variables make of its nginx. */
export interface ApplicationSite {
  /** Names under which it answers beside those that v1.0.7 has by itself. */
  readonly serverNames: string
  /** Where it passes requests on to, the MCP servers with a route among them. */
  readonly upstreams: readonly string[]
}

export function applicationSite(deployed: Deployed): ApplicationSite {
  const registry = containersIn(deployed).find(
    ({service, properties}) => service === 'registry' && properties.Name === 'registry',
  )
  const variable = (name: string) =>
    String(registry?.properties.Environment.find(({Name}: any) => Name === name)?.Value)
  return {
    serverNames: variable('GATEWAY_ADDITIONAL_SERVER_NAMES'),
    upstreams: [
      variable('AUTH_SERVER_URL'),
      variable('KEYCLOAK_URL'),
      `https://${nameOfUpstreamsOwn}`,
      ...serverAddresses,
    ],
  }
}

/** The configuration, in our own words, with everything in it that decides whether nginx starts and who is answered. */
export function siteText({serverNames, upstreams}: ApplicationSite, applicationPort: number): string {
  const locations = upstreams.map(
    (url, index) => `  location /upstream-${index}/ {
    rewrite_by_lua_block { require("cjson").encode({}) }
    proxy_pass ${url};
  }`,
  )
  return `server {
  listen 80;
  server_name localhost mcpgateway.ddns.net ${serverNames};
  location / { proxy_pass http://127.0.0.1:${applicationPort}; }
${locations.join('\n')}
}
`
}

/** Names that a task of the registry can resolve on a first deployment: what Service Connect has by then, and public names. */
export function namesForRegistry(deployed: Deployed): string[] {
  const {template, resolver} = deployed.stack('services')
  const needs = creationNeeds(template, resolver.activeResources(), name => resolver.condition(name))
  const before = new Set<string>()
  const add = (logicalId: string) => {
    for (const need of needs.get(logicalId) ?? []) {
      if (before.has(need)) continue
      before.add(need)
      add(need)
    }
  }
  add('RegistryService')
  const services = deployed.resources('AWS::ECS::Service').filter(({logicalId}) => before.has(logicalId))
  return [...services.flatMap(aliasesOf), nameOfUpstreamsOwn]
}

function aliasesOf({properties}: DeployedResource): string[] {
  return (properties.ServiceConnectConfiguration?.Services ?? []).flatMap((service: any) =>
    service.ClientAliases.map(({DnsName}: any) => DnsName),
  )
}
