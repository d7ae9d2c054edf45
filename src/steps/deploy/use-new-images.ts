import {services} from '../../environment/services.js'
import type {Step} from '../step.js'
import type {DeployContext} from './context.js'

/** The resource of the compute stack that has the images made, or goes back to ones that are still there. */
const imagesType = 'Custom::ContainerImages'

/**
 * Restarts every service with a task that is older than its images: a build pushes under the same tag, so that the
 * task definitions, and with them the services, do not notice it by themselves.
 */
export function useNewImages(): Step<DeployContext> {
  return {
    id: 'use-new-images',
    title: 'Roll out the new images',
    skip(context) {
      return changedAt(context) === undefined ? 'no new images' : undefined
    },
    async run(context, {tell}) {
      const {aws, environment} = context
      const since = changedAt(context) ?? 0
      const restarted: string[] = []
      for (const service of services) {
        const [cluster, name] = [service.cluster(environment), service.name(environment)]
        const tasks = await aws.containers.tasks(cluster, name)
        if (!tasks.some(({startedAt}) => startedAt !== undefined && startedAt < since)) continue
        await aws.containers.restart(cluster, name)
        restarted.push(name)
      }
      if (restarted.length > 0)
        tell({kind: 'note', text: `Restarted for the new images: ${restarted.join(', ')}`})
    },
  }
}

/** When the tag moved in this run, epoch ms: a build ended, or the images of an earlier one were taken again. */
function changedAt({build, record}: DeployContext): number | undefined {
  if (build !== undefined) return build.status === 'SUCCEEDED' ? build.endedAt : undefined
  return record.events.findLast(({type, status}) => type === imagesType && status === 'UPDATE_COMPLETE')?.at
}
