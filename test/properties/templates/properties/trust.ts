import {referenceIn} from '../../../../src/parity/templates/references.js'
import type {Deployed, DeployedResource} from '../deployed.js'
import {trustStatements} from '../policies.js'
import {differs, type Findings, judgeEach, type Property, type World} from '../property.js'
import {trusts} from '../tables/trust.js'
import {environmentOf} from '../tasks.js'

/** A service works for every account: without a condition somebody else's could have it take on a role of ours. */
export const trust: Property = {
  id: 'trust',
  title: 'services take on roles for this account only, as far as they say for whom',
  violations: world =>
    judgeEach(world.deployed.resources('AWS::IAM::Role'), {atLeast: 9, what: 'roles'}, role =>
      trustStatements(role).flatMap(({members}) => judge(world, role, members)),
    ),
}

function judge(world: World, role: DeployedResource, members: Readonly<Record<string, unknown>>): Findings {
  const {deployed, choice} = world
  const service = String((members.Principal as {Service?: unknown} | undefined)?.Service)
  const known =
    trusts[service] ?? trusts[`${service} ${isTaskRole(deployed, role) ? 'task' : 'execution'} role`]
  if (known === undefined) return [`no table says what ${service} names; it belongs in tables/trust.ts`]
  const {partition, region, account} = choice
  const arn = known.arn?.({partition, region, account, environment: environmentOf(deployed)})
  const expected = {
    [known.operator]: {'aws:SourceAccount': account},
    ...(arn !== undefined && {ArnLike: {'aws:SourceArn': arn}}),
  }
  return [differs('its condition', members.Condition, expected)]
}

function isTaskRole(deployed: Deployed, role: DeployedResource): boolean {
  return deployed.resources('AWS::ECS::TaskDefinition').some(({properties}) => {
    const target = deployed.resource(referenceIn(String(properties.TaskRoleArn ?? '')))
    return target === role
  })
}
