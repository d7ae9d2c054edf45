import type {NetworkContent} from '../../../aws/network-contents.js'
import {isDeleted} from '../../../aws/stack-status.js'
import {McpgwError} from '../../../errors.js'
import {requireContext} from '../../context.js'
import type {TeardownContext} from '../context.js'

/** Of the clock: a look costs a call, and the services are half of a minute at their end. */
const pollMs = 20_000

/**
 * Owners of interfaces that send nothing into the internet by a NAT gateway, nor anything to an endpoint: gateways and
 * endpoints themselves, load balancers, databases, proxies and mount targets only answer inside the VPC.
 */
const quiet: ReadonlySet<string> = new Set([
  'ec2:natgateway',
  'elasticloadbalancing:loadbalancer',
  'elasticfilesystem:mount-target',
  'rds:db-proxy-name',
])

/**
 * Waits until nothing is left in the environment's VPC that could reach out of it: no task, no function, no instance, nothing
 * of somebody else's.
 * @returns whether that came before `signal` aborted; false where it cannot be told
 */
export async function untilNetworkIsIdle(context: TeardownContext, signal: AbortSignal): Promise<boolean> {
  const {aws, clock, inventory = [], identity} = context
  const {account, partition} = requireContext(identity, 'the account')
  const vpcs = inventory
    .flatMap(({resources}) => resources)
    .filter(
      ({type, physicalId, status}) => type === 'AWS::EC2::VPC' && physicalId !== '' && !isDeleted(status),
    )
  while (!signal.aborted) {
    try {
      const found = await Promise.all(
        vpcs.map(({physicalId: vpcId}) =>
          aws.networkContents.interfaces({vpcId, account, partition, region: aws.region}),
        ),
      )
      if (found.flat().every(isQuiet)) return true
    } catch (error) {
      if (!(error instanceof McpgwError)) throw error
      if (error.code === 'ACCESS_DENIED') return false
    }
    await clock.sleep(pollMs, signal).catch(() => undefined)
  }
  return false
}

function isQuiet({owner, target}: NetworkContent): boolean {
  if (target !== undefined) return quiet.has(target.kind)
  return /VPC Endpoint Interface|^a database of Amazon RDS$/.test(owner)
}
