import type {Speed} from '../account/virtual-clock.js'
import type {FaultStatus} from '../faults/setting.js'

/** What an account tells about itself to those who join it. Times are epoch milliseconds of its own clock. */
export interface AccountInfo {
  accountId: string
  speed: Speed
  seed: number
  now: number
  /** Made anew whenever the account is served: who finds another one here speaks to another server. */
  nonce: string
  /** Whether its process ends by itself once nobody needs it; undefined before that was told. */
  endsByItself?: boolean
  /** The faults that were set and are not over. */
  faults: FaultStatus[]
}

/** Where the account can be asked about itself and steered, on its own port. */
export const controlPaths = {
  account: '/_mcpgw/account',
  /** Answered when the account ends: as long as somebody waits for the answer, it does not end by itself. */
  presence: '/_mcpgw/presence',
  speed: '/_mcpgw/speed',
  time: '/_mcpgw/time',
  /** Keeps its name: an account that an earlier version serves knows no other. */
  clockHold: '/_mcpgw/stand-still',
  quotas: '/_mcpgw/quotas',
  faults: '/_mcpgw/faults',
  save: '/_mcpgw/save',
  stop: '/_mcpgw/stop',
} as const

/** Whatever is more than a look is signed with the account's own key, as calls are for a service of AWS. */
export const controlScope = {region: 'us-west-2', service: 'mcpgw'} as const
