import {services} from '../../environment/services.js'
import type {Step} from '../step.js'
import type {DeployContext} from './context.js'

/**
 * Restarts every service with a task that is older than the images: a build pushes under the same tag, so that the
 * task definitions, and with them the services, do not notice it by themselves.
 */
export function useNewImages(): Step<DeployContext> {
  return {
    id: 'use-new-images',
    title: 'Let the services use the new images',
    skip({build}) {
      return build?.status === 'SUCCEEDED' && build.endedAt !== undefined ? undefined : 'no new images'
    },
    async run({aws, environment, build}, {tell}) {
      const builtAt = build?.endedAt ?? 0
      const restarted: string[] = []
      for (const service of services) {
        const [cluster, name] = [service.cluster(environment), service.name(environment)]
        const tasks = await aws.containers.tasks(cluster, name)
        if (!tasks.some(({startedAt}) => startedAt !== undefined && startedAt < builtAt)) continue
        await aws.containers.restart(cluster, name)
        restarted.push(name)
      }
      if (restarted.length > 0)
        tell({kind: 'note', text: `Restarted for the new images: ${restarted.join(', ')}`})
    },
  }
}
