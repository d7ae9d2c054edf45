import type {StayingResult} from '../../results.js'
import type {PlannedStack} from './planned-stacks.js'

/**
 * What a deletion leaves, by the deletion policies.
 * Source: CloudFormation template reference, "DeletionPolicy attribute": RetainExceptOnCreate keeps a resource in every
 * deletion but that of a failed creation.
 */
export function staying(stacks: readonly PlannedStack[]): StayingResult[] {
  return stacks.flatMap(({name, resources}) =>
    resources.flatMap(({logicalId, declaration: {type, deletionPolicy}}) => {
      const what = whatStays(deletionPolicy)
      return what === undefined ? [] : [{stack: name, logicalId, type, what}]
    }),
  )
}

function whatStays(deletionPolicy = 'Delete'): StayingResult['what'] | undefined {
  if (deletionPolicy === 'Snapshot') return 'snapshot'
  return deletionPolicy.startsWith('Retain') ? 'resource' : undefined
}
