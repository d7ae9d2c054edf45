import {keptKinds} from '../prove/judge.js'
import {provedKinds} from '../prove/kinds.js'
import {lookAt} from '../prove/look.js'
import type {Step} from '../step.js'
import type {TeardownContext} from './context.js'
import {hadByStacks} from './had-by-stacks.js'
import {allTagged} from './list-tagged.js'
import {unlessRefused} from './refused.js'

const kinds = provedKinds.filter(({kind}) => keptKinds.includes(kind))

/** With --delete-snapshots: deletes what is kept of the environment's databases, for good. */
export function deleteSnapshots(): Step<TeardownContext> {
  return {
    id: 'delete-snapshots',
    title: 'Delete snapshots and backups of the database',
    skip: ({deleteSnapshots}) => (deleteSnapshots ? undefined : 'not asked for (--delete-snapshots)'),
    async run(context, {tell}) {
      const {aws, cleaned} = context
      const lineage = await hadByStacks(context)
      // Noted where the proof looks for itself.
      const tagged = await allTagged({...context, unknown: []})
      const looked = await lookAt(context, kinds, {lineage, tagged}, () => {})
      for (const {existing} of looked.flatMap(({found}) => found)) {
        const {kind, name} = existing
        const isGone = await unlessRefused(
          async () => {
            if (kind === 'rds:cluster-snapshot') await aws.snapshots.delete(name)
            else await aws.snapshots.deleteBackup(name)
            return true
          },
          reason => tell({kind: 'note', text: `${kind} ${name} stays: ${reason}`}),
        )
        if (!isGone) continue
        cleaned.push({kind, name})
        tell({kind: 'note', text: `Deleted ${kind} ${name}, as --delete-snapshots asked`})
      }
    },
  }
}
