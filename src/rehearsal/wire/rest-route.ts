/** Which operation a request of a REST service names, by method, path and query. */
import {AwsError} from './errors.js'
import type {WireRequest} from './message.js'
import type {OperationModel, ServiceModel} from './model.js'
import {membersOf, requiredMembers} from './schema.js'

interface Route {
  readonly operation: OperationModel
  readonly method: string
  readonly path: RegExp
  /** Names of the labels, in the order of the path. */
  readonly labels: readonly string[]
  readonly literals: readonly (readonly [string, string])[]
  /** Query parameters and headers that must be there. */
  readonly queries: readonly string[]
  readonly headers: readonly string[]
}

export interface Routed {
  readonly operation: OperationModel
  /** What is in the path for the input's members, decoded. */
  readonly labels: Readonly<Record<string, string>>
}

function routeOf(operation: OperationModel): Route[] {
  if (!operation.http) return []
  const [method, template] = operation.http
  const [path = '', search = ''] = template.split('?')
  const labels: string[] = []
  const pattern = path
    .split('/')
    .map(segment => {
      const label = /^\{(\w+)(\+?)\}$/.exec(segment)
      if (!label?.[1]) return segment.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
      labels.push(label[1])
      return label[2] ? '(.+)' : '([^/]+)'
    })
    .join('/')
  const required = requiredMembers(operation.input)
  const queries: string[] = []
  const headers: string[] = []
  for (const [name, member] of membersOf(operation.input)) {
    const {httpQuery, httpHeader} = member.getMergedTraits() as {httpQuery?: string; httpHeader?: string}
    if (required.has(name) && httpQuery) queries.push(httpQuery)
    if (required.has(name) && httpHeader) headers.push(httpHeader.toLowerCase())
  }
  const literals = [...new URLSearchParams(search)]
  return [{operation, method, path: new RegExp(`^${pattern}/?$`), labels, literals, queries, headers}]
}

const tables = new WeakMap<ServiceModel, Route[]>()

/** More literals, and fewer labels, are more specific. */
const score = ({literals, queries, headers, labels}: Route): number =>
  10 * (literals.length + queries.length + headers.length) - labels.length

/** Undefined where the service has nothing under the address. Throws URIError for a broken percent escape. */
export function routeRest(model: ServiceModel, request: WireRequest): Routed | undefined {
  const routes = tables.get(model) ?? [...model.operations.values()].flatMap(routeOf)
  tables.set(model, routes)
  const best = routes
    .filter(
      route =>
        route.method === request.method &&
        route.path.test(request.path) &&
        route.literals.every(
          ([key, value]) => request.query.has(key) && (!value || request.query.get(key) === value),
        ) &&
        route.queries.every(key => request.query.has(key)) &&
        route.headers.every(name => request.headers[name] !== undefined),
    )
    .sort((left, right) => score(right) - score(left))[0]
  if (!best) return undefined
  const values = best.path.exec(request.path)?.slice(1) ?? []
  const labels = best.labels.map((name, index) => [name, decodeURIComponent(values[index] ?? '')] as const)
  return {operation: best.operation, labels: Object.fromEntries(labels)}
}

export const unknownOperation = (operation: string): AwsError =>
  new AwsError('UnknownOperationException', `The operation ${operation} is not known to this service.`, {
    status: 404,
  })

/**
 * As `routeRest`, for services that refuse what they do not have.
 * @param malformed the protocol's error for an address that cannot be read
 * @throws AwsError UnknownOperationException, or `malformed`
 */
export function knownRoute(
  model: ServiceModel,
  request: WireRequest,
  malformed: (cause: unknown) => AwsError,
): Routed {
  let found: Routed | undefined
  try {
    found = routeRest(model, request)
  } catch (cause) {
    throw malformed(cause)
  }
  if (found) return found
  throw unknownOperation(`${request.method} ${request.path}`)
}
