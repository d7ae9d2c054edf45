import {parseArn} from './arn.js'
import type {Clients} from './clients.js'
import {notAws} from './not-aws.js'
import type {AwsCall} from './sdk-error.js'

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
  /**
   * Asked once; later calls give the same answer.
   * @throws McpgwError NOT_AWS when the answer names no account: nothing may be taken from such an AWS
   */
  whoAmI(): Promise<CallerIdentity>
}

/** What error messages say of where it was asked. */
type Place = Omit<AwsCall, 'service' | 'operation'>

export function createIdentity(clients: Pick<Clients, 'sts'>, at: Place): Identity {
  let known: CallerIdentity | undefined
  return {
    async whoAmI() {
      known ??= await callerIdentity(clients, at)
      return known
    },
  }
}

async function callerIdentity(clients: Pick<Clients, 'sts'>, at: Place): Promise<CallerIdentity> {
  const sts = await clients.sts()
  const {Account: account = '', Arn: arn = ''} = await sts.getCallerIdentity({})
  if (!/^\d{12}$/.test(account)) {
    const call = {...at, service: 'sts', operation: 'GetCallerIdentity'}
    throw notAws('it names no account', call)
  }
  return {account, arn, partition: parseArn(arn)?.partition ?? 'aws'}
}
