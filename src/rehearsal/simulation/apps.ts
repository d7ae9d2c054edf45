import {type App, type AppAnswer, html, json, pathOf} from './app.js'
import {keycloak} from './apps/keycloak/keycloak.js'

const notFound = json(404, {detail: 'Not Found'})

/** A server whose known paths answer 200 and everything else 404. */
function simple(name: string, ports: readonly number[], paths: Readonly<Record<string, AppAnswer>>): App {
  return {
    name,
    pullSeconds: 36,
    startSeconds: 8,
    ports,
    answer: (_port, request) => paths[pathOf(request)] ?? notFound,
  }
}

const mcpPaths = {'/mcp': json(406, {error: 'Client must accept text/event-stream'})}
const agentPaths = {'/ping': json(200, {status: 'Healthy'}), '/.well-known/agent-card.json': json(200, {})}

const apps: readonly App[] = [
  {
    ...simple('registry', [80, 7860], {
      '/': html(200, 'MCP Gateway Registry'),
      '/health': json(200, {status: 'healthy', service: 'mcp-gateway-registry'}),
    }),
    pullSeconds: 70,
    startSeconds: 32,
    // Its nginx looks up whom it passes requests on to before it listens.
    hostsAtStart: ({AUTH_SERVER_URL = '', KEYCLOAK_URL = ''}) =>
      [AUTH_SERVER_URL, KEYCLOAK_URL].flatMap(url => (URL.canParse(url) ? new URL(url).hostname : [])),
  },
  // The same base as the MCP servers, and nothing large in it.
  simple('auth-server', [8888], {
    '/health': json(200, {status: 'healthy', service: 'simplified-auth-server'}),
  }),
  keycloak,
  simple('currenttime', [8000], mcpPaths),
  simple('mcpgw', [8003], mcpPaths),
  simple('realserverfaketools', [8002], mcpPaths),
  simple('flight-booking-agent', [9000], agentPaths),
  simple('travel-assistant-agent', [9000], agentPaths),
]

/** An image that is not known is taken to be a web server that answers on every port it declares. */
const unknownApp: App = {
  name: '',
  pullSeconds: 36,
  startSeconds: 8,
  answer: () => html(200, 'OK'),
}

/** The app in an image repository, by what the repository's name ends with. */
export function appOf(repository: string): App {
  const name = repository.slice(repository.lastIndexOf('/') + 1)
  return apps.find(app => name === app.name || name.endsWith(`-${app.name}`)) ?? unknownApp
}
