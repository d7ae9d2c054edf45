import {tasksOf} from '../../../../resources/ecs-services.js'
import {containersOfTask, upSince} from '../../task-containers.js'
import {isBroken} from '../broken-links.js'
import type {RunningContainer} from '../container-app.js'
import {connectedService} from '../reach.js'

/** An MCP server that the registry of v1.0.7 knows and has switched on. */
export interface ShippedServer {
  name: string
  description: string
  /** Of Service Connect; what has no service here never gets healthy. */
  host: string
  port: number
}

/** Source: registry/servers of v1.0.7. */
export const shippedServers: readonly ShippedServer[] = [
  {name: 'atlassian', description: 'Atlassian', host: 'atlassian-server', port: 8005},
  {name: 'currenttime', description: 'Current Time API', host: 'currenttime-server', port: 8000},
  {name: 'fininfo', description: 'Financial Info Proxy', host: 'fininfo-server', port: 8001},
  {name: 'mcpgw', description: 'MCP Gateway Tools', host: 'mcpgw-server', port: 8003},
  {
    name: 'realserverfaketools',
    description: 'Real Server Fake Tools',
    host: 'realserverfaketools-server',
    port: 8002,
  },
  {name: 'sre-gateway', description: 'SRE Gateway', host: 'sre-gateway', port: 443},
]

/** Seconds between two checks unless HEALTH_CHECK_INTERVAL_SECONDS says otherwise. Source: registry/core/config.py. */
const intervalSeconds = 300

/**
 * Whether nginx has a route to a server: the server passed the latest health check of the registry's task. The registry
 * checks when it is up, and then at intervals.
 */
export function hasRoute(container: RunningContainer, server: ShippedServer): boolean {
  const {world, region, task, environment} = container
  const connected = connectedService(world, region, task, {name: server.host, port: server.port})
  const own = upSince(world, task, container.image)
  if (!connected || own === undefined || world.now < own) return false
  const given = Number(environment.HEALTH_CHECK_INTERVAL_SECONDS)
  const interval = (given > 0 ? given : intervalSeconds) * 1000
  const lastCheck = own + Math.floor((world.now - own) / interval) * interval
  return tasksOf(region, connected.service).some(each => {
    const image = containersOfTask(world, region, each).find(({ports}) =>
      ports.includes(connected.port),
    )?.image
    const since = image === undefined ? undefined : upSince(world, each, image)
    const wasUp = since !== undefined && since <= lastCheck && (each.stoppingAt ?? Infinity) > lastCheck
    return wasUp && !isBroken({world, region, task: each}, 'no-route')
  })
}
