import type {App} from '../container-app.js'
import {fastapi, fastapiAtOnce} from './fastapi.js'
import {defaultSite, nginx} from './nginx.js'

const nginxPort = 80

/** The registry of v1.0.7: nginx at port 80, and the application behind it, which answers at 7860 too. */
export const registry: App = {
  name: 'registry',
  ports: [nginxPort, 7860],
  // nginx looks up whom it passes requests on to before it listens.
  hostsAtStart: ({AUTH_SERVER_URL = '', KEYCLOAK_URL = ''}) =>
    [AUTH_SERVER_URL, KEYCLOAK_URL].flatMap(url => (URL.canParse(url) ? new URL(url).hostname : [])),
  answer: (port, request, container) =>
    (port === nginxPort ? defaultSite(request, container) : undefined) ?? fastapiAtOnce(request),
  serve: (port, request, container) =>
    port === nginxPort ? nginx(request, container) : fastapi(request, container),
}
