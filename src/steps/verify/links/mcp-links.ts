import {Client} from '@modelcontextprotocol/sdk/client/index.js'
import {
  StreamableHTTPClientTransport,
  StreamableHTTPError,
} from '@modelcontextprotocol/sdk/client/streamableHttp.js'
import {ErrorCode, McpError} from '@modelcontextprotocol/sdk/types.js'
import type {Web} from '../../../aws/web.js'
import {messageOf} from '../../../errors.js'
import type {Problem} from '../problem.js'
import {answerTimeoutMs, noAnswer} from './ask.js'
import {broken, type Chain} from './chain.js'
import {addressOf, type LinkScope, logsOf, quoted, realmRemedy} from './scope.js'

/** The smallest of the MCP servers: what works there works for the others. */
const mcpServer = 'currenttime'

/** Talks to an MCP server through the gateway, as a student's MCP client does. */
export async function talkMcp(
  chain: Chain,
  scope: LinkScope,
  {web, token}: {web: Web; token: string},
): Promise<void> {
  // The SDK never takes its listeners off a signal: this one goes with the conversation.
  const signal = AbortSignal.any([scope.target.signal])
  const options = {timeout: answerTimeoutMs, signal}
  let end = async () => {}
  let isBegun = false
  try {
    const client = await chain.link('MCP initialize', async () => {
      const url = new URL(`${addressOf(scope, 'RegistryUrl')}/${mcpServer}/mcp`)
      const transport = new StreamableHTTPClientTransport(url, {
        fetch: async (address, init) => {
          const bounds = [AbortSignal.timeout(answerTimeoutMs), ...(init?.signal ? [init.signal] : [])]
          const response = await web.fetch(address, {...init, signal: AbortSignal.any(bounds)})
          isBegun ||= response.ok
          return response
        },
        requestInit: {headers: {authorization: `Bearer ${token}`, 'user-agent': 'mcpgw'}},
      })
      const client = new Client({name: 'mcpgw', version: '1'})
      end = async () => {
        // A session that nobody ends stays in the server's memory; whether it could be ended is no link.
        await transport.terminateSession().catch(() => {})
        await client.close().catch(() => {})
      }
      await client.connect(transport, options).catch(error => {
        throw mcpProblem(scope, {url, isBegun}, error)
      })
      return {url, ask: client}
    })
    await chain.link('MCP tools', async () => {
      const {tools} = await client.ask.listTools(undefined, options).catch(error => {
        throw mcpProblem(scope, {url: client.url, isBegun}, error)
      })
      if (tools.length > 0) return
      throw broken(`${mcpServer} has no tools.`, logsOf(scope, mcpServer), {permanent: false})
    })
  } finally {
    await end()
  }
}

/** A request of the conversation: `isBegun` when an earlier one went well. */
interface Said {
  readonly url: URL
  readonly isBegun: boolean
}

function mcpProblem(scope: LinkScope, {url, isBegun}: Said, error: unknown): unknown {
  const {target} = scope
  if (target.signal.aborted) return target.signal.reason
  if (error instanceof StreamableHTTPError && error.code !== undefined && error.code > 0) {
    const {what, todo, permanent} = error.message.includes(notThroughCloudFront)
      ? notAdmitted(scope)
      : meaningOf(scope, error.code, isBegun)
    return broken(`${url.href} answered ${error.code}: ${what}.`, todo, {permanent})
  }
  const isLate = error instanceof McpError && error.code === ErrorCode.RequestTimeout
  if (isLate) return noAnswer(new DOMException('', 'TimeoutError'), url, target)
  if (error instanceof StreamableHTTPError || error instanceof McpError || isOfSchema(error)) {
    const what = `${url.href} does not speak MCP as it should: ${quoted(scope, messageOf(error))}`
    return broken(what, logsOf(scope, mcpServer), {permanent: false})
  }
  return noAnswer(error, url, target)
}

/** What the load balancers answer to who does not come through their distribution: compute-stack.yaml, without a domain. */
export const notThroughCloudFront = 'This load balancer answers its own distribution only.'

/** The gateway was not asked: neither token nor scopes are at fault. */
function notAdmitted({target}: LinkScope): Problem {
  return {
    what: 'the load balancer did not accept the request from CloudFront. Its listener rule for the header of the distribution is missing, or the header has another value',
    todo: `Run: ${target.commandLine('deploy')} --repair`,
    permanent: true,
  }
}

/** What a status means. Sources: what nginx, the auth server and the servers of v1.0.7 were seen to answer. */
function meaningOf(scope: LinkScope, status: number, isBegun: boolean): Problem {
  const logs = (service: string) => ({todo: logsOf(scope, service), permanent: false})
  // mcp 1.23.3 answers 400 where the protocol says 404.
  if (isBegun && (status === 400 || status === 404)) {
    const why = "It was restarted, or several tasks of it run, which do not know each other's sessions"
    return {
      what: `${mcpServer} does not know the session that it has just started. ${why}`,
      ...logs(mcpServer),
    }
  }
  switch (status) {
    case 401:
    case 500:
      // nginx makes a 500 of whatever its question to the auth server ends with, but for 401 and 403.
      return {
        what: 'the auth server refused the token, although it is a good one, or could not be asked',
        ...logs('auth-server'),
      }
    case 403:
      return {
        what: `the token's groups and scopes do not allow calling ${mcpServer}`,
        todo: realmRemedy(scope),
        permanent: true,
      }
    case 404:
    case 405:
      return {
        what: `the gateway has no route to ${mcpServer} yet. It makes one when a health check of it has succeeded`,
        todo: `Wait, then run: ${scope.target.commandLine('verify')}. If it stays so: ${logsOf(scope, 'registry')}`,
        permanent: false,
      }
    case 421:
      return {what: `${mcpServer} refuses the host name that the gateway passes on`, ...logs(mcpServer)}
    default:
      return {what: `${mcpServer} does not answer behind the gateway`, ...logs(mcpServer)}
  }
}

/** What the SDK throws when an answer is JSON, but not what the protocol says. */
function isOfSchema(error: unknown): boolean {
  return error instanceof SyntaxError || (error instanceof Error && /^\$?ZodError$/.test(error.name))
}
