import {once} from 'node:events'
import {createServer, type IncomingMessage, type Server, type ServerResponse} from 'node:http'
import type {AddressInfo} from 'node:net'
import {Server as McpServer} from '@modelcontextprotocol/sdk/server/index.js'
import {StreamableHTTPServerTransport} from '@modelcontextprotocol/sdk/server/streamableHttp.js'
import {ListToolsRequestSchema} from '@modelcontextprotocol/sdk/types.js'
import {type CryptoKey, exportJWK, generateKeyPair, type JWK, SignJWT} from 'jose'

const keycloak = 'https://kc.example.com'
const registry = 'https://registry.example.com'

/** An answer in place of the application's own; `drop` closes the connection without one. */
export type Instead = {status: number; headers?: Record<string, string | string[]>; body?: string} | 'drop'

/**
 * A small web server in place of Keycloak and the registry, told apart by `Host`, with the answers that the real ones
 * were seen to give. Fields are meant to be changed: each is something that can be wrong.
 */
export class Application {
  static readonly verifyPassword = 'pass-word-of-verify'
  static readonly machineSecret = 'secret-of-m2m'
  hasRealm = true
  /** What Keycloak takes for its own address. */
  keycloakAddress = keycloak
  passwords: Record<string, string> = {'mcpgw-verify': Application.verifyPassword}
  machineSecret: string = Application.machineSecret
  redirectUris = [`${registry}/oauth2/callback/keycloak`]
  redeemsCodes = true
  sessionCookie = 'mcp_gateway_session=signed; Path=/; HttpOnly; SameSite=lax'
  me: unknown = {username: 'mcpgw-verify', groups: ['registry-users-lob1'], scopes: ['registry-users-lob1']}
  claims: Record<string, unknown> = {aud: 'account'}
  tokenSeconds = 28_800
  issuedSecondsAgo = 0
  /** Keys that are published are others than the one that signs. */
  publishesOtherKey = false
  gatewayStatus: number | undefined
  gatewayText = 'nginx'
  /** The MCP server answers this to everything but the beginning of a session. */
  laterStatus: number | undefined
  tools = ['current_time_by_timezone']
  /** By path. */
  readonly instead = new Map<string, Instead>()
  /** Method and path of every request. */
  readonly requests: string[] = []
  readonly #server: Server
  readonly #now: () => number

  private constructor(now: () => number) {
    this.#now = now
    this.#server = createServer((request, response) => void this.#answer(request, response))
  }

  /** @param now epoch ms, for the time stamps of tokens */
  static async serve(now: () => number): Promise<Application> {
    const application = new Application(now)
    application.#server.listen(0, '127.0.0.1')
    await once(application.#server, 'listening')
    return application
  }

  get endpoint(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections()
    this.#server.close()
    await once(this.#server, 'close')
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', `https://${request.headers.host}`)
    this.requests.push(`${request.method} ${url.pathname}`)
    const instead = this.instead.get(url.pathname)
    if (instead === 'drop') return void request.socket.destroy()
    if (instead !== undefined) return send(response, instead)
    const body = await textOf(request)
    if (url.pathname === '/currenttime/mcp') return this.#gateway(request, response, body)
    const form = new URLSearchParams(body)
    const jar = request.headers.cookie ?? ''
    send(response, url.origin === keycloak ? await this.#keycloak(url, form) : this.#registry(url, jar))
  }

  async #keycloak(url: URL, form: URLSearchParams): Promise<Instead> {
    const realm = '/realms/mcp-gateway'
    const endpoint = `${realm}/protocol/openid-connect`
    if (!this.hasRealm) return json(404, {error: 'Realm does not exist'})
    switch (url.pathname) {
      case `${realm}/.well-known/openid-configuration`: {
        const base = this.keycloakAddress
        return json(200, {
          issuer: `${base}${realm}`,
          authorization_endpoint: `${base}${endpoint}/auth`,
          token_endpoint: `${base}${endpoint}/token`,
          jwks_uri: `${base}${endpoint}/certs`,
        })
      }
      case `${endpoint}/auth`:
        return this.#loginPage(url)
      case `${realm}/login-actions/authenticate`: {
        if (this.passwords[form.get('username') ?? ''] !== form.get('password'))
          return page(200, '<span id="input-error" aria-live="polite">Invalid username or password.</span>')
        const back = new URL(url.searchParams.get('back') ?? '')
        back.searchParams.set('code', 'code-of-login')
        return {status: 302, headers: {location: back.href}}
      }
      case `${endpoint}/token`:
        return this.#token(form)
      case `${endpoint}/certs`: {
        const {published, other} = await ownKeys()
        return json(200, {keys: [this.publishesOtherKey ? other : published]})
      }
      default:
        return json(404, {error: 'Unable to find matching target resource method'})
    }
  }

  #loginPage(url: URL): Instead {
    const error = (text: string) =>
      page(400, `<div id="kc-error-message"><p class="instruction">${text}</p></div>`)
    if (url.searchParams.get('client_id') !== 'mcp-gateway-web') return error('Client not found.')
    const redirectUri = url.searchParams.get('redirect_uri') ?? ''
    if (!this.redirectUris.includes(redirectUri)) return error('Invalid parameter: redirect_uri')
    const back = new URL(redirectUri)
    back.searchParams.set('state', url.searchParams.get('state') ?? '')
    const action = `${this.keycloakAddress}/realms/mcp-gateway/login-actions/authenticate?execution=1&back=${encodeURIComponent(back.href)}`
    return page(
      200,
      `<form id="kc-form-login" action="${action.replaceAll('&', '&amp;')}" method="post"></form>`,
    )
  }

  async #token(form: URLSearchParams): Promise<Instead> {
    const isKnown =
      form.get('client_id') === 'mcp-gateway-m2m' && form.get('client_secret') === this.machineSecret
    if (!isKnown) {
      const words = 'Invalid client or Invalid client credentials'
      return json(401, {error: 'unauthorized_client', error_description: words})
    }
    const issued = Math.floor(this.#now() / 1000) - this.issuedSecondsAgo
    const {signing, published} = await ownKeys()
    const claims = {iss: `${this.keycloakAddress}/realms/mcp-gateway`, ...this.claims}
    const token = await new SignJWT(claims)
      .setProtectedHeader({alg: 'RS256', kid: published.kid ?? ''})
      .setIssuedAt(issued)
      .setExpirationTime(issued + this.tokenSeconds)
      .sign(signing)
    return json(200, {access_token: token, expires_in: this.tokenSeconds, token_type: 'Bearer'})
  }

  #registry(url: URL, cookies: string): Instead {
    switch (url.pathname) {
      case '/oauth2/login/keycloak': {
        const location = new URL(`${keycloak}/realms/mcp-gateway/protocol/openid-connect/auth`)
        const query = {
          client_id: 'mcp-gateway-web',
          response_type: 'code',
          scope: 'openid email profile',
          state: 'state-of-login',
          redirect_uri: `${registry}/oauth2/callback/keycloak`,
        }
        for (const [name, value] of Object.entries(query)) location.searchParams.set(name, value)
        const cookie = 'oauth2_temp_session=begun; Path=/; HttpOnly; SameSite=lax; Max-Age=600'
        return {status: 302, headers: {location: location.href, 'set-cookie': cookie}}
      }
      case '/oauth2/callback/keycloak': {
        const isSound =
          url.searchParams.get('code') === 'code-of-login' &&
          url.searchParams.get('state') === 'state-of-login' &&
          /(^|; )oauth2_temp_session=begun(;|$)/.test(cookies)
        if (!isSound) return json(400, {detail: 'Invalid or expired OAuth2 session'})
        if (!this.redeemsCodes)
          return {status: 302, headers: {location: '/login?error=oauth2_callback_failed'}}
        const gone = 'oauth2_temp_session=""; Path=/; Max-Age=0'
        return {status: 302, headers: {location: '/', 'set-cookie': [this.sessionCookie, gone]}}
      }
      case '/api/auth/me':
        return cookies === 'mcp_gateway_session=signed'
          ? json(200, this.me)
          : json(401, {detail: 'Not authenticated'})
      default:
        return json(404, {detail: 'Not Found'})
    }
  }

  async #gateway(request: IncomingMessage, response: ServerResponse, body: string): Promise<void> {
    if (this.gatewayStatus !== undefined) return send(response, page(this.gatewayStatus, this.gatewayText))
    const [, token = ''] = request.headers.authorization?.split('Bearer ') ?? []
    if (token.split('.').length !== 3) return send(response, page(500, 'Internal Server Error'))
    if (this.laterStatus !== undefined && !body.includes('"initialize"'))
      return send(response, page(this.laterStatus, 'Bad Request: No valid session ID provided'))
    const server = new McpServer({name: 'currenttime', version: '1'}, {capabilities: {tools: {}}})
    server.setRequestHandler(ListToolsRequestSchema, () => ({
      tools: this.tools.map(name => ({name, inputSchema: {type: 'object' as const}})),
    }))
    const transport = new StreamableHTTPServerTransport({sessionIdGenerator: undefined})
    await server.connect(transport)
    response.on('close', () => void server.close())
    await transport.handleRequest(request, response, body === '' ? undefined : JSON.parse(body))
  }
}

function json(status: number, body: unknown): Instead {
  return {status, headers: {'content-type': 'application/json'}, body: JSON.stringify(body)}
}

function page(status: number, body: string): Instead {
  return {status, headers: {'content-type': 'text/html'}, body: `<!doctype html><title>page</title>${body}`}
}

function send(response: ServerResponse, answer: Instead): void {
  if (answer === 'drop') return void response.destroy()
  response.writeHead(answer.status, answer.headers).end(answer.body)
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  return Buffer.concat(chunks).toString('utf8')
}

interface Keys {
  signing: CryptoKey
  published: JWK
  other: JWK
}

let keys: Promise<Keys> | undefined

/** Making keys takes half a second: all have the same. */
function ownKeys(): Promise<Keys> {
  keys ??= makeKeys()
  return keys
}

async function makeKeys(): Promise<Keys> {
  const [own, other] = await Promise.all([generateKeyPair('RS256'), generateKeyPair('RS256')])
  const jwk = async (key: CryptoKey) => ({...(await exportJWK(key)), kid: 'one', alg: 'RS256', use: 'sig'})
  return {signing: own.privateKey, published: await jwk(own.publicKey), other: await jwk(other.publicKey)}
}
