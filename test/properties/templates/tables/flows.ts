import type {Deployed} from '../deployed.js'

/** Who takes part in traffic: `stack.LogicalId` of the resources that carry its security group. */
export const parties = {
  mainAlb: ['compute.MainAlb'],
  keycloakAlb: ['compute.KeycloakAlb'],
  authServer: ['services.AuthServerService'],
  registry: ['services.RegistryService'],
  keycloak: ['services.KeycloakService'],
  currentTime: ['services.CurrentTimeService'],
  mcpgw: ['services.McpgwService'],
  fakeTools: ['services.RealServerFakeToolsService'],
  flightBooking: ['services.FlightBookingAgentService'],
  travelAssistant: ['services.TravelAssistantAgentService'],
  proxy: ['data.DatabaseProxy'],
  cluster: ['data.DatabaseCluster', 'data.KeptDatabaseCluster'],
  files: ['data.FileSystemMountTarget1', 'data.FileSystemMountTarget2', 'data.FileSystemMountTarget3'],
  sts: ['network.StsEndpoint'],
} as const satisfies Record<string, readonly string[]>

export type Party = keyof typeof parties

/** A connection that the services need inside the VPC, over TCP. */
export interface Flow {
  readonly client: Party
  readonly server: Party
  readonly port: number
}

/** As in Terraform v1.0.7, with what its groups lack: mcpgw to the registry, and the proxy's way to the cluster. */
export const flows: readonly Flow[] = [
  // nginx, the application behind it, and the auth server.
  {client: 'mainAlb', server: 'registry', port: 80},
  {client: 'mainAlb', server: 'registry', port: 7860},
  {client: 'mainAlb', server: 'authServer', port: 8888},
  {client: 'keycloakAlb', server: 'keycloak', port: 8080},
  // nginx has every request checked, and the registry asks for the scopes to be read again.
  {client: 'registry', server: 'authServer', port: 8888},
  // The registry proxies MCP servers and agents, and checks their health.
  {client: 'registry', server: 'currentTime', port: 8000},
  {client: 'registry', server: 'fakeTools', port: 8002},
  {client: 'registry', server: 'mcpgw', port: 8003},
  {client: 'registry', server: 'flightBooking', port: 9000},
  {client: 'registry', server: 'travelAssistant', port: 9000},
  // Its tools call the registry's own interface.
  {client: 'mcpgw', server: 'registry', port: 7860},
  {client: 'travelAssistant', server: 'flightBooking', port: 9000},
  {client: 'flightBooking', server: 'travelAssistant', port: 9000},
  {client: 'keycloak', server: 'proxy', port: 3306},
  {client: 'proxy', server: 'cluster', port: 3306},
  // With DatabaseThroughProxy=false. The two share a group, so that the way is open in any case.
  {client: 'keycloak', server: 'cluster', port: 3306},
  {client: 'authServer', server: 'files', port: 2049},
  {client: 'registry', server: 'files', port: 2049},
  {client: 'mcpgw', server: 'files', port: 2049},
]

/** An address range or prefix list and what it may reach, or what may be reached there; `port` of `all` is everything. */
export interface OutsideFlow {
  readonly party: Party
  readonly peer: string
  readonly protocol: 'tcp' | 'udp' | '-1'
  readonly port: number | 'all'
}

const anywhere = '0.0.0.0/0'

/** What the services call outside the VPC, whatever is chosen. */
export const outward: readonly OutsideFlow[] = [
  // The registry forwards to whatever server its users register, at any address and port; tools and agents call AWS
  // and third parties.
  ...(
    [
      'registry',
      'authServer',
      'currentTime',
      'mcpgw',
      'fakeTools',
      'flightBooking',
      'travelAssistant',
    ] as const
  ).map((party): OutsideFlow => ({party, peer: anywhere, protocol: '-1', port: 'all'})),
  // Images, secrets, parameters, logs and ECS Exec.
  {party: 'keycloak', peer: anywhere, protocol: 'tcp', port: 443},
  // Amazon's own resolver needs no rule; one that the VPC's DHCP options name does.
  {party: 'keycloak', peer: anywhere, protocol: 'udp', port: 53},
]

/** Who comes from outside the groups, for the parameters of the network stack. */
export function inward(deployed: Deployed): OutsideFlow[] {
  const {IngressCidrBlocks, DirectAccessCidrBlocks, CloudFrontPrefixListId, BaseDomain, VpcCidr} =
    deployed.stack('network').parameters
  const viewers = rangesIn(IngressCidrBlocks)
  const direct = rangesIn(DirectAccessCidrBlocks)
  const hasDomain = BaseDomain !== ''
  // Without a domain only CloudFront comes in on port 80, where its prefix list is known.
  const http = hasDomain || CloudFrontPrefixListId === '' ? viewers : [String(CloudFrontPrefixListId)]
  const https = hasDomain ? viewers : []
  // The tasks know registry and Keycloak by their public names, so that their calls come back in through NAT.
  const nat = hasDomain ? [1, 2, 3].map(zone => `<att:network.NatEip${zone}.PublicIp>/32`) : []
  // Port 7860 leads past nginx, whose identity headers the application trusts.
  const past = direct.length > 0 ? direct : [String(VpcCidr)]
  const tcp = (party: Party, port: number, peers: readonly string[]) =>
    peers.map((peer): OutsideFlow => ({party, peer, protocol: 'tcp', port}))
  return [
    ...tcp('mainAlb', 80, http),
    ...tcp('mainAlb', 443, [...https, ...nat]),
    ...tcp('mainAlb', 7860, past),
    ...tcp('mainAlb', 8888, past),
    ...tcp('keycloakAlb', 80, http),
    ...tcp('keycloakAlb', 443, [...https, ...nat]),
    // Private DNS sends every workload in the VPC to the endpoint.
    ...tcp('sts', 443, [String(VpcCidr)]),
  ]
}

/** The templates read five ranges of a list. */
function rangesIn(list: string | undefined): string[] {
  return String(list ?? '')
    .split(',')
    .map(range => range.trim())
    .filter(range => range !== '')
    .slice(0, 5)
}
