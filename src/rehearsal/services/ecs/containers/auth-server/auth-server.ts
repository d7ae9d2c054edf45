import {type AppRequest, json, pathOf} from '../../../../resources/http-messages.js'
import type {App, RunningContainer} from '../container-app.js'
import {callback, detail, login} from './login.js'
import {validate} from './validate.js'

const health = json(200, {status: 'healthy', service: 'simplified-auth-server'})
const notFound = detail(404, 'Not Found')

/** The auth server of v1.0.7: logs people in by Keycloak, and tells the registry's nginx who may what. */
export const authServer: App = {
  name: 'auth-server',
  // The same base as the MCP servers, and nothing large in it.
  ports: [8888],
  answer: (_port, request) => (pathOf(request) === '/health' ? health : notFound),
  serve: async (_port, request, container) => serve(request, container),
}

function serve(request: AppRequest, container: RunningContainer) {
  const query = new URLSearchParams(request.path.split('?')[1] ?? '')
  switch (pathOf(request)) {
    case '/health':
      return health
    case '/validate':
      return validate(request, container)
    case '/oauth2/providers':
      return json(200, {providers: [{name: 'keycloak', display_name: 'Keycloak'}]})
    case '/oauth2/login/keycloak':
      return login(query, container)
    case '/oauth2/callback/keycloak':
      return callback(request, query, container)
    default:
      return notFound
  }
}
