import type {AppAnswer, AppRequest} from '../../../../resources/http-messages.js'
import {pathOf} from '../../../../resources/http-messages.js'
import {imageAt} from '../../../ecr/images.js'
import {isBroken} from '../broken-links.js'
import type {RunningContainer} from '../container-app.js'
import {reach} from '../reach.js'
import {fastapi} from './fastapi.js'
import {hasRoute, shippedServers} from './servers.js'

/** What nginx passes on to the auth server instead of to the application. */
const oauthPaths = /^\/oauth2\/(login|callback|logout)\//

/** The registry's port 80. Source: docker/nginx_rev_proxy_http_only.conf and registry/core/nginx_service.py of v1.0.7. */
export async function nginx(request: AppRequest, container: RunningContainer): Promise<AppAnswer> {
  const other = defaultSite(request, container)
  if (other) return other
  const path = pathOf(request)
  const {AUTH_SERVER_URL: authServer = 'http://auth-server:8888'} = container.environment
  if (oauthPaths.test(path)) return passed(request, container, `${authServer}${request.path}`)
  const server = shippedServers.find(({name}) => path === `/${name}` || path.startsWith(`/${name}/`))
  if (!server || !hasRoute(container, server)) return fastapi(request, container)
  const refusal = await refusalOf(request, container, authServer)
  if (refusal) return refusal
  const rest = request.path.slice(server.name.length + 1)
  return passed(request, container, `http://${server.host}:${server.port}${rest || '/'}`)
}

/**
 * What Debian's site answers for names that are not the application's; undefined where it was taken out of the image, and
 * the application's is the only one. A load balancer's health check asks by the task's address.
 */
export function defaultSite(
  request: AppRequest,
  container: Pick<RunningContainer, 'world' | 'region' | 'task' | 'image' | 'environment'>,
): AppAnswer | undefined {
  const isThere =
    isBroken(container, 'default-site') || imageAt(container.world, container.image)?.defaultSite
  if (!isThere) return undefined
  const {GATEWAY_ADDITIONAL_SERVER_NAMES: names = ''} = container.environment
  const own = ['localhost', 'mcpgateway.ddns.net', ...names.split(/\s+/)]
  const host = (request.headers.host ?? '').replace(/:\d+$/, '').toLowerCase()
  if (own.includes(host)) return undefined
  return pathOf(request) === '/' ? page(200, 'Welcome to nginx!') : page(404, '404 Not Found')
}

/** Why the auth server does not let a request pass: 403 stays, anything else but 200 becomes 500. */
async function refusalOf(
  request: AppRequest,
  container: RunningContainer,
  authServer: string,
): Promise<AppAnswer | undefined> {
  const {host = ''} = request.headers
  const answer = await reach(container, `${authServer}/validate`, {
    headers: {
      ...request.headers,
      host: 'auth-server:8888',
      'x-original-url': `http://${host}${request.path}`,
      ...(request.body && {'x-body': request.body}),
    },
  })
  if (answer?.status === 200) return undefined
  if (answer?.status === 403) {
    return {status: 403, headers: {'content-type': 'application/json'}, body: '{"error": "Access forbidden"}'}
  }
  if (answer?.status === 401) {
    return {
      status: 401,
      headers: {'content-type': 'application/json'},
      body: '{"error": "Authentication required"}',
    }
  }
  return page(500, '500 Internal Server Error')
}

/** The host name stays that of the browser; the scheme is nginx's own. */
async function passed(request: AppRequest, container: RunningContainer, url: string): Promise<AppAnswer> {
  const {method, headers, body} = request
  const answer = await reach(container, url, {
    method,
    headers: {...headers, 'x-forwarded-proto': 'http'},
    ...(body !== undefined && {body}),
  })
  return answer ?? page(502, '502 Bad Gateway')
}

function page(status: number, title: string): AppAnswer {
  return {
    status,
    headers: {'content-type': 'text/html', server: 'nginx/1.22.1'},
    body: `<html>\r\n<head><title>${title}</title></head>\r\n<body>\r\n<center><h1>${title}</h1></center>\r\n<hr><center>nginx/1.22.1</center>\r\n</body>\r\n</html>\r\n`,
  }
}
