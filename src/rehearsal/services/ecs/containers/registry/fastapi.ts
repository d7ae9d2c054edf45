import {type AppAnswer, type AppRequest, html, json, pathOf} from '../../../../resources/http-messages.js'
import type {RunningContainer} from '../container-app.js'
import {reach} from '../reach.js'
import {maySee} from '../scopes.js'
import {scopesOf, sessionIn, sessionSetCookie} from '../session.js'
import {hasRoute, shippedServers} from './servers.js'

const health = json(200, {status: 'healthy', service: 'mcp-gateway-registry'})

/** What the application says at once. */
export function fastapiAtOnce(request: AppRequest): AppAnswer {
  const path = pathOf(request)
  if (path === '/health') return health
  if (/^\/(api|health|v0|static|\.well-known)\b/.test(path)) return detail(404, 'Not Found')
  // Everything else is the program for browsers, which is not here.
  return request.method === 'GET' ? html(200, 'MCP Gateway Registry') : detail(405, 'Method Not Allowed')
}

/** The registry's own application, at port 7860. Source: registry/main.py and registry/auth of v1.0.7. */
export async function fastapi(request: AppRequest, container: RunningContainer): Promise<AppAnswer> {
  switch (`${request.method} ${pathOf(request)}`) {
    case 'GET /api/auth/me':
      return me(request, container)
    case 'GET /api/servers':
      return servers(request, container)
    case 'GET /api/auth/providers':
      return providers(container)
    case 'POST /api/auth/login':
      return ownLogin(request, container)
    default:
      return fastapiAtOnce(request)
  }
}

/** Who is logged in, and what he may do. */
function me(request: AppRequest, container: RunningContainer): AppAnswer {
  const session = sessionIn(request, container)
  if (!session) return notLoggedIn
  const {username, auth_method, provider, groups} = session
  const scopes = scopesOf(container, groups)
  const isAdmin = groups.includes('mcp-registry-admin')
  return json(200, {
    ...{username, auth_method, provider, scopes, groups},
    can_modify_servers: isAdmin || scopes.includes('mcp-servers-unrestricted/execute'),
    is_admin: isAdmin,
  })
}

function servers(request: AppRequest, container: RunningContainer): AppAnswer {
  const session = sessionIn(request, container)
  if (!session) return notLoggedIn
  const scopes = scopesOf(container, session.groups)
  const seen = shippedServers.filter(({name}) => maySee(scopes, name))
  return json(200, {
    servers: seen.map(server => ({
      display_name: server.description,
      path: `/${server.name}`,
      proxy_pass_url: `http://${server.host}:${server.port}/`,
      is_enabled: true,
      health_status: hasRoute(container, server) ? 'healthy' : 'unhealthy',
    })),
  })
}

async function providers(container: RunningContainer): Promise<AppAnswer> {
  const {AUTH_SERVER_URL: url = 'http://auth-server:8888'} = container.environment
  const answer = await reach(container, `${url}/oauth2/providers`)
  return answer?.status === 200 ? answer : json(200, {providers: []})
}

/** The registry's own form: its session is in no group, and may use no MCP server. */
function ownLogin(request: AppRequest, container: RunningContainer): AppAnswer {
  const form = new URLSearchParams(request.body ?? '')
  const {ADMIN_USER: user = 'admin', ADMIN_PASSWORD: password} = container.environment
  const isRight = password && form.get('username') === user && form.get('password') === password
  if (!isRight) return detail(401, 'Invalid username or password')
  const cookie = sessionSetCookie(container, {username: user, auth_method: 'traditional', provider: 'local'})
  const answer = json(200, {success: true, message: 'Login successful'})
  return {...answer, headers: {...answer.headers, 'set-cookie': [cookie]}}
}

const notLoggedIn = detail(401, 'Not authenticated')

function detail(status: number, words: string): AppAnswer {
  return json(status, {detail: words})
}
