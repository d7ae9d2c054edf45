import type {Clients} from './clients.js'
import {isNamed} from './errors.js'
import {unlessAbsent} from './pages.js'

/** What an account has of a foundation model in a region. */
export interface ModelAccess {
  /** AWS retires it, and new accounts may not get it any more. */
  readonly isLegacy: boolean
  /** When it ends, epoch milliseconds; undefined when AWS has not said. */
  readonly endsAt: number | undefined
  /** Whether somebody of the account has agreed to its terms, which first use does for some models. */
  readonly isAgreed: boolean
  /** Whether the account may have it, and the caller may ask for it. */
  readonly isAuthorized: boolean
}

/** Amazon Bedrock. */
export interface Models {
  /** Undefined where the region does not have it. */
  access(modelId: string): Promise<ModelAccess | undefined>
  /** Whether the region has an inference profile of this id, such as `us.anthropic.claude-haiku-4-5-20251001-v1:0`. */
  hasProfile(id: string): Promise<boolean>
}

export function createModels(clients: Pick<Clients, 'bedrock'>): Models {
  return {
    async access(modelId) {
      const bedrock = await clients.bedrock()
      const found = await unlessAbsent(
        () => bedrock.getFoundationModel({modelIdentifier: modelId}),
        isUnknown,
        undefined,
      )
      if (found === undefined) return undefined
      const lifecycle = found.modelDetails?.modelLifecycle
      const availability = await bedrock.getFoundationModelAvailability({modelId})
      return {
        isLegacy: lifecycle?.status === 'LEGACY',
        endsAt: lifecycle?.endOfLifeTime?.getTime(),
        isAgreed: availability.agreementAvailability?.status === 'AVAILABLE',
        isAuthorized:
          availability.authorizationStatus === 'AUTHORIZED' &&
          availability.entitlementAvailability === 'AVAILABLE',
      }
    },

    async hasProfile(id) {
      const bedrock = await clients.bedrock()
      const found = await unlessAbsent(
        () => bedrock.getInferenceProfile({inferenceProfileIdentifier: id}),
        isUnknown,
        undefined,
      )
      return found !== undefined
    },
  }
}

/** Bedrock calls an id that the region does not know invalid, or not found. */
function isUnknown(error: unknown): boolean {
  return isNamed(error, 'ResourceNotFoundException', 'ValidationException')
}
