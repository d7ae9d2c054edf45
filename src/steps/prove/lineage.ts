import type {StackEntry, StackResource} from '../../aws/stack-data.js'
import {isDeleted, isSkipped} from '../../aws/stack-status.js'
import {individualStackName, rootStackName} from '../../environment/names.js'
import {childStacks} from '../../environment/stacks.js'
import {parseTemplate} from '../../template/index.js'
import {isOurs} from '../stacks/existing-stacks.js'
import {isUnproved} from '../stacks/express.js'
import type {TeardownContext} from '../teardown/context.js'
import {unlessRefused} from '../teardown/refused.js'

/** One thing that a stack of the environment has, or had. */
export interface LineageResource {
  readonly logicalId: string
  readonly type: string
  readonly physicalId: string
  readonly status: string
  readonly reason?: string | undefined
  readonly stack: StackEntry
}

/** The stacks that an environment has and had, as far back as AWS tells, and what was in them. */
export interface Lineage {
  readonly stacks: readonly StackEntry[]
  readonly resources: readonly LineageResource[]
  /** Physical ids of what CloudFormation left in place because it was to. */
  readonly leftOnPurpose: ReadonlySet<string>
}

type Context = Pick<TeardownContext, 'aws' | 'environment' | 'record' | 'inventory'>

/**
 * Reads the stacks of an environment, those too that are gone: AWS keeps them for 90 days. What an update replaced is in the
 * events alone, and what this run has seen go is known. Whose a stack is, its tag says, not its name.
 * Source: CloudFormation API reference, ListStacks, ListStackResources, DescribeStackEvents.
 */
export async function lineageOf(context: Context): Promise<Lineage> {
  const {aws, environment, record} = context
  const all = await aws.stacks.list()
  const names = new Set([
    rootStackName(environment),
    ...childStacks.map(({key}) => individualStackName(environment, key)),
  ])
  const candidates = all.filter(({name, rootId}) => rootId === undefined && names.has(name))
  const roots = await filtered(candidates, async ({id}) => {
    const stack = await aws.stacks.describe(id)
    return stack !== undefined && isOurs(stack, environment)
  })
  const ids = new Set(roots.map(({id}) => id))
  const stacks = [...roots, ...all.filter(({rootId}) => rootId !== undefined && ids.has(rootId))]
  const known = await Promise.all(stacks.map(stack => resourcesIn(context, stack)))
  const byId = new Map(stacks.map(stack => [stack.id, stack]))
  const seen = record.events.flatMap(({logicalId, type, physicalId, status, reason, stackId}) => {
    const stack = byId.get(stackId)
    return stack === undefined || physicalId === ''
      ? []
      : [{logicalId, type, physicalId, status, reason, stack}]
  })
  const resources = [...known.flat(), ...seen]
  return {stacks, resources, leftOnPurpose: await leftOnPurpose(context, resources)}
}

async function resourcesIn(context: Context, stack: StackEntry): Promise<readonly LineageResource[]> {
  const {aws, inventory = []} = context
  const held = inventory.find(({id}) => id === stack.id)?.resources
  const [now, events] = await Promise.all([
    held === undefined ? aws.stacks.resources(stack.id) : [],
    isKnownWhole(context, stack, held) ? [] : aws.stacks.newEvents(stack.id, {seen: new Set(), since: 0}),
  ])
  const current = new Set(now.map(({type, physicalId}) => `${type} ${physicalId}`))
  const told = events.filter(({type, physicalId}) => !current.has(`${type} ${physicalId}`))
  // What this run found in the stack is older than its events: they have the last word.
  const found = [...(held ?? []), ...told, ...now].filter(
    ({physicalId}) => physicalId !== '' && physicalId !== stack.id,
  )
  // The last word of each.
  const byId = new Map(found.map(each => [`${each.type} ${each.physicalId}`, each]))
  return [...byId.values()].map(({logicalId, type, physicalId, status, reason}) => ({
    ...{logicalId, type, physicalId, status, reason, stack},
  }))
}

/**
 * Whether this run has seen all that was ever in a stack: it held what its creation had made and nothing had changed since,
 * and its deletion was followed to the end.
 */
function isKnownWhole(
  {record}: Context,
  {id, updatedAt}: StackEntry,
  held: readonly StackResource[] | undefined,
): boolean {
  if (updatedAt !== undefined || held === undefined) return false
  const end = record.stacks.find(each => each.id === id)
  return end !== undefined && isDeleted(end.status) && held.every(({status}) => status === 'CREATE_COMPLETE')
}

/** Those that exist now. */
export function liveStacks({stacks}: Lineage): readonly StackEntry[] {
  return stacks.filter(({status}) => !isDeleted(status))
}

/** Ids that CloudFormation says it has deleted; not what it only asked for, in express mode. */
export function deletedIds({resources}: Lineage): ReadonlySet<string> {
  const gone = resources.filter(each => isDeleted(each.status) && !isUnproved(each))
  return new Set(gone.map(({physicalId}) => physicalId))
}

/** What was skipped, but for what a forced deletion went without: of that only what its template retains was to stay. */
async function leftOnPurpose(
  context: Context,
  resources: readonly LineageResource[],
): Promise<ReadonlySet<string>> {
  const skipped = resources.filter(({status}) => isSkipped(status))
  const stacks = new Map(skipped.map(({stack}) => [stack.id, stack]))
  const retained = new Map<string, ReadonlySet<string>>()
  for (const stack of stacks.values())
    if (await isForced(context, stack)) retained.set(stack.id, await retainedBy(context, stack))
  const wanted = skipped.filter(({stack, logicalId}) => retained.get(stack.id)?.has(logicalId) ?? true)
  return new Set(wanted.map(({physicalId}) => physicalId))
}

/** By itself, or with the stack that it is nested in. Source: CloudFormation API reference, Stack, DeletionMode. */
async function isForced({aws}: Context, {id, rootId}: StackEntry): Promise<boolean> {
  const ids = rootId === undefined ? [id] : [id, rootId]
  const stacks = await Promise.all(ids.map(each => aws.stacks.describe(each)))
  return stacks.some(stack => stack?.isForced)
}

/** Logical ids that a stack's template keeps; none where it may not be read, so that nothing is taken for wanted. */
async function retainedBy({aws}: Context, {id}: StackEntry): Promise<ReadonlySet<string>> {
  const text = await unlessRefused(
    () => aws.stacks.template(id),
    () => undefined,
  )
  if (text === undefined) return new Set()
  const {resources} = parseTemplate(text)
  const kept = Object.entries(resources).filter(([, {deletionPolicy = ''}]) =>
    deletionPolicy.startsWith('Retain'),
  )
  return new Set(kept.map(([logicalId]) => logicalId))
}

async function filtered<T>(all: readonly T[], isWanted: (one: T) => Promise<boolean>): Promise<readonly T[]> {
  const answers = await Promise.all(all.map(isWanted))
  return all.filter((_, index) => answers[index])
}
