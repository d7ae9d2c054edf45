import {services} from '../../environment/services.js'
import type {Step} from '../step.js'
import type {DeployContext} from './context.js'

/**
 * Restarts the registry once when it could not see the mcpgw server: with Service Connect a task resolves only
 * the endpoints that existed when it started, and the services start side by side.
 */
export function restartRegistry(): Step<DeployContext> {
  return {
    id: 'restart-registry',
    title: 'Let the registry see its servers',
    skip({operations}) {
      const isNew = [...operations.values()].some(
        operation => operation === 'create' || operation === 'attached',
      )
      return isNew ? undefined : 'only after a creation'
    },
    async run({aws, environment}, {tell}) {
      const registry = services.find(({key}) => key === 'registry')
      const mcpgw = services.find(({key}) => key === 'mcpgw')
      if (registry === undefined || mcpgw === undefined) return
      const cluster = registry.cluster(environment)
      const [endpoint] = await aws.containers.services(mcpgw.cluster(environment), [mcpgw.name(environment)])
      const tasks = await aws.containers.tasks(cluster, registry.name(environment))
      const existsSince = endpoint?.createdAt
      const isTooOld = (startedAt: number | undefined) =>
        existsSince !== undefined && startedAt !== undefined && startedAt < existsSince
      if (!tasks.some(({startedAt}) => isTooOld(startedAt))) return
      await aws.containers.restart(cluster, registry.name(environment))
      tell({kind: 'note', text: 'Restarted the registry: it had started before the mcpgw server existed'})
    },
  }
}
