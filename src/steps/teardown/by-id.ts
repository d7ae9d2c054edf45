import type {TaggedResource} from '../../aws/tagged-resources.js'
import {explain} from '../../diagnosis/explain.js'
import type {StackProgress} from '../../progress.js'
import {removeLeftover} from '../leftovers/remove.js'
import type {StepTools} from '../step.js'
import type {TeardownContext} from './context.js'

/** What its own service deletes by the physical id alone: the kind that `aws.leftovers` knows it by. */
const kinds: Readonly<Record<string, string>> = {
  'AWS::ECR::Repository': 'ecr:repository',
  'AWS::EFS::FileSystem': 'elasticfilesystem:file-system',
  'AWS::ElasticLoadBalancingV2::LoadBalancer': 'elasticloadbalancing:loadbalancer',
  'AWS::ElasticLoadBalancingV2::TargetGroup': 'elasticloadbalancing:targetgroup',
  'AWS::KMS::Key': 'kms:key',
  'AWS::RDS::DBCluster': 'rds:cluster',
  'AWS::RDS::DBInstance': 'rds:db',
  'AWS::SecretsManager::Secret': 'secretsmanager:secret',
}

/**
 * Failures of CloudFormation's, and not of what it deletes. One for a reason of its own, such as a protection or somebody who uses
 * it, is not got round, nor one that nobody here understands.
 */
const notItsOwn: ReadonlySet<string> = new Set([
  'internal-failure',
  'not-stabilized',
  'repository-not-empty',
  'secret-missing-at-deletion',
  'throttled',
])

/** Whether a resource that CloudFormation could not delete may be deleted by its id: nothing that is to be kept, or lives on in a snapshot. */
export function isDeletableById(context: TeardownContext, failure: StackProgress): boolean {
  const {forecast, aws} = context
  const kind = kinds[failure.type]
  if (kind === undefined || failure.physicalId === '' || !aws.leftovers.canRemove(kind)) return false
  // Without a forecast nobody knows what is to stay.
  if (forecast === undefined) return false
  if (forecast.stays.some(({logicalId}) => logicalId === failure.logicalId)) return false
  return notItsOwn.has(explain(failure)?.id ?? '')
}

/**
 * Deletes them at their own services, and waits until they are gone.
 * @returns why those that are left are
 */
export async function deleteById(
  context: TeardownContext,
  resources: readonly Pick<StackProgress, 'type' | 'physicalId'>[],
  tools: StepTools,
): Promise<readonly string[]> {
  const problems: string[] = []
  for (const {type, physicalId} of resources) {
    const resource: TaggedResource = {kind: kinds[type] ?? type, name: physicalId, arn: physicalId}
    const problem = await removeLeftover(context, resource, tools)
    if (problem !== undefined) {
      problems.push(`${resource.kind} ${physicalId}: ${problem}`)
      continue
    }
    context.provedGone.add(physicalId)
    context.cleaned.push({kind: resource.kind, name: physicalId})
    tools.tell({
      kind: 'note',
      text: `Removed ${resource.kind} ${physicalId}, which CloudFormation could not delete`,
    })
  }
  return problems
}
