import type {ContainerService} from '../../aws/containers.js'
import {type EnvironmentService, services} from '../../environment/services.js'
import type {Step, StepTools} from '../step.js'
import type {DeployContext} from './context.js'

/** Keycloak takes two minutes to start, and one more until its target is healthy. Of the clock. */
const longestMs = 10 * 60_000
const lookMs = 10_000

/** What a Keycloak reads when it starts, and never again, by logical ids of the data stack. */
const readAtStart = new Set([
  'DatabaseSecret',
  'KeycloakDatabaseUrlParameter',
  'KeycloakDatabaseUsernameParameter',
])

/**
 * Who keeps what the database held, in the order in which they have to let go of it: Keycloak makes its schema and its
 * administrator only when it starts, and the auth server goes on with the keys of the realm that is lost.
 */
const keepers = ['keycloak', 'auth-server'] as const

/**
 * Starts anew what still works with a database that was replaced, or with a user or password of it that was changed: its
 * tasks were deployed before that. What was deployed after it is left alone, so that another run finds nothing to do.
 */
export function followDatabase(): Step<DeployContext> {
  return {
    id: 'follow-database',
    title: 'Restart services after a database change',
    skip: ({existingStacks = []}) => (existingStacks.length === 0 ? 'everything is new' : undefined),
    async run(context, tools) {
      const {aws, environment} = context
      const madeAt = await aws.databases.madeAt(environment)
      for (const key of keepers) {
        const keeper = services.find(service => service.key === key)
        if (keeper === undefined) continue
        const [found] = await aws.containers.services(keeper.cluster(environment), [keeper.name(environment)])
        const why = found && reasonFor(context, key, found, madeAt)
        if (why !== undefined) await restart(context, keeper, why, tools)
      }
    },
  }
}

function reasonFor(
  {record}: DeployContext,
  key: (typeof keepers)[number],
  {status, desired, deployedAt}: ContainerService,
  madeAt: number | undefined,
): string | undefined {
  if (status !== 'ACTIVE' || desired === 0 || deployedAt === undefined) return undefined
  if (madeAt !== undefined && deployedAt < madeAt) return 'the database is another one'
  const isChanged = record.events.some(
    ({logicalId, status, at}) =>
      readAtStart.has(logicalId) && status === 'UPDATE_COMPLETE' && at > deployedAt,
  )
  return key === 'keycloak' && isChanged
    ? 'what it reads about the database at its start has changed'
    : undefined
}

/** Waits for the roll-out: a realm that is made meanwhile may be made in the old database. */
async function restart(
  {aws, environment, clock}: DeployContext,
  service: EnvironmentService,
  why: string,
  {tell, signal}: StepTools,
): Promise<void> {
  const [cluster, name] = [service.cluster(environment), service.name(environment)]
  await aws.containers.restart(cluster, name)
  tell({kind: 'note', text: `Restarted ${name}: ${why}`})
  for (let left = longestMs; left > 0; left -= lookMs) {
    await clock.sleep(lookMs, signal)
    const [now] = await aws.containers.services(cluster, [name])
    if (now === undefined || !isRolling(now)) return
  }
}

function isRolling({status, deployments, rollout}: ContainerService): boolean {
  return status === 'ACTIVE' && rollout !== 'FAILED' && (deployments > 1 || rollout === 'IN_PROGRESS')
}
