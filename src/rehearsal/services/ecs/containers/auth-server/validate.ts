import {type AppAnswer, type AppRequest, json} from '../../../../resources/http-messages.js'
import type {RunningContainer} from '../container-app.js'
import {mayUse} from '../scopes.js'
import {scopesOf, sessionIn} from '../session.js'
import {detail} from './login.js'
import {checkedToken} from './token-check.js'

/**
 * GET /validate: whether a request that came to the registry's nginx may pass. nginx passes its headers on, and its
 * body in `x-body`. What is wrong with a token, or that there is none, comes out as 500; what somebody may not do as 403.
 * Source: auth_server/server.py of v1.0.7.
 */
export async function validate(request: AppRequest, container: RunningContainer): Promise<AppAnswer> {
  let bearer: {username: string; groups: string[]; scopes: string[]; method: string}
  const session = sessionIn(request, container)
  if (session) {
    bearer = {...session, scopes: scopesOf(container, session.groups), method: 'session_cookie'}
  } else {
    const header = request.headers['x-authorization'] || request.headers.authorization
    const token = /^Bearer (\S+)/.exec(header ?? '')?.[1]
    if (token === undefined) {
      const words =
        'Missing or invalid Authorization header. Expected: Bearer <token> or valid session cookie'
      return detail(500, `Internal validation error: 401: ${words}`)
    }
    try {
      const {username, groups, scopes} = await checkedToken(token, container)
      const mapped = groups.length > 0 ? scopesOf(container, groups) : scopes
      bearer = {username, groups, scopes: mapped, method: 'keycloak'}
    } catch (error) {
      const words = error instanceof Error ? error.message : String(error)
      return detail(500, `Authentication provider configuration error: ${words}`)
    }
  }
  const wanted = wantedOf(request)
  if (bearer.scopes.length === 0) {
    return detail(403, `Access denied to ${wanted.server}.${wanted.method} - user has no scopes configured`)
  }
  if (!mayUse(bearer.scopes, wanted)) return detail(403, `Access denied to ${wanted.server}.${wanted.method}`)
  const answer = json(200, {
    valid: true,
    username: bearer.username,
    scopes: bearer.scopes,
    groups: bearer.groups,
  })
  return {
    ...answer,
    headers: {
      ...answer.headers,
      'x-user': bearer.username,
      'x-username': bearer.username,
      'x-scopes': bearer.scopes.join(' '),
      'x-auth-method': bearer.method,
      'x-server-name': wanted.server,
    },
  }
}

/** The server that the path begins with, and the method and tool of the message; without one it begins a session. */
function wantedOf({headers}: AppRequest): {server: string; method: string; tool?: string} {
  const url = headers['x-original-url'] ?? ''
  const server = URL.canParse(url) ? (new URL(url).pathname.split('/')[1] ?? '') : ''
  try {
    const message = JSON.parse(headers['x-body'] ?? '') as {method?: unknown; params?: {name?: unknown}}
    const method = typeof message.method === 'string' ? message.method : 'initialize'
    const tool = message.params?.name
    return {server, method, ...(typeof tool === 'string' && {tool})}
  } catch {
    return {server, method: 'initialize'}
  }
}
