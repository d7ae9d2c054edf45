/** Which S3 operation a request is: by method, what it addresses, static query keys and required members. */
import {AwsError} from './errors.js'
import type {WireRequest} from './message.js'
import type {OperationModel, ServiceModel} from './model.js'
import type {S3Address} from './s3-address.js'
import {membersOf, requiredMembers} from './schema.js'

/** What a request must have to be an operation. The more it must have, the more specific the operation. */
interface Route {
  readonly operation: OperationModel
  readonly method: string
  readonly level: 'service' | 'bucket' | 'key'
  /** Query keys in the URI template, with their value if it has one; `x-id` is kept apart. */
  readonly literals: readonly (readonly [string, string])[]
  readonly xId?: string
  readonly queries: readonly string[]
  readonly headers: readonly string[]
}

const SERVICE_LEVEL = new Set(['ListBuckets', 'ListDirectoryBuckets'])

/** Operations whose only required member beside the address is their body share a route and need a mark of their own. */
function routeOf(operation: OperationModel): Route[] {
  if (!operation.http || operation.hostPrefix) return []
  const [method, template] = operation.http
  const [path = '', search = ''] = template.split('?')
  const literals = [...new URLSearchParams(search)]
  const required = requiredMembers(operation.input)
  const queries: string[] = []
  const headers: string[] = []
  for (const [name, member] of membersOf(operation.input)) {
    if (!required.has(name)) continue
    const {httpQuery, httpHeader} = member.getMergedTraits() as {httpQuery?: string; httpHeader?: string}
    if (httpQuery) queries.push(httpQuery)
    if (httpHeader) headers.push(httpHeader.toLowerCase())
  }
  const level = SERVICE_LEVEL.has(operation.name) ? 'service' : path.includes('{Key+}') ? 'key' : 'bucket'
  const xId = literals.find(([key]) => key === 'x-id')?.[1]
  return [
    {operation, method, level, literals: literals.filter(([key]) => key !== 'x-id'), xId, queries, headers},
  ]
}

const tables = new WeakMap<ServiceModel, Route[]>()

function routesOf(model: ServiceModel): Route[] {
  let routes = tables.get(model)
  if (!routes) {
    routes = [...model.operations.values()].flatMap(routeOf)
    tables.set(model, routes)
  }
  return routes
}

function matches(route: Route, request: WireRequest): boolean {
  return (
    route.literals.every(
      ([key, value]) => request.query.has(key) && (value === '' || request.query.get(key) === value),
    ) &&
    route.queries.every(key => request.query.has(key)) &&
    route.headers.every(name => request.headers[name] !== undefined)
  )
}

/** The JS SDK names the operation in `x-id`; other clients do not, so that it only breaks ties. */
const score = (route: Route, xId: string | null): number =>
  2 * (route.literals.length + route.queries.length + route.headers.length) +
  (xId !== null && route.xId === xId ? 1 : 0)

/** Throws `MethodNotAllowed` where S3 has nothing under the method. */
export function routeS3(model: ServiceModel, request: WireRequest, address: S3Address): OperationModel {
  const level = address.bucket === undefined ? 'service' : address.key === undefined ? 'bucket' : 'key'
  const xId = request.query.get('x-id')
  let best: Route | undefined
  for (const route of routesOf(model)) {
    if (route.method !== request.method || route.level !== level || !matches(route, request)) continue
    if (!best || score(route, xId) > score(best, xId)) best = route
  }
  if (best) return best.operation
  throw new AwsError('MethodNotAllowed', 'The specified method is not allowed against this resource.', {
    status: 405,
    extra: {Method: request.method},
  })
}
