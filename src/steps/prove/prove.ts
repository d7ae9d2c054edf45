import {awsCommand} from '../../aws/command-line.js'
import type {TaggedResource} from '../../aws/tagged-resources.js'
import type {Pending} from '../../results.js'
import type {Step} from '../step.js'
import type {Left, TeardownContext} from '../teardown/context.js'
import {createdAgain} from '../teardown/created-again.js'
import {allTagged} from '../teardown/list-tagged.js'
import {unlessRefused} from '../teardown/refused.js'
import {skippedResources} from '../teardown/skipped-resources.js'
import {judge} from './judge.js'
import {provedKinds} from './kinds.js'
import {type Lineage, lineageOf, liveStacks} from './lineage.js'
import {type LookedAt, lookAt} from './look.js'
import {isRead, onlyTagged} from './unlisted.js'

/** Of the clock: some deletions end in the background, and the tagging service lists what was deleted a little longer. */
const [firstPollMs, longestPollMs] = [10_000, 60_000]
const patienceMs = 3 * 60_000

/** Of an entry about the stacks of the environment. */
const stacksKind = 'cloudformation:stack'

/** One look at the account. */
interface Look {
  readonly lineage: Lineage
  readonly tagged: readonly TaggedResource[]
  readonly looked: readonly LookedAt[]
  readonly left: readonly Left[]
  readonly pending: readonly Pending[]
}

/**
 * Asks every service afresh what there is of the environment: by its tag, by the stacks that it had, and by its names.
 * Whatever is left is named with what deletes it, and so is what AWS does not show.
 * @param options.waits whether what is being deleted is waited for, some minutes
 */
export function prove({waits}: {readonly waits: boolean}): Step<TeardownContext> {
  return {
    id: 'prove',
    title: 'Check that nothing remains',
    async run(context, {tell, signal}) {
      const {clock, remaining, unknown} = context
      const told = [...unknown]
      const deadline = clock.now() + (waits ? patienceMs : 0)
      let look: Look | undefined
      for (let pollMs = firstPollMs; ; pollMs = Math.min(2 * pollMs, longestPollMs)) {
        unknown.splice(0, unknown.length, ...told)
        look = await lookAround(context, look)
        if (look.left.length === 0) break
        const again = await createdAgain(context)
        if (again.length > 0 && waits) {
          remaining.push(...again.map(({stack}) => madeAgain(context, stack)))
          break
        }
        if (look.left.every(({kept}) => kept) || clock.now() >= deadline) {
          const known = new Set([...remaining, ...unknown].map(({kind, name}) => `${kind} ${name}`))
          remaining.push(...look.left.filter(({kind, name}) => !known.has(`${kind} ${name}`)))
          break
        }
        await clock.sleep(pollMs, signal)
      }
      forgetClaims(context, look.left)
      // A look that AWS interrupted is repeated, and says the same.
      const all = [...unknown, ...skippedResources(context, look.tagged)]
      const once = new Map(all.map(entry => [`${entry.kind} ${entry.name}`, entry]))
      unknown.splice(0, unknown.length, ...once.values())
      context.proof = {
        at: new Date(clock.now()).toISOString(),
        certified: unknown.length === 0 && remaining.every(({kept}) => kept),
        stacks: look.lineage.stacks.map(({name, id, status}) => ({name, id, status})),
        lookedFor: look.looked.map(({kind, action, listed, found}) => ({
          kind,
          action,
          listed,
          found: found.length,
        })),
        pending: look.pending,
      }
      for (const {kind, name} of remaining) tell({kind: 'note', text: `Remains: ${kind} ${name}`})
      for (const {kind, name} of unknown) tell({kind: 'note', text: `Cannot be told: ${kind} ${name}`})
    },
  }
}

/** What is there was not removed, whatever was answered when its deletion was asked for. */
function forgetClaims({cleaned}: TeardownContext, left: readonly Left[]): void {
  const there = left.flatMap(({kind, name}) => [`${kind} ${name}`, `${kind.replace(/^[^:]*:/, '')} ${name}`])
  const kept = cleaned.filter(({kind, name}) => !there.includes(`${kind} ${name}`))
  cleaned.splice(0, cleaned.length, ...kept)
}

/** All kinds at first, and then those of which something was left. */
async function lookAround(context: TeardownContext, before: Look | undefined): Promise<Look> {
  const {unknown} = context
  const leftKinds = new Set(before?.left.map(({kind}) => kind))
  const kinds = before === undefined ? provedKinds : provedKinds.filter(({kind}) => leftKinds.has(kind))
  const [lineage, tagged] = await Promise.all([
    before?.lineage ?? lineageUnlessRefused(context),
    before === undefined || [...leftKinds].some(kind => !isRead(kind)) ? allTagged(context) : before.tagged,
  ])
  const fresh = await lookAt(context, kinds, {lineage, tagged}, entry => unknown.push(entry))
  const others = (before?.looked ?? []).filter(({kind}) => !leftKinds.has(kind))
  const looked = provedKinds.flatMap(({kind}) => [...fresh, ...others].find(each => each.kind === kind) ?? [])
  const {left, pending} = await judge(
    context,
    looked.flatMap(({found}) => found),
    lineage,
  )
  const stacks = liveStacks(lineage).filter(({rootId}) => rootId === undefined)
  return {
    ...{lineage, tagged, looked, pending},
    left: [
      ...stacks.map(stack => stillThere(context, stack)),
      ...left,
      ...(await onlyTagged(context, tagged, lineage)),
    ],
  }
}

/** Without the right to list stacks nobody knows what the deleted ones had. */
async function lineageUnlessRefused(context: TeardownContext): Promise<Lineage> {
  const found = await unlessRefused(
    () => lineageOf(context),
    reason =>
      context.unknown.push({
        kind: stacksKind,
        name: 'deleted stacks',
        reason: `What the environment's stacks had could not be read: ${reason}`,
        command: awsCommand(context.aws, 'cloudformation list-stacks'),
      }),
  )
  return found ?? {stacks: [], resources: [], leftOnPurpose: new Set()}
}

function stillThere({commandLine}: TeardownContext, {name, status}: {name: string; status: string}): Left {
  const reason = `The stack exists; it is in ${status}.`
  return {
    ...{kind: stacksKind, name, reason, kept: false, command: commandLine('teardown')},
    owner: 'the environment',
  }
}

/** What is tagged belongs to it by now, or cannot be told from what does. */
function madeAgain({commandLine}: TeardownContext, {name, status}: {name: string; status: string}): Left {
  const reason = `Someone has started to create the environment again; the stack is in ${status}.`
  return {
    ...{kind: stacksKind, name, reason, kept: false, command: commandLine('teardown')},
    owner: 'the environment',
  }
}
