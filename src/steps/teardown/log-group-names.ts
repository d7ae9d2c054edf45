import {buildProjectName} from '../../environment/names.js'
import {services} from '../../environment/services.js'
import type {StackInventory} from './context.js'

/**
 * Log groups that belong to the environment, by exact name, or by a prefix that ends in a slash: environment
 * `demo` must never take a group of environment `demo-2`. Services write some of them again after their stack
 * is gone; the names that CloudFormation chose are read from the stacks while they exist.
 */
export function logGroupNames(environment: string, inventory: readonly StackInventory[]): readonly string[] {
  const clusters = [...new Set(services.map(({cluster}) => cluster(environment)))]
  const fixed = [
    ...services.map(({name}) => `/ecs/${name(environment)}`),
    `/aws/ecs/${environment}`,
    ...clusters.map(cluster => `/aws/ecs/containerinsights/${cluster}/performance`),
    ...clusters.map(capturedEvents),
    `/aws/codebuild/${buildProjectName(environment)}`,
    `/aws/lambda/${environment}-build-trigger`,
    `/aws/rds/proxy/${environment}-keycloak-proxy`,
  ]
  const resources = inventory.flatMap(stack => stack.resources)
  const chosen = resources.flatMap(({type, physicalId}) => {
    if (physicalId === '') return []
    switch (type) {
      case 'AWS::Logs::LogGroup':
        return [physicalId]
      case 'AWS::Lambda::Function':
        return [`/aws/lambda/${physicalId}`]
      case 'AWS::CodeBuild::Project':
        return [`/aws/codebuild/${physicalId}`]
      case 'AWS::RDS::DBCluster':
        return [`/aws/rds/cluster/${physicalId}/`]
      default:
        return []
    }
  })
  return [...new Set([...fixed, ...chosen])]
}

/** Where events of a cluster go once somebody has turned their capture on in the console of ECS: it makes the group, and a rule. */
function capturedEvents(cluster: string): string {
  return `/aws/events/ecs/containerinsights/${cluster}/performance`
}

export function isOfCapturedEvents(group: string): boolean {
  return group.startsWith('/aws/events/')
}
