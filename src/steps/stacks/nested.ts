import {stackNameOf} from '../../aws/arn.js'
import type {StackDescription} from '../../aws/stack-data.js'
import type {Stacks} from '../../aws/stacks.js'
import {type ChildStack, childStacks, type StackKey} from '../../environment/stacks.js'
import {actionsFor, type StackActions} from './stack-actions.js'

/** One of the stacks nested in a root, as that stack itself says. */
export interface NestedStack {
  readonly key: StackKey
  readonly logicalId: ChildStack['logicalId']
  /** Its ARN; empty where the root has no such resource, or one that was never made. */
  readonly id: string
  /** As AWS named it; the logical id where it was never made. */
  readonly name: string
  /** Of DescribeStacks; `DELETE_COMPLETE` when somebody deleted it, `ABSENT` when it was never made. */
  readonly status: string
  /** Of the resource in the root, which is as old as the root's last operation; empty where there is none, or it was not read. */
  readonly resourceStatus: string
  /** Undefined where it was never made, or deleted so long ago (90 days) that AWS has forgotten it. */
  readonly stack: StackDescription | undefined
}

/** A nested stack that exists, or existed: by its id AWS tells of it. */
export type ExistingNested = NestedStack & {readonly stack: StackDescription}

const nestedType = 'AWS::CloudFormation::Stack'

/**
 * The four nested stacks of a root in the order of creation, the deleted ones too. Each is asked by its ARN, because
 * the root's resource of it does not change when somebody works on the nested stack alone (CloudFormation User Guide,
 * "Working with nested stacks": operations are to begin at the root, but nothing keeps anybody from the others).
 * One ListStackResources, and one DescribeStacks each, at the same time.
 */
export async function nestedStacks(
  stacks: Pick<Stacks, 'describe' | 'resources'>,
  rootId: string,
): Promise<readonly NestedStack[]> {
  const resources = (await stacks.resources(rootId)).filter(({type}) => type === nestedType)
  return Promise.all(
    childStacks.map(async ({key, logicalId}): Promise<NestedStack> => {
      const resource = resources.find(candidate => candidate.logicalId === logicalId)
      const {physicalId: id = '', status: resourceStatus = ''} = resource ?? {}
      if (id === '')
        return {key, logicalId, id, name: logicalId, status: 'ABSENT', resourceStatus, stack: undefined}
      const stack = await stacks.describe(id)
      const status = stack?.status ?? 'DELETE_COMPLETE'
      return {key, logicalId, id, name: stack?.name ?? stackNameOf(id), status, resourceStatus, stack}
    }),
  )
}

/**
 * The same from all stacks of the region; undefined where one of the four is not among them: what became of that one only
 * its root can tell. CloudFormation names a nested stack `ROOT-LOGICALID-RANDOM`.
 */
export function nestedAmong(
  all: readonly StackDescription[],
  root: Pick<StackDescription, 'id' | 'name'>,
): readonly NestedStack[] | undefined {
  const children = all.filter(({parentId}) => parentId === root.id)
  const found = childStacks.flatMap(({key, logicalId}): NestedStack[] => {
    const stack = children.find(({name}) => name.startsWith(`${root.name}-${logicalId}-`))
    if (stack === undefined) return []
    const {id, name, status} = stack
    return [{key, logicalId, id, name, status, resourceStatus: '', stack}]
  })
  return found.length === childStacks.length ? found : undefined
}

/** Those that exist, by one call where all stacks of the region fit into an answer. */
export async function nestedAtOnce(
  stacks: Pick<Stacks, 'describe' | 'resources' | 'atOnce'>,
  root: Pick<StackDescription, 'id' | 'name'>,
): Promise<readonly NestedStack[]> {
  const all = await stacks.atOnce()
  return (all && nestedAmong(all, root)) ?? nestedStacks(stacks, root.id)
}

/** What keeps a nested stack from being well: it is being worked on, has failed, or does not exist. */
export function troubleOf({
  status,
}: Pick<NestedStack, 'status'>): Exclude<StackActions['verify'], 'check'> | undefined {
  const word = actionsFor(status).verify
  return word === 'check' ? undefined : word
}

/** A nested stack on which somebody works, apart from its root. */
export function isBusy(nested: NestedStack): nested is ExistingNested {
  return nested.stack !== undefined && troubleOf(nested) === 'busy'
}
