import fc from 'fast-check'
import {expect, it} from 'vitest'
import {services} from '../../../src/environment/services.js'
import {cleanLogGroups} from '../../../src/steps/teardown/clean-log-groups.js'
import type {StackInventory} from '../../../src/steps/teardown/context.js'
import {logGroupNames} from '../../../src/steps/teardown/log-group-names.js'
import {teardownContext} from '../../helpers/contexts.js'
import {FakeAws} from '../../helpers/fake-aws.js'
import {virtualClock} from '../../helpers/virtual-clock.js'

/** Endings that make the most of what two names have in common. */
const endings = fc.oneof(
  fc.stringMatching(/^[a-z0-9-]{0,6}[a-z0-9]$/),
  fc.constantFrom(
    '-b',
    '-ecs',
    '-keycloak-ecs',
    '-build',
    '-container',
    ...services.map(({key}) => `-${key}`),
  ),
)

/** A database whose name CloudFormation has made up from the stack's. */
function inventoryOf(environment: string): StackInventory[] {
  const database = {
    logicalId: 'AuroraCluster',
    type: 'AWS::RDS::DBCluster',
    physicalId: `${environment}-data-auroracluster-1a2b3c`,
    status: 'CREATE_COMPLETE' as const,
  }
  return [{label: 'data', resources: [database]}]
}

function groupsOf(environment: string): string[] {
  return logGroupNames(environment, inventoryOf(environment)).map(name =>
    name.endsWith('/') ? `${name}postgresql` : name,
  )
}

it('the log groups of an environment go, those of one whose name continues after the same beginning stay', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.stringMatching(/^[a-z][a-z0-9]{1,6}$/),
      endings,
      fc.boolean(),
      async (short, ending, isShort) => {
        const [environment, other] = isShort ? [short, short + ending] : [short + ending, short]
        const clock = virtualClock()
        const aws = new FakeAws(clock)
        const logGroups = logGroupNames(environment, inventoryOf(environment))
        const context = {
          ...teardownContext(aws, clock),
          environment,
          identity: aws.caller,
          hasTrace: true,
          logGroups,
        }
        for (const name of [...groupsOf(environment), ...groupsOf(other)]) aws.groups.add(name)
        await cleanLogGroups().run(context, {tell: () => {}, signal: new AbortController().signal})
        expect([...aws.groups].sort()).toEqual(groupsOf(other).sort())
        expect(context.cleaned).toHaveLength(groupsOf(environment).length)
      },
    ),
  )
})
