import type {Region, Resource} from '../../../src/rehearsal/account/account.js'
import type {Stack, StackResource} from '../../../src/rehearsal/account/stack.js'
import type {World} from '../../../src/rehearsal/account/world.js'

/** What an environment cannot do without, and what somebody can delete by hand; written out, so that nothing of mcpgw is asked. */
const watched = [
  ...['AWS::SecretsManager::Secret', 'AWS::SSM::Parameter', 'AWS::KMS::Key'],
  ...['AWS::IAM::Role', 'AWS::Logs::LogGroup', 'AWS::ECR::Repository', 'AWS::ECS::Cluster'],
  ...['AWS::ElasticLoadBalancingV2::LoadBalancer', 'AWS::ElasticLoadBalancingV2::Listener'],
  ...['AWS::EFS::FileSystem', 'AWS::EFS::AccessPoint', 'AWS::EFS::MountTarget'],
  ...['AWS::RDS::DBCluster', 'AWS::RDS::DBInstance', 'AWS::CloudFront::Distribution'],
  ...['AWS::EC2::VPC', 'AWS::EC2::Subnet', 'AWS::EC2::SecurityGroup'],
]

/** Which resources of these stacks are not as their stack made them, seen in the account itself. */
export function resourceAilments(world: World, here: Region, stacks: readonly Stack[]): string[] {
  return stacks.flatMap(({resources}) =>
    Object.values(resources)
      .filter(({type, status}) => watched.includes(type) && status !== 'DELETE_COMPLETE')
      .flatMap(stackResource =>
        ailmentsOf(stackResource, world.resource(here, stackResource.type, stackResource.physicalId)),
      ),
  )
}

function ailmentsOf({logicalId, type, properties}: StackResource, live: Resource | undefined): string[] {
  const name = `${logicalId} (${type})`
  if (live === undefined) return [`${name} is gone`]
  if (live.data.deletionAt !== undefined) return [`${name} waits for its deletion`]
  if (type !== 'AWS::IAM::Role') return []
  return [...policiesOf(properties)]
    .filter(policy => !policiesOf(live.properties).has(policy))
    .map(policy => `${name} lacks the policy ${policy}`)
}

/** What a role may do: what is attached to it, and its own policies, by name. */
function policiesOf({ManagedPolicyArns, Policies}: Record<string, unknown>): ReadonlySet<string> {
  const attached = Array.isArray(ManagedPolicyArns) ? ManagedPolicyArns : []
  const own = Array.isArray(Policies) ? Policies : []
  return new Set([...attached.map(String), ...own.map(({PolicyName}) => String(PolicyName))])
}
