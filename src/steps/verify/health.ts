import {Sightings} from '../../aws/live/witness.js'
import {services} from '../../environment/services.js'
import {targetGroups} from '../../environment/target-groups.js'
import type {UnsteadyService} from '../../progress.js'
import type {Health, TargetGroupHealth} from '../../results.js'
import {unsteadyOf} from '../stacks/follow-services.js'
import {checkEndpoints} from './check-endpoints.js'
import {checkResources} from './check-resources.js'
import {checkServices} from './check-services.js'
import type {CheckTarget} from './check-target.js'
import {checkTargetGroups} from './check-target-groups.js'
import {checkLinks} from './links/check-links.js'
import type {Finding} from './problem.js'

/** One look at everything. */
export interface Look {
  health: Health
  /** The first thing that is wrong, in a line. */
  firstProblem: string | undefined
  /** Something is wrong, and nothing of it can heal by waiting. */
  isStuck: boolean
  /** Services that are there, but not as they should be. */
  unsteady: readonly UnsteadyService[]
}

/** Runs every check, whatever the others find. */
export async function checkHealth(target: CheckTarget): Promise<Health> {
  return (await lookAtHealth(target)).health
}

/** As `checkHealth`, and says whether looking again could help. */
export async function lookAtHealth(target: CheckTarget): Promise<Look> {
  const sightings = new Sightings()
  const [services, groups] = [checkServices(target, sightings), checkTargetGroups(target, sightings)]
  // What kept a check from its end is told by that check.
  const seen = Promise.allSettled([services, groups]).then(() => sightings)
  const [ofServices, ofGroups, ofEndpoints, ofLinks, ofResources] = await Promise.all([
    services,
    groups,
    checkEndpoints(target),
    target.links ? checkLinks(target) : [],
    target.stacks ? checkResources(target, target.stacks, seen) : {findings: [], looked: 0},
  ])
  const wrong = [...[...ofServices, ...ofGroups, ...ofEndpoints, ...ofLinks], ...ofResources.findings].filter(
    ({problem}) => problem !== undefined,
  )
  const [first] = wrong
  return {
    health: {
      healthy: wrong.length === 0,
      services: ofServices.map(({check}) => check),
      targetGroups: ofGroups.map(({check}) => check),
      endpoints: ofEndpoints.map(({check}) => check),
      links: ofLinks.map(({check}) => check),
      resources: ofResources.findings.map(({check}) => check),
      resourcesChecked: ofResources.looked,
    },
    firstProblem: first && `${first.check.name}: ${first.problem?.what}`,
    unsteady: ofServices
      .filter(({problem, service}) => problem !== undefined && service.status !== 'MISSING')
      .map(({service}) => unsteadyOf(service)),
    isStuck: wrong.length > 0 && !canHeal(target, ofServices, ofGroups, [...ofEndpoints, ...ofLinks]),
  }
}

/** Whether anything wrong may heal by waiting: not what is permanent, nor what only follows from it. */
function canHeal(
  {environment}: CheckTarget,
  ofServices: readonly Finding<{name: string}>[],
  ofGroups: readonly Finding<TargetGroupHealth>[],
  fromOutside: readonly Finding<unknown>[],
): boolean {
  const isTransient = ({problem}: Finding<unknown>) => problem !== undefined && !problem.permanent
  const isPermanent = ({problem}: Finding<unknown>) => problem?.permanent === true
  const stuckServices = ofServices.filter(isPermanent).map(({check}) => check.name)
  const isOfStuckService = ({check}: Finding<TargetGroupHealth>) => {
    const group = targetGroups.find(({name}) => name(environment) === check.name)
    const service = services.find(({key}) => key === group?.service)
    return service !== undefined && stuckServices.includes(service.name(environment))
  }
  if (ofServices.some(isTransient)) return true
  if (ofGroups.some(finding => isTransient(finding) && !isOfStuckService(finding))) return true
  // From outside, nothing can answer but what is behind does.
  return ![...ofServices, ...ofGroups].some(isPermanent) && fromOutside.some(isTransient)
}
