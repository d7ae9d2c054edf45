import {member} from '../../template/value.js'
import {isObject, type Json, type JsonObject} from '../json.js'
import {isEmpty, memberOf, pairKey, pairValue} from './path.js'

/**
 * Container definitions by name, with names of members as the API writes them (`portMappings`): environment and secrets by
 * name, ports by number and protocol, mounts by path. What says nothing, and what says what Amazon ECS takes anyway, is left
 * out, so that a definition that leaves it out is the same.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html
 */
export function containersByName(definitions: Json): Json {
  if (!Array.isArray(definitions)) return definitions
  return Object.fromEntries(
    definitions.map((definition, index) => {
      const container = isObject(definition) ? camelled(definition) : {}
      return [String(container.name ?? index), containerOf(container)]
    }),
  )
}

/** Lists that are maps, by what tells their elements apart. */
const keyed: Readonly<Record<string, (element: Json) => string>> = {
  environment: element => pairKey(element) ?? '',
  secrets: element => pairKey(element) ?? '',
  portMappings: element => `${memberOf(element, 'containerPort')}/${memberOf(element, 'protocol') ?? 'tcp'}`,
  mountPoints: element => String(memberOf(element, 'containerPath')),
  dependsOn: element => String(memberOf(element, 'containerName')),
  ulimits: element => String(memberOf(element, 'name')),
  systemControls: element => String(memberOf(element, 'namespace')),
  extraHosts: element => String(memberOf(element, 'hostname')),
}

/** Maps whose names are somebody's, and no members of the API. */
const named: ReadonlySet<string> = new Set(['options', 'dockerLabels', ...Object.keys(keyed)])

/** What Amazon ECS takes on Fargate where a definition does not say. */
const defaults: Readonly<Record<string, Json>> = {
  essential: true,
  cpu: 0,
  privileged: false,
  readonlyRootFilesystem: false,
  interactive: false,
  pseudoTerminal: false,
  disableNetworking: false,
  stopTimeout: 30,
  versionConsistency: 'enabled',
}

const healthCheckDefaults: Readonly<Record<string, Json>> = {
  interval: 30,
  timeout: 5,
  retries: 3,
  startPeriod: 0,
}

function containerOf({name: _, ...container}: JsonObject): JsonObject {
  const members = Object.entries(container).map(([name, value]) => [name, memberIn(name, value)] as const)
  return Object.fromEntries(members.filter(([name, value]) => !saysNothing(name, value)))
}

function saysNothing(name: string, value: Json): boolean {
  // A map of variables that are empty says which there are.
  const isNothing = member(keyed, name) === undefined ? isEmpty(value) : Object.keys(value ?? {}).length === 0
  return isNothing || isSame(value, member(defaults, name))
}

function memberIn(name: string, value: Json): Json {
  const keyOf = member(keyed, name)
  if (keyOf !== undefined && Array.isArray(value)) {
    return Object.fromEntries(value.map(element => [keyOf(element), elementOf(name, element)]))
  }
  if (name === 'healthCheck' && isObject(value)) return without(value, healthCheckDefaults)
  return value
}

function elementOf(list: string, element: Json): Json {
  // An empty variable is a variable all the same.
  if (list === 'environment') return pairValue(element) ?? ''
  if (list === 'secrets') return memberOf(element, 'valueFrom') ?? ''
  if (!isObject(element)) return element
  if (list === 'portMappings') {
    return without(element, {
      protocol: 'tcp',
      hostPort: element.containerPort ?? null,
      containerPort: element.containerPort ?? null,
    })
  }
  if (list === 'mountPoints')
    return without(element, {readOnly: false, containerPath: element.containerPath ?? null})
  return element
}

function without(value: JsonObject, known: Readonly<Record<string, Json>>): JsonObject {
  return Object.fromEntries(
    Object.entries(value).filter(
      ([name, inside]) => !isEmpty(inside) && !isSame(inside, member(known, name)),
    ),
  )
}

function isSame(value: Json, other: Json | undefined): boolean {
  return other !== undefined && String(value) === String(other)
}

/** CloudFormation writes `PortMappings`, the API `portMappings`. */
function camelled(value: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => {
      const camel = name.charAt(0).toLowerCase() + name.slice(1)
      return [camel, named.has(camel) && isObject(member) ? member : camelledIn(member)]
    }),
  )
}

function camelledIn(value: Json): Json {
  if (Array.isArray(value)) return value.map(camelledIn)
  return isObject(value) ? camelled(value) : value
}

/** The path of a member of `containersByName` as CloudFormation would write it: `app.PortMappings.8080/tcp.Name`. */
export function propertySteps(steps: readonly string[]): string[] {
  return steps.map((step, index) =>
    index === 0 || named.has(steps[index - 1] ?? '') ? step : step.charAt(0).toUpperCase() + step.slice(1),
  )
}
