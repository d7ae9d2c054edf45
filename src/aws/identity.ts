import {parseArn} from './arn.js'
import type {Clients} from './clients.js'

/** Who the credentials belong to. */
export interface CallerIdentity {
  /** Twelve digits. */
  readonly account: string
  readonly arn: string
  /** "aws", "aws-cn", "aws-us-gov" … */
  readonly partition: string
}

/** STS. */
export interface Identity {
  /** Asked once; later calls give the same answer. */
  whoAmI(): Promise<CallerIdentity>
}

export function createIdentity(clients: Pick<Clients, 'sts'>): Identity {
  let known: CallerIdentity | undefined
  return {
    async whoAmI() {
      known ??= await callerIdentity(clients)
      return known
    },
  }
}

async function callerIdentity(clients: Pick<Clients, 'sts'>): Promise<CallerIdentity> {
  const sts = await clients.sts()
  const {Account: account = '', Arn: arn = ''} = await sts.getCallerIdentity({})
  return {account, arn, partition: parseArn(arn)?.partition ?? 'aws'}
}
