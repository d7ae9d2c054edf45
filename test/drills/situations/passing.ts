import type {Situation} from '../harness/rule-drill.js'
import type {StartState} from '../harness/states.js'

/** AWS refuses once what it does not refuse some minutes later: the advice is to wait, and to run the command again. */
function passing(rule: string, start: StartState, resource: string, words: string): Situation {
  return {
    rule,
    start,
    command: 'mcpgw deploy --layout individual',
    faults: () => [`fail-create ${resource} message="${words}" once`],
    says: /again|wait/i,
  }
}

/** Source of the words: test/diagnosis/samples.tsv, which has those of every rule. */
export const passingFailures: readonly Situation[] = [
  passing(
    'role-not-ready',
    'network-and-data',
    'BuildTriggerFunction',
    'The role defined for the function cannot be assumed by Lambda.',
  ),
  passing(
    'nat-gateway-failed',
    'empty',
    'NatGateway1',
    'NatGateway nat-0a1b2c3d is in state failed and hence failed to stabilize. Detailed failure message: Network vpc-0a1b has no Internet gateway attached',
  ),
  passing(
    'database-capacity',
    'network-and-compute',
    'AWS::RDS::DBInstance',
    'InsufficientDBInstanceCapacity: no room',
  ),
  passing(
    'database-not-ready',
    'network-and-compute',
    'AWS::RDS::DBInstance',
    'Cluster x is in an unsupported state - creating, needs to be in [available]',
  ),
  passing(
    'service-connect-name-in-use',
    'no-services',
    'RegistryService',
    'SC service is already used by another service',
  ),
  passing(
    'fargate-capacity',
    'no-services',
    'RegistryService',
    'Capacity is unavailable at this time. Please try again later or in a different availability zone',
  ),
  passing(
    'scaling-without-service',
    'no-services',
    'AWS::ApplicationAutoScaling::ScalableTarget',
    "ECS service doesn't exist: service/a/b",
  ),
  passing('throttled', 'no-services', 'RegistryService', 'Rate exceeded'),
  passing('internal-failure', 'no-services', 'RegistryService', 'Internal Failure'),
  passing(
    'no-connection',
    'no-services',
    'RegistryService',
    'Unable to execute HTTP request: connect timed out',
  ),
  passing('not-stabilized', 'no-services', 'AWS::CloudWatch::Alarm', 'Exceeded attempts to wait'),
]
