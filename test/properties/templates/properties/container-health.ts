import {located, type Property, placeOf, tooFew} from '../property.js'
import {type Container, containersIn} from '../tasks.js'

/**
 * Seconds before failures count, where Terraform v1.0.7 has them too. Keycloak's own 60 would stop it in the middle of
 * its first start, which fills the database, and the registry's 60 while its start script still waits for it.
 */
const startPeriods: Readonly<Record<string, number>> = {
  'auth-server': 60,
  registry: 180,
  keycloak: 300,
  currenttime: 30,
  mcpgw: 30,
  realserverfaketools: 30,
  'flight-booking-agent': 60,
  'travel-assistant-agent': 60,
}

const fields = ['Command', 'Interval', 'Timeout', 'Retries', 'StartPeriod'] as const

/**
 * Property 3. A container that only prepares the others needs none: it has ended when they start, and they start only
 * if it succeeded.
 */
export const containerHealth: Property = {
  id: 'container-health',
  title: 'every container has a health check with command, interval, timeout, retries and start period',
  violations({deployed}) {
    const all = containersIn(deployed)
    const lasting = all.filter(container => !prepares(container, all))
    return [
      ...tooFew(lasting, 8, 'lasting containers'),
      ...lasting.flatMap(container => {
        const place = `${placeOf(container.definition)} container ${container.properties.Name}`
        return located(place, judge(container))
      }),
    ]
  },
}

function prepares({definition, properties}: Container, all: readonly Container[]): boolean {
  const waiting = all.filter(
    other => other.definition === definition && other.properties.Name !== properties.Name,
  )
  const isAwaited = ({properties: other}: Container) =>
    (other.DependsOn ?? []).some(
      (need: {ContainerName: string; Condition: string}) =>
        need.ContainerName === properties.Name && need.Condition === 'SUCCESS',
    )
  return properties.Essential === false && waiting.length > 0 && waiting.every(isAwaited)
}

function judge({service, properties}: Container): (string | false)[] {
  const {HealthCheck: check = {}, PortMappings: mappings = []} = properties
  const [kind, ...words] = [check.Command ?? []].flat()
  const ports: string[] = mappings.map(({ContainerPort: port}: {ContainerPort: unknown}) => String(port))
  const expected = {Interval: 30, Timeout: 5, Retries: 3, StartPeriod: startPeriods[service]}
  return [
    ...fields.map(field => check[field] === undefined && `its health check has no ${field}`),
    !['CMD', 'CMD-SHELL'].includes(kind) && `its health check command begins with ${kind}`,
    // Such as "exit 0", which is always healthy, or the port of another service.
    !asks(words.join(' '), ports) && `its health check asks none of its ports ${ports.join(', ')}`,
    ...Object.entries(expected).map(
      ([field, value]) =>
        check[field] !== undefined &&
        String(check[field]) !== String(value) &&
        `${field} of its health check is ${check[field]}, not ${value}`,
    ),
  ]
}

function asks(command: string, ports: readonly string[]): boolean {
  const numbers = command.match(/\b\d{2,5}\b/g) ?? []
  return numbers.some(number => ports.includes(number))
}
