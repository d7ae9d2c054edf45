import {type AppAnswer, html, json, pathOf} from '../../../resources/http-messages.js'
import {authServer} from './auth-server/auth-server.js'
import type {App} from './container-app.js'
import {isApp} from './image-times.js'
import {keycloak} from './keycloak/keycloak.js'
import {mcpServer} from './mcp/mcp.js'
import {registry} from './registry/registry.js'

const notFound = json(404, {detail: 'Not Found'})

/** A server whose known paths answer 200 and everything else 404. */
function simple(name: string, ports: readonly number[], paths: Readonly<Record<string, AppAnswer>>): App {
  return {
    name,
    ports,
    answer: (_port, request) => paths[pathOf(request)] ?? notFound,
  }
}

const agentPaths = {'/ping': json(200, {status: 'Healthy'}), '/.well-known/agent-card.json': json(200, {})}

const apps: readonly App[] = [
  registry,
  authServer,
  keycloak,
  mcpServer('currenttime', 8000),
  mcpServer('mcpgw', 8003),
  mcpServer('realserverfaketools', 8002),
  simple('flight-booking-agent', [9000], agentPaths),
  simple('travel-assistant-agent', [9000], agentPaths),
]

/** An image that is not known is taken to be a web server that answers on every port it declares. */
const unknownApp: App = {
  name: '',
  answer: () => html(200, 'OK'),
}

/** The app in an image repository, by what the repository's name ends with. */
export function appOf(repository: string): App {
  const name = repository.slice(repository.lastIndexOf('/') + 1)
  return apps.find(app => isApp(name, app.name)) ?? unknownApp
}
