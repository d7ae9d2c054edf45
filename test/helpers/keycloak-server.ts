import {createServer, type IncomingMessage, type Server, type ServerResponse} from 'node:http'
import type {AddressInfo} from 'node:net'

/** One request as it came. */
export interface Asked {
  readonly method: string
  readonly path: string
  readonly authorization: string | undefined
  readonly body: string
}

/** What to answer; `reset` cuts the connection. */
export type Reply = 'reset' | {readonly status: number; readonly body?: unknown; readonly location?: string}

/** Answers a request, or leaves it to the next rule. */
export type Rule = (asked: Asked) => Reply | undefined

/** As Keycloak signs none of what it needs here, a token of the right shape does. */
const unsigned = (claims: object) =>
  ['{"alg":"none"}', JSON.stringify(claims), '']
    .map(part => Buffer.from(part).toString('base64url'))
    .join('.')

/** A real HTTP server that logs an administrator in and answers everything else by rules. */
export class KeycloakServer {
  readonly asked: Asked[] = []
  /** The first one that answers counts. */
  rules: Rule[] = []
  #tokens = 0
  readonly #server: Server

  private constructor(server: Server) {
    this.#server = server
  }

  static async start(): Promise<KeycloakServer> {
    const server = createServer((request, response) => keycloak.#answer(request, response))
    const keycloak = new KeycloakServer(server)
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
    return keycloak
  }

  get endpoint(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  /** `POST /path`, without queries, of everything but logins. */
  get requests(): string[] {
    return this.asked
      .filter(({path}) => !path.endsWith('/token'))
      .map(({method, path}) => `${method} ${path.replace(/\?.*/, '')}`)
  }

  get logins(): number {
    return this.asked.filter(({path}) => path.endsWith('/token')).length
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise(resolve => this.#server.close(resolve))
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let body = ''
    for await (const chunk of request) body += chunk
    const {method = '', url: path = '', headers} = request
    const asked: Asked = {method, path, authorization: headers.authorization, body}
    this.asked.push(asked)
    const reply = this.#replyTo(asked)
    if (reply === 'reset') return void request.socket.resetAndDestroy()
    const isJson = typeof reply.body === 'object'
    response.writeHead(reply.status, {
      'content-type': isJson ? 'application/json' : 'text/html',
      ...(reply.location === undefined ? {} : {location: reply.location}),
    })
    response.end(isJson ? JSON.stringify(reply.body) : reply.body)
  }

  #replyTo(asked: Asked): Reply {
    for (const rule of this.rules) {
      const reply = rule(asked)
      if (reply !== undefined) return reply
    }
    if (!asked.path.endsWith('/realms/master/protocol/openid-connect/token'))
      return {status: 404, body: {error: 'Unable to find matching target resource method'}}
    this.#tokens += 1
    return {status: 200, body: {access_token: unsigned({number: this.#tokens}), refresh_token: unsigned({})}}
  }
}

/** Answers one method and path, given without its query. */
export function when(line: string, reply: Reply): Rule {
  return ({method, path}) => (`${method} ${path.replace(/\?.*/, '')}` === line ? reply : undefined)
}

/** Answers the first `times` requests that the rule answers. */
export function atFirst(times: number, rule: Rule): Rule {
  let left = times
  return asked => {
    const reply = left > 0 ? rule(asked) : undefined
    if (reply !== undefined) left -= 1
    return reply
  }
}

/** Answers whatever is asked, logins too. */
export function always(reply: Reply): Rule {
  return () => reply
}
