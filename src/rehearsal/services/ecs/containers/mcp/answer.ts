import type {AppAnswer, AppRequest} from '../../../../resources/http-messages.js'
import type {SimulatedTool} from './tools.js'

/** What is known of a server. */
interface ServerOf {
  name: string
  tools: readonly SimulatedTool[]
  /** Epoch milliseconds of the account. */
  now: number
}

/**
 * What the official SDK's server answers to one message. Each message gets a server of its own: sessions are kept by
 * whoever asks, as plain data, so that they survive the account's state file.
 */
export async function answerOfServer(request: AppRequest, about: ServerOf): Promise<AppAnswer> {
  // The SDK is loaded when the first client comes: most commands never ask for it.
  const [{Server}, {WebStandardStreamableHTTPServerTransport: Transport}, types] = await Promise.all([
    import('@modelcontextprotocol/sdk/server/index.js'),
    import('@modelcontextprotocol/sdk/server/webStandardStreamableHttp.js'),
    import('@modelcontextprotocol/sdk/types.js'),
  ])
  const server = new Server({name: about.name, version: '1.0.7'}, {capabilities: {tools: {}}})
  server.setRequestHandler(types.ListToolsRequestSchema, () => ({
    tools: about.tools.map(({run: _, ...tool}) => tool),
  }))
  server.setRequestHandler(types.CallToolRequestSchema, ({params}) =>
    callOf(about, params.name, params.arguments ?? {}),
  )
  const transport = new Transport({sessionIdGenerator: undefined})
  await server.connect(transport)
  try {
    const {'content-length': _, ...headers} = request.headers
    const response = await transport.handleRequest(
      new Request(`http://${about.name}/mcp`, {method: request.method, headers, body: request.body ?? ''}),
    )
    return {
      status: response.status,
      headers: Object.fromEntries(response.headers),
      body: await response.text(),
    }
  } finally {
    await server.close()
  }
}

function callOf({tools, now}: ServerOf, name: string, given: Record<string, unknown>) {
  const tool = tools.find(each => each.name === name)
  const answer = (text: string, isError = false) => ({content: [{type: 'text' as const, text}], isError})
  if (!tool) return answer(`Unknown tool: ${name}`, true)
  if (!tool.run) return answer(`The embedded account lists ${name}, but cannot run it.`, true)
  try {
    return answer(tool.run(given, now))
  } catch (error) {
    return answer(`Error: ${error instanceof Error ? error.message : String(error)}`, true)
  }
}
