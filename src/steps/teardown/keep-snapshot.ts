import {awsCommand, shell} from '../../aws/command-line.js'
import {failed, refused} from '../../errors.js'
import type {Step, StepTools} from '../step.js'
import type {TeardownContext} from './context.js'

/** Of the clock: a snapshot of a small cluster takes two or three minutes. */
const pollMs = 10_000

/** Of a snapshot under the environment's own key, which is deleted when its copy is there. */
const underOwnKey = '-own-key'

/**
 * With --keep-snapshot: takes a snapshot of the database and waits for it before anything is deleted. The key of the
 * environment goes with its stacks, and a snapshot is worth nothing without its key: what is kept is a copy under the key of
 * RDS itself.
 */
export function keepSnapshot(): Step<TeardownContext> {
  return {
    id: 'keep-snapshot',
    title: 'Keep a snapshot of the database',
    skip: ({keepSnapshot}) => (keepSnapshot ? undefined : 'not asked for (--keep-snapshot)'),
    async run(context, tools) {
      const {aws, environment} = context
      const clusters = await aws.snapshots.clustersOf(environment)
      const before = await aws.snapshots.of(environment)
      const kept = before.filter(({name, status}) => isKept(name) && status === 'available')
      if (clusters.length === 0) {
        if (kept.length === 0) throw nothingToKeep(context)
        const text = `The database is gone already; snapshot ${kept.map(({name}) => name).join(', ')} keeps it`
        tools.tell({kind: 'note', text})
        return
      }
      for (const [index, cluster] of clusters.entries()) await keep(context, cluster, index, tools)
      // What an earlier run has left that was stopped meanwhile.
      const rest = (await aws.snapshots.of(environment)).filter(({name}) => !isKept(name))
      for (const {name} of rest.filter(({name}) => name.endsWith(underOwnKey)))
        await aws.snapshots.delete(name)
    },
  }
}

function isKept(name: string): boolean {
  return /-keycloak-kept-/.test(name) && !name.endsWith(underOwnKey)
}

async function keep(
  context: TeardownContext,
  cluster: string,
  index: number,
  tools: StepTools,
): Promise<void> {
  const {aws, environment, clock} = context
  const at = new Date(clock.now()).toISOString().replace(/\D/g, '').slice(0, 14)
  const name = `${environment}-keycloak-kept-${at}${index === 0 ? '' : `-${index}`}`
  const own = `${name}${underOwnKey}`
  tools.tell({kind: 'note', text: `Taking a snapshot of ${cluster}; nothing is deleted before it is there`})
  await aws.snapshots.take(cluster, own, environment)
  await available(context, own, tools)
  await aws.snapshots.copy(own, name, environment)
  const {size} = await available(context, name, tools)
  await aws.snapshots.delete(own)
  const deletion = shell`rds delete-db-cluster-snapshot --db-cluster-snapshot-identifier ${name}`
  tools.tell({
    kind: 'note',
    text: `Snapshot ${name} (${size} GiB) is there, under the key of RDS itself. It costs about 0.021 USD a GiB and month until you delete it: ${awsCommand(aws, deletion)}`,
  })
}

async function available({aws, environment, clock}: TeardownContext, name: string, {signal}: StepTools) {
  for (;;) {
    const found = (await aws.snapshots.of(environment)).find(snapshot => snapshot.name === name)
    if (found?.status === 'available') return found
    if (found === undefined || found.status === 'failed') {
      throw failed(
        'SNAPSHOT_FAILED',
        `Snapshot ${name} of the database was not created (${found?.status ?? 'it is not listed'}). Nothing was deleted.`,
        {hint: 'Run the command again, or without --keep-snapshot if the database may go.', resource: name},
      )
    }
    await clock.sleep(pollMs, signal)
  }
}

function nothingToKeep({environment, aws, commandLine}: TeardownContext) {
  return refused(
    'NO_DATABASE_TO_KEEP',
    `Environment ${environment} has no database cluster in region ${aws.region}, so that no snapshot can be taken. Nothing was deleted.`,
    `Run \`${commandLine('teardown').replace(' --keep-snapshot', '')}\` if the rest is to go.`,
  )
}
