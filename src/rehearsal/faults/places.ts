import {allQuotas} from '../account/quotas.js'
import {serviceEntries} from '../wire/services.js'
import {fits, type Reader} from './values.js'

/** The services of the account's API, by every name that people know them by: the SDK's, IAM's and the AWS CLI's. */
const serviceNames = new Map<string, readonly string[]>(
  serviceEntries.map(([service, {signingName}]) => [service, [service, signingName]]),
)
const cliNames: Readonly<Record<string, string>> = {
  s3api: 's3',
  'service-quotas': 'servicequotas',
  resourcegroupstaggingapi: 'tagging',
}

/** `service:Operation`, both with wildcards; a service alone means all of its operations. */
export const operation: Reader<string> = {
  wanted: `an operation such as cloudformation:DescribeStacks, ecs:* or *, of ${[...serviceNames.keys()].join(', ')}`,
  read(text) {
    const [service = '', name = '*', ...more] = text.split(':')
    const known = [...serviceNames.values()].flat()
    const isKnown = service in cliNames || known.some(one => fits(service, one))
    return isKnown && more.length === 0 && /^[\w*]+$/.test(name) ? text : undefined
  },
}

export function fitsOperation(where: string, call: {service: string; operation: string}): boolean {
  const [service = '', name = '*'] = where.split(':')
  const names = serviceNames.get(call.service) ?? [call.service]
  return names.some(one => fits(cliNames[service] ?? service, one)) && fits(name, call.operation)
}

const quotaCodes = allQuotas.map(({code}) => code)

/** Codes of quotas. One that the account does not enforce would apply to nothing. */
export const quotaCode: Reader<string> = {
  wanted: `the code of a quota that the account enforces: ${quotaCodes.join(', ')}`,
  read: text => (quotaCodes.some(code => fits(text, code)) ? text : undefined),
}

export const zoneNames: Reader<string> = {
  wanted: 'names of availability zones with commas between, such as us-west-2a,us-west-2b',
  read: text => (/^[a-z]+(-[a-z]+)+-\d[a-z](,[a-z]+(-[a-z]+)+-\d[a-z])*$/.test(text) ? text : undefined),
}

export const policyArn: Reader<string> = {
  wanted: 'the ARN of a managed policy, such as arn:aws:iam::123456789012:policy/workshop-boundary',
  read: text => (/^arn:aws:iam::\d{12}:policy\/[\w+=,.@/-]+$/.test(text) ? text : undefined),
}

/** A resource of a stack: by logical id, by `stack/LogicalId`, or by type. */
export const resource: Reader<string> = {
  wanted:
    'a resource: a logical id, a stack and a logical id such as *-data/Database*, or a type such as AWS::EC2::*',
  read: text => (/^[\w*:/-]+$/.test(text) ? text : undefined),
}

/** The type of a resource. */
export const resourceType: Reader<string> = {
  wanted: 'a type of resources, such as AWS::EC2::NatGateway, AWS::RDS::* or *',
  read: text => (/^(\*|[\w*]+::[\w*:]+)$/.test(text) ? text : undefined),
}

/** `stacks` are the names that the stack goes by: its own, and the logical id of its resource when it is nested. */
export function fitsResource(
  where: string,
  stackResource: {type: string; logicalId: string; stacks: readonly string[]},
): boolean {
  if (where.includes('::')) return fits(where, stackResource.type)
  const slash = where.lastIndexOf('/')
  if (!fits(where.slice(slash + 1), stackResource.logicalId)) return false
  return slash < 0 || stackResource.stacks.some(stack => fits(where.slice(0, slash), stack))
}

/** A load balancer's name, and the port of one of its listeners. */
export const listener: Reader<string> = {
  wanted: 'a load balancer and a port, such as mcp-gateway-alb:80; without the port all of its listeners',
  read: text => (/^[\w*-]+(:\d{1,5})?$/.test(text) ? text : undefined),
}

export function fitsListener(where: string, found: {balancer: string; port: number}): boolean {
  const [balancer = '', port] = where.split(':')
  return fits(balancer, found.balancer) && (port === undefined || Number(port) === found.port)
}
