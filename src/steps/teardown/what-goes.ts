import {isDeleted} from '../../aws/stack-status.js'
import type {BlockResult, StoppingCost, TeardownForecast} from '../../results.js'
import {costOf} from '../cost-of.js'
import type {TeardownContext} from './context.js'
import {leafCounts} from './inventory.js'

/** What the survey found, as a document: what would go, what is in the way, what stays, how long it takes, what it saves. */
export function whatGoes(context: TeardownContext): TeardownForecast {
  const {inventory = [], headStartPlan, forecast} = context
  return {
    stacks: leafCounts(inventory).map(({label, resources}) => ({stack: label, resources})),
    headStarts: (headStartPlan?.begins ?? []).map(({kind, resources}) => ({
      name: kind.name,
      resources: resources.map(({logicalId}) => logicalId),
    })),
    blocks: blocksOf(context),
    unchecked: context.unchecked ?? [],
    stays: forecast?.stays ?? [],
    seconds: forecast === undefined ? null : Math.round(forecast.timeline.seconds),
    path: (forecast?.timeline.path ?? []).map(({logicalId, type, seconds}) => ({
      ...{logicalId, type},
      seconds: Math.round(seconds * 10) / 10,
    })),
    stopsCosting: stopsCosting(context),
  }
}

function blocksOf(context: TeardownContext): BlockResult[] {
  const {foreign = [], deleteForeign, leftovers = []} = context
  const {protections = [], liftProtection, standaloneTasks = []} = context
  return [
    ...protections.map(({kind, name, command}) => ({
      ...{kind, name, cleared: liftProtection, command},
      reason: liftProtection
        ? 'It is protected against deletion; --lift-protection lifts that.'
        : 'It is protected against deletion, and the teardown is refused without --lift-protection.',
    })),
    ...standaloneTasks.map(({arn, cluster, group}) => ({
      ...{kind: 'ecs:task', name: `${cluster}/${arn.slice(arn.lastIndexOf('/') + 1)}`},
      ...{cleared: true, command: null},
      reason: `No service has started it (${group}), and its cluster cannot go while it runs: it is stopped.`,
    })),
    ...leftovers.map(({kind, name}) => ({
      ...{kind, name, cleared: true, command: null},
      reason: 'An update could not delete it: it is deleted with the stacks.',
    })),
    ...foreign.map(({kind, id, owner, isPlumbing, command}) => ({
      ...{kind, name: id, cleared: deleteForeign && isPlumbing, command},
      reason: `It belongs to ${owner}, and lies in the environment's VPC, which stays with it.`,
    })),
  ]
}

/** By type; what stays goes on to cost what it does. */
function stopsCosting({inventory = [], forecast}: TeardownContext): StoppingCost[] {
  const staying = new Set(forecast?.stays.map(({logicalId}) => logicalId))
  const going = inventory
    .flatMap(({resources}) => resources)
    .filter(
      ({physicalId, status, logicalId}) => physicalId !== '' && !isDeleted(status) && !staying.has(logicalId),
    )
  const types = [...new Set(going.map(({type}) => type))]
  return types
    .flatMap(type => {
      const cost = costOf(type)
      const count = going.filter(each => each.type === type).length
      return cost === null || cost.usd === 0 ? [] : [{type, count, cost}]
    })
    .sort((a, b) => weightOf(b) - weightOf(a))
}

/** What costs by what is in it has no sum. */
function weightOf({count, cost}: StoppingCost): number {
  return cost.per === 'GiB and month' ? 0 : count * cost.usd
}
