import type {TimedLink} from '../../plan/links.js'
import type {ForeseenHeadStarts} from './kinds.js'
import {acceptedSeconds, clusterSeconds, clusterType, instanceType} from './links.js'

/** From CloudFormation's call to the end of the row, when nobody waits for more; a guess, as in docs/head-start.md. */
const rowSeconds = 3
/** Half of the ten seconds or so after which a deletion that something still stands in the way of is tried again. */
const retrySeconds = 5

/** What goes on in the background for a while when its row has ended. */
const slow: ReadonlySet<string> = new Set([
  ...[instanceType, clusterType, 'AWS::RDS::DBProxy', 'AWS::EC2::NatGateway', 'AWS::EC2::VPCEndpoint'],
  ...['AWS::CloudFront::Distribution', 'AWS::ElasticLoadBalancingV2::LoadBalancer', 'AWS::ECS::Service'],
  ...['AWS::EFS::MountTarget', 'AWS::EFS::FileSystem', 'AWS::Lambda::Function'],
])

/** What AWS deletes only when what used it is gone, and not when that is being deleted. */
const refusedWhileUsed: ReadonlySet<string> = new Set([
  ...['AWS::RDS::DBSubnetGroup', 'AWS::RDS::DBClusterParameterGroup', 'AWS::EFS::FileSystem'],
  ...['AWS::EC2::Subnet', 'AWS::EC2::SecurityGroup', 'AWS::EC2::VPC', 'AWS::EC2::EIP'],
  ...[
    'AWS::EC2::InternetGateway',
    'AWS::EC2::VPCGatewayAttachment',
    'AWS::ElasticLoadBalancingV2::TargetGroup',
  ],
  ...['AWS::ECS::Cluster', 'AWS::ECS::ClusterCapacityProviderAssociations'],
  ...['AWS::CertificateManager::Certificate', 'AWS::CloudFront::Function'],
  'AWS::ServiceDiscovery::PrivateDnsNamespace',
])

const stackType = 'AWS::CloudFormation::Stack'
/** Its own code is waited for in express mode as well. */
const isAwaited = (type: string) => type === stackType || /^Custom::|CustomResource$/.test(type)

/**
 * The links of a deletion in express mode: rows end with CloudFormation's call, what is slow goes on beside them, and what AWS
 * refuses to delete until then waits for that. What has a head start goes from the first moment. Source: CloudFormation user
 * guide, "Deploy AWS CloudFormation stacks faster with express mode".
 */
export function inExpress(links: readonly TimedLink[], {begins}: ForeseenHeadStarts): readonly TimedLink[] {
  const ahead = new Set(
    begins.flatMap(({resources}) => resources.map(({label, logicalId}) => `${label}/${logicalId}`)),
  )
  const going = new Map(links.filter(isSlow).map(link => [link.key, removalOf(link.key)]))
  const instances = links.filter(({type}) => type === instanceType).map(({key}) => removalOf(key))
  return links.flatMap(link => {
    const waits = refusedWhileUsed.has(link.type) ? link.needs.flatMap(need => going.get(need) ?? []) : []
    const seconds = isAwaited(link.type) ? link.seconds : Math.min(link.seconds, rowSeconds)
    const row = {
      ...link,
      seconds: waits.length === 0 ? seconds : seconds + retrySeconds,
      needs: [...link.needs, ...waits],
    }
    if (!isSlow(link)) return [row]
    const {resource: _, ...rest} = link
    const own =
      link.type === clusterType
        ? {seconds: clusterSeconds, needs: [...link.needs, ...instances]}
        : ahead.has(link.key)
          ? {seconds: acceptedSeconds + link.seconds, needs: []}
          : {seconds: link.seconds, needs: link.needs}
    return [{...rest, ...own, key: removalOf(link.key)}, row]
  })
}

/** One that is kept takes no time at all. */
function isSlow({type, seconds}: TimedLink): boolean {
  return slow.has(type) && seconds > rowSeconds
}

/** The key of what goes on when a row has ended. */
function removalOf(key: string): string {
  return `${key}*`
}
