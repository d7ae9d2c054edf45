import {childStacks, mainTemplate} from '../environment/stacks.js'
import type {StackProgress} from '../progress.js'
import {shellWord} from '../shell-words.js'
import type {Templates} from './template-line.js'

/** What is known of a failure beside AWS's words; of a stopped task or a build there are no more than type and reason. */
export type Failure = Pick<StackProgress, 'type' | 'reason' | 'status'> &
  Partial<Pick<StackProgress, 'label' | 'logicalId' | 'physicalId' | 'stackId' | 'stackName'>>

/** The values that advice has in braces, by their names. */
export type Facts = Readonly<Record<string, string | undefined>>

/** Where AWS's words have them; the first group counts. Ids of EC2 are hexadecimal digits (EC2 user guide, "Resource IDs"). */
const inWords: Readonly<Record<string, RegExp>> = {
  vpc: /\b(vpc-[0-9a-f]+)\b/,
  subnet: /\b(subnet-[0-9a-f]+)\b/,
  group: /\b(sg-[0-9a-f]+)\b/,
  interface: /\b(eni-[0-9a-f]+)\b/,
  fileSystem: /\b(fs-[0-9a-f]+)\b/,
  targetGroup: /(arn:[\w-]+:elasticloadbalancing:[\w-]+:\d+:targetgroup\/[\w./-]+)/,
  loadBalancer: /(arn:[\w-]+:elasticloadbalancing:[\w-]+:\d+:loadbalancer\/[\w./-]+)/,
  certificate: /(arn:[\w-]+:acm:[\w-]+:\d+:certificate\/[\w-]+)/,
  key: /(?:\bkey\/|KMS key \[)([\w-]+)/,
  secret: /(arn:[\w-]+:secretsmanager:[\w-]+:\d+:secret:[\w/+=.@-]+?)(?=[:\s'",]|$)/,
  repository: /(?:\.amazonaws\.com(?:\.cn)?\/|repository with name ')([a-z0-9][\w./-]*?)(?=[:@'"\s]|$)/,
  snapshot: /snapshot because one with the identifier ([\w-]+)/,
  export: /\b[Ee]xport (?:with name )?([\w:-]+) (?:cannot|as|is)/,
  role: /\brole\/([\w+=,.@/-]+?) is invalid/i,
  named:
    /(?:identifier '(?:\{"\/properties\/\w+":")?|[Rr]ole with name |the secret |[Ff]unction already exists?: |(?:alias|project)\/)([\w+=.@/-]+)/,
}

/** Of the principals that services work as: IAM user guide, "AWS services that work with IAM". */
const linkedServices: Readonly<Record<string, string>> = {
  'AWS::ECS': 'ecs.amazonaws.com',
  'AWS::RDS': 'rds.amazonaws.com',
  'AWS::EFS': 'elasticfilesystem.amazonaws.com',
  'AWS::ElasticLoadBalancingV2': 'elasticloadbalancing.amazonaws.com',
  'AWS::ApplicationAutoScaling': 'ecs.application-autoscaling.amazonaws.com',
}

/** All that can be known: by AWS's words, by what the resource is called, and by how the templates name it. */
export function factsOf(failure: Failure, templates: Templates = new Map()): Facts {
  const {type, reason = '', stackName} = failure
  const words = Object.entries(inWords).map(([name, form]) => [name, form.exec(reason)?.[1]] as const)
  const facts = Object.fromEntries(words)
  const environment = environmentOf(failure)
  return {
    ...facts,
    ...ofPhysicalId(failure),
    ...definedOnly({vpc: facts.vpc, group: facts.group, subnet: facts.subnet}),
    environment,
    stack: stackName,
    region: regionOf(failure),
    service: serviceOf(failure)?.service,
    cluster: serviceOf(failure)?.cluster,
    log: logOf(failure),
    // One that could not be made goes with the rollback, and nobody can ask it any more.
    proxy: environment && failure.status !== 'CREATE_FAILED' ? `${environment}-keycloak-proxy` : undefined,
    linkedService:
      /aws-service-role\/([\w.-]+)\//.exec(reason)?.[1] ??
      linkedServices[type.split('::').slice(0, 2).join('::')],
    named: declaredName(failure, environment, templates) ?? facts.named,
  }
}

/** Advice with its values; undefined when one is not known. */
export function filled(advice: string, facts: Facts): string | undefined {
  const wanted = [...advice.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name)
  if (wanted.some(name => !facts[name])) return undefined
  return advice.replaceAll(/\{(\w+)\}/g, (_, name: string) => shellWord(facts[name] ?? ''))
}

function definedOnly(facts: Facts): Facts {
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined))
}

/** A resource that failed to be made is sometimes called by its logical id, or not at all. */
function ofPhysicalId({physicalId = '', logicalId, type}: Failure): Facts {
  if (physicalId === '' || physicalId === logicalId) return {}
  const id = {id: physicalId}
  if (type === 'AWS::EC2::VPC') return {...id, vpc: physicalId}
  if (type === 'AWS::EC2::Subnet') return {...id, subnet: physicalId}
  if (type === 'AWS::EC2::SecurityGroup') return {...id, group: physicalId}
  if (type === 'AWS::EC2::VPCGatewayAttachment') return {...id, vpc: physicalId.split('|').at(-1)}
  if (type === 'AWS::RDS::DBCluster') return {...id, database: physicalId}
  if (type === 'AWS::SSM::Parameter') return {...id, parameter: physicalId}
  if (type === 'AWS::ElasticLoadBalancingV2::ListenerRule') return {...id, rule: physicalId}
  if (type === 'AWS::ECR::Repository') return {...id, repository: physicalId}
  if (type === 'AWS::ElasticLoadBalancingV2::LoadBalancer') return {...id, loadBalancer: physicalId}
  if (type === 'AWS::CertificateManager::Certificate') return {...id, certificate: physicalId}
  return id
}

function serviceOf({type, physicalId = ''}: Failure): {cluster?: string; service?: string} | undefined {
  if (type !== 'AWS::ECS::Service') return undefined
  const [, cluster, service] = /:service\/([\w-]+)\/([\w-]+)$/.exec(physicalId) ?? []
  return {cluster, service}
}

/** Each service writes into a log group called like it; one that could not be made loses it with the rollback. */
function logOf(failure: Failure): string | undefined {
  const {service} = serviceOf(failure) ?? {}
  return service === undefined || failure.status === 'CREATE_FAILED' ? undefined : `/ecs/${service}`
}

function regionOf({stackId = ''}: Failure): string | undefined {
  return /^arn:[\w-]+:cloudformation:([\w-]+):/.exec(stackId)?.[1]
}

/** As the root is called, or what stands before the part that says which of its stacks it is. */
function environmentOf({label, stackName}: Failure): string | undefined {
  if (label === undefined || stackName === undefined) return undefined
  if (label === 'main') return stackName
  const child = childStacks.find(({key}) => key === label)
  if (child === undefined) return undefined
  const nested = stackName.lastIndexOf(`-${child.logicalId}-`)
  if (nested > 0) return stackName.slice(0, nested)
  return stackName.endsWith(`-${child.key}`) ? stackName.slice(0, -child.key.length - 1) : undefined
}

const nameProperties = [
  'Name',
  'LogGroupName',
  'RoleName',
  'ManagedPolicyName',
  'RepositoryName',
  'AliasName',
  'FunctionName',
  'ServiceName',
  'ClusterName',
  'DBProxyName',
  'DBClusterIdentifier',
]

/** The name that the template gives, where it is made of nothing but the environment's. */
function declaredName(
  {label, logicalId = ''}: Failure,
  environment: string | undefined,
  templates: Templates,
): string | undefined {
  if (label === undefined || environment === undefined) return undefined
  const file = label === 'main' ? mainTemplate : childStacks.find(({key}) => key === label)?.template
  const resource = templates.get(file ?? '')?.template.resources[logicalId]
  const properties = resource?.properties
  if (typeof properties !== 'object' || properties === null || Array.isArray(properties)) return undefined
  for (const property of nameProperties) {
    const value: unknown = (properties as Record<string, unknown>)[property]
    const form =
      typeof value === 'object' && value !== null ? (value as Record<string, unknown>)['Fn::Sub'] : value
    if (typeof form !== 'string') continue
    const name = form.replaceAll(/\$\{EnvironmentName\}/g, () => environment)
    return name.includes('${') ? undefined : name
  }
  return undefined
}
