import type {StackResource} from '../../../aws/stack-data.js'
import {isDeleted} from '../../../aws/stack-status.js'
import {McpgwError} from '../../../errors.js'
import type {TeardownContext} from '../context.js'
import {type HeadStartPlan, headStartKinds, type PlannedHeadStart} from './kinds.js'

const clusterType = 'AWS::RDS::DBCluster'

/**
 * What of the chosen kinds can be begun: only what the stacks own and what goes with them, no database that is protected or of
 * which a last snapshot is wanted, and nothing where a deletion may be called off, or where nobody knows what is to stay.
 */
export async function planHeadStarts(context: TeardownContext): Promise<HeadStartPlan> {
  const {headStarts: chosen, importsAreKnown, forecast, inventory = []} = context
  const nothing = (why: string) => ({begins: [], notes: [`No head start: ${why}`]})
  if (chosen.size === 0) return {begins: [], notes: []}
  if (!importsAreKnown) return nothing('whether other stacks import from these cannot be told')
  if (forecast === undefined) return nothing('what the stacks are to keep cannot be told')
  const staying = new Set(forecast.stays.map(({logicalId}) => logicalId))
  const all = inventory.flatMap(({label, resources}) => resources.map(resource => ({...resource, label})))
  const going = all.filter(
    ({physicalId, logicalId, status}) => physicalId !== '' && !isDeleted(status) && !staying.has(logicalId),
  )
  const keeps = forecast.stays.some(({type}) => type === clusterType)
    ? 'a last snapshot of it is wanted'
    : await protection(context, all)
  const planned = headStartKinds
    .filter(({name}) => chosen.has(name))
    .filter(({isLeftToExpress}) => !(context.express && isLeftToExpress))
    .map(kind => ({kind, resources: going.filter(({type}) => type === kind.type)}))
    .filter(({resources}) => resources.length > 0)
  const isLeft = ({kind}: PlannedHeadStart) => keeps !== undefined && kind.holdsData === true
  const left = planned.filter(isLeft)
  const isNested = inventory.some(({label}) => label === 'main')
  const begun = planned.filter(each => !isLeft(each))
  return {
    begins: begun.filter(({kind: {onlyBeside = ''}}) => {
      // Stacks of their own are deleted one after the other: CloudFormation comes to each as soon as its head starts do.
      const isBeside = isNested && begun.some(({kind}) => kind.name === onlyBeside)
      return isBeside || !chosen.has(onlyBeside)
    }),
    notes: left.length === 0 ? [] : [`No head start of the database: ${keeps}`],
  }
}

/** Why a database has to stay until CloudFormation comes to it. One that cannot be looked at counts as protected. */
async function protection(
  {aws, protections = []}: TeardownContext,
  resources: readonly StackResource[],
): Promise<string | undefined> {
  const clusters = resources.filter(
    ({type, physicalId, status}) => type === clusterType && physicalId !== '' && !isDeleted(status),
  )
  try {
    // What is to be lifted is not in the way; whether it was is seen when the deletion has begun.
    const lifted = new Set(protections.map(({id}) => id))
    const others = clusters.filter(({physicalId}) => !lifted.has(physicalId))
    const found = await Promise.all(others.map(({physicalId}) => aws.headStarts.cluster(physicalId)))
    return found.some(cluster => cluster?.isProtected) ? 'it is protected against deletion' : undefined
  } catch (error) {
    if (error instanceof McpgwError) return 'whether it is protected against deletion cannot be told'
    throw error
  }
}
