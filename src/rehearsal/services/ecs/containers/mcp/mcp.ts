import {randomBytes} from 'node:crypto'
import type {Task} from '../../../../account/account.js'
import {type AppAnswer, type AppRequest, pathOf} from '../../../../resources/http-messages.js'
import {isBroken} from '../broken-links.js'
import type {App, RunningContainer} from '../container-app.js'
import {answerOfServer} from './answer.js'
import {toolsOf} from './tools.js'

/** More than a class has at once. */
const mostSessions = 2000

/** An MCP server of v1.0.7, as mcp 1.23.3 answers. Source: what the real ones answered; Streamable HTTP, "Session Management". */
export function mcpServer(name: string, port: number): App {
  return {
    name,
    ports: [port],
    answer: (_port, request) => unserved(request) ?? notAcceptable,
    serve: async (_port, request, container) => unserved(request) ?? serve(name, request, container),
  }
}

const notAcceptable = rpcError(406, 'Not Acceptable: Client must accept text/event-stream')

/** Anything that is no message to the server. */
function unserved(request: AppRequest): AppAnswer | undefined {
  const path = pathOf(request)
  if (path === '/mcp') return undefined
  if (path !== '/mcp/') return plain(404, 'Not Found')
  const scheme = request.headers['x-forwarded-proto'] === 'https' ? 'https' : 'http'
  return {status: 307, headers: {location: `${scheme}://${request.headers.host}/mcp`}, body: ''}
}

async function serve(name: string, request: AppRequest, container: RunningContainer): Promise<AppAnswer> {
  if (isBroken(container, 'host-check')) return plain(421, 'Invalid Host header')
  const {task, world} = container
  const sessions = sessionsOf(task)
  const id = request.headers['mcp-session-id']
  if (isBroken(container, 'lost-sessions')) sessions.length = 0
  if (request.method === 'POST') {
    const isFirst = isInitialize(request.body)
    if (!isFirst && id === undefined) return rpcError(400, 'Bad Request: Missing session ID')
    if (id !== undefined && !sessions.includes(id))
      return plain(400, 'Bad Request: No valid session ID provided')
    const tools = isBroken(container, 'no-tools') ? [] : (toolsOf[name] ?? [])
    const answer = await answerOfServer(request, {name, tools, now: world.now})
    const current = id ?? (answer.status === 200 ? begin(sessions) : undefined)
    return current === undefined
      ? answer
      : {...answer, headers: {...answer.headers, 'mcp-session-id': current}}
  }
  if (!request.headers.accept?.includes('text/event-stream') && request.method === 'GET') return notAcceptable
  if (id === undefined) return rpcError(400, 'Bad Request: Missing session ID')
  if (!sessions.includes(id)) return plain(400, 'Bad Request: No valid session ID provided')
  if (request.method === 'DELETE') {
    sessions.splice(sessions.indexOf(id), 1)
    return {status: 200, headers: {}, body: ''}
  }
  // The real one keeps a stream open here, on which it never says anything.
  return {
    ...rpcError(405, 'Method Not Allowed'),
    headers: {allow: 'POST, DELETE', 'content-type': 'application/json'},
  }
}

/** Sessions are in the memory of one task: with a second one every other message finds none. */
function sessionsOf(task: Task): string[] {
  task.memory ??= {}
  task.memory.mcp ??= []
  return task.memory.mcp as string[]
}

function begin(sessions: string[]): string {
  const id = randomBytes(16).toString('hex')
  sessions.push(id)
  if (sessions.length > mostSessions) sessions.shift()
  return id
}

function isInitialize(body = ''): boolean {
  try {
    const message: unknown = JSON.parse(body)
    return (
      typeof message === 'object' &&
      message !== null &&
      'method' in message &&
      message.method === 'initialize'
    )
  } catch {
    return false
  }
}

function rpcError(status: number, message: string): AppAnswer {
  return {
    status,
    headers: {'content-type': 'application/json'},
    body: JSON.stringify({jsonrpc: '2.0', id: 'server-error', error: {code: -32600, message}}),
  }
}

function plain(status: number, body: string): AppAnswer {
  return {status, headers: {'content-type': 'text/plain; charset=utf-8'}, body}
}
