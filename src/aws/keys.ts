import type {Clients} from './clients.js'
import {isNamed} from './errors.js'
import {unlessAbsent} from './pages.js'

/** KMS. */
export interface Keys {
  /** Enabled, Disabled, PendingDeletion …; undefined when the key does not exist. */
  state(keyIdOrArn: string): Promise<string | undefined>
}

export function createKeys(clients: Pick<Clients, 'kms'>): Keys {
  return {
    async state(keyIdOrArn) {
      const kms = await clients.kms()
      const answer = await unlessAbsent(
        () => kms.describeKey({KeyId: keyIdOrArn}),
        error => isNamed(error, 'NotFoundException'),
        undefined,
      )
      return answer?.KeyMetadata?.KeyState
    },
  }
}
