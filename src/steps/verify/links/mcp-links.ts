import {Client} from '@modelcontextprotocol/sdk/client/index.js'
import {
  StreamableHTTPClientTransport,
  StreamableHTTPError,
} from '@modelcontextprotocol/sdk/client/streamableHttp.js'
import {ErrorCode, McpError} from '@modelcontextprotocol/sdk/types.js'
import type {Web} from '../../../aws/web.js'
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
  try {
    const client = await chain.link('MCP initialize', async () => {
      const url = new URL(`${addressOf(scope, 'RegistryUrl')}/${mcpServer}/mcp`)
      const transport = new StreamableHTTPClientTransport(url, {
        fetch: (address, init) => web.fetch(address, init),
        requestInit: {headers: {authorization: `Bearer ${token}`, 'user-agent': 'mcpgw'}},
      })
      const client = new Client({name: 'mcpgw', version: '1'})
      end = async () => {
        // A session that nobody ends stays in the server's memory; whether it could be ended is no link.
        await transport.terminateSession().catch(() => {})
        await client.close().catch(() => {})
      }
      await client.connect(transport, options).catch(error => {
        throw mcpProblem(scope, url, error)
      })
      return {url, ask: client}
    })
    await chain.link('MCP tools', async () => {
      const {tools} = await client.ask.listTools(undefined, options).catch(error => {
        throw mcpProblem(scope, client.url, error)
      })
      if (tools.length > 0) return
      throw broken(`${mcpServer} has no tools.`, logsOf(scope, mcpServer), {permanent: false})
    })
  } finally {
    await end()
  }
}

/** What an answer of the gateway means. Sources: what nginx and the auth server of v1.0.7 were seen to answer. */
function mcpProblem(scope: LinkScope, url: URL, error: unknown): unknown {
  const {signal, commandLine} = scope.target
  if (signal.aborted) return signal.reason
  if (error instanceof StreamableHTTPError && error.code !== undefined && error.code > 0) {
    const answered = `${url.href} answered ${error.code}`
    switch (error.code) {
      case 401:
      case 500:
        // nginx makes a 500 of whatever its question to the auth server ends with, but for 401 and 403.
        return broken(
          `${answered}: the auth server refused the token, although it is a good one, or could not be asked.`,
          logsOf(scope, 'auth-server'),
          {permanent: false},
        )
      case 403:
        return broken(
          `${answered}: the token's groups and scopes do not allow to call ${mcpServer}.`,
          realmRemedy(scope),
          {permanent: true},
        )
      case 404:
      case 405:
        return broken(
          `${answered}: the gateway has no route to ${mcpServer} yet. It makes one when a health check of it has succeeded.`,
          `Wait, then run: ${commandLine('verify')}. If it stays so: ${logsOf(scope, 'registry')}`,
          {permanent: false},
        )
      default:
        return broken(
          `${answered}: ${mcpServer} does not answer behind the gateway.`,
          logsOf(scope, mcpServer),
          {
            permanent: false,
          },
        )
    }
  }
  const isLate = error instanceof McpError && error.code === ErrorCode.RequestTimeout
  if (isLate) return noAnswer(new DOMException('', 'TimeoutError'), url, scope.target)
  if (error instanceof StreamableHTTPError || error instanceof McpError || isOfSchema(error)) {
    const said = quoted(scope, (error as Error).message)
    return broken(`${url.href} does not speak MCP as it should: ${said}`, logsOf(scope, mcpServer), {
      permanent: false,
    })
  }
  return noAnswer(error, url, scope.target)
}

/** What the SDK throws when an answer is JSON, but not what the protocol says. */
function isOfSchema(error: unknown): boolean {
  return (
    error instanceof Error &&
    (error.name === 'ZodError' || error.name === '$ZodError' || error instanceof SyntaxError)
  )
}
