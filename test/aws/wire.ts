import {createServer, type IncomingMessage} from 'node:http'
import type {AddressInfo} from 'node:net'
import {onTestFinished} from 'vitest'
import {type Aws, connect} from '../../src/aws/aws.js'

/** A request as the fake AWS saw it. */
export interface WireCall {
  method: string
  path: string
  /** Action of a Query call or the last part of X-Amz-Target; empty for S3. */
  operation: string
  /** Fields of a Query call. */
  form: URLSearchParams
  /** Body of a JSON call. */
  json: Record<string, unknown>
  body: string
  headers: IncomingMessage['headers']
}

export interface WireAnswer {
  status?: number
  body?: string
  headers?: Record<string, string>
}

/** A server on loopback that gives scripted answers in AWS's wire formats, and what it was asked. */
export async function wire(answer: (call: WireCall, index: number) => WireAnswer) {
  const calls: WireCall[] = []
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const call = read(request, Buffer.concat(chunks).toString())
    calls.push(call)
    const {status = 200, body = '', headers = {}} = answer(call, calls.length - 1)
    response.writeHead(status, {'x-amzn-requestid': 'request-1', ...headers})
    response.end(request.method === 'HEAD' ? undefined : body)
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {endpoint, calls}
}

/** AWS clients whose every call goes to scripted answers. */
export async function awsAnswering(
  answer: (call: WireCall, index: number) => WireAnswer,
  region = 'eu-west-1',
): Promise<{aws: Aws; calls: WireCall[]}> {
  const {endpoint, calls} = await wire(answer)
  const credentials = {accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'secret'}
  return {aws: await connect({region, endpoint, credentials}), calls}
}

export const json = (value: unknown): WireAnswer => ({
  body: JSON.stringify(value),
  headers: {'content-type': 'application/x-amz-json-1.1'},
})

export const jsonError = (name: string, message: string, status = 400): WireAnswer => ({
  ...json({__type: name, message}),
  status,
})

export const xml = (body: string): WireAnswer => ({body, headers: {'content-type': 'text/xml'}})

/** A Query answer: `<OperationResponse><OperationResult>…`. */
export const query = (operation: string, result: string): WireAnswer =>
  xml(`<${operation}Response><${operation}Result>${result}</${operation}Result></${operation}Response>`)

export const queryError = (code: string, message: string, status = 400): WireAnswer => ({
  ...xml(
    `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error></ErrorResponse>`,
  ),
  status,
})

export const identity = query(
  'GetCallerIdentity',
  '<Account>123456789012</Account><Arn>arn:aws:sts::123456789012:assumed-role/admin/me</Arn>',
)

function read(request: IncomingMessage, body: string): WireCall {
  const {method = '', url: path = '', headers} = request
  const isForm = headers['content-type']?.includes('x-www-form-urlencoded')
  const isJson = headers['content-type']?.includes('json')
  const form = new URLSearchParams(isForm ? body : '')
  const target = String(headers['x-amz-target'] ?? '')
  return {
    method,
    path,
    operation: form.get('Action') ?? target.split('.').at(-1) ?? '',
    form,
    json: isJson ? JSON.parse(body) : {},
    body,
    headers,
  }
}
