import type {World} from '../../account/world.js'
import {activeFault} from '../../faults/schedule.js'
import {fits} from '../../faults/values.js'
import {modelled} from '../../wire/errors.js'
import type {Operations} from '../../wire/operations.js'
import {areasOf, type Model, models} from './models.js'

/** Amazon Bedrock, as far as it tells what an account has. Source: Amazon Bedrock API reference. */
export function bedrockOperations(world: World) {
  const stateOf = (id: string, region: string) =>
    activeFault(world, 'model', region, ({where}) => fits(where, id))?.options.state
  const find = (id: string, region: string): Model => {
    const found = models.find(model => model.id === id.slice(id.lastIndexOf('/') + 1))
    if (found && stateOf(found.id, region) !== 'absent') return found
    throw modelled('ResourceNotFoundException', `Could not find model ${id}.`)
  }
  return {
    GetFoundationModel({modelIdentifier = ''}, {region}) {
      const model = find(modelIdentifier, region)
      const isLegacy = stateOf(model.id, region) === 'legacy'
      return {
        modelDetails: {
          modelArn: modelArn(model, region),
          modelId: model.id,
          modelName: model.name,
          providerName: model.provider,
          inputModalities: ['TEXT' as const],
          outputModalities: ['TEXT' as const],
          responseStreamingSupported: true,
          inferenceTypesSupported: model.onDemand ? ['ON_DEMAND' as const] : [],
          modelLifecycle: {
            status: isLegacy ? ('LEGACY' as const) : ('ACTIVE' as const),
            ...(isLegacy ? {endOfLifeTime: new Date(world.now + sixMonthsMs)} : {}),
          },
        },
      }
    },

    GetFoundationModelAvailability({modelId = ''}, {region}) {
      const model = find(modelId, region)
      const isAgreed = stateOf(model.id, region) !== 'no-agreement'
      return {
        modelId: model.id,
        agreementAvailability: {status: isAgreed ? ('AVAILABLE' as const) : ('NOT_AVAILABLE' as const)},
        authorizationStatus: 'AUTHORIZED' as const,
        entitlementAvailability: isAgreed ? ('AVAILABLE' as const) : ('NOT_AVAILABLE' as const),
        regionAvailability: 'AVAILABLE' as const,
      }
    },

    GetInferenceProfile({inferenceProfileIdentifier: given = ''}, {region}) {
      const id = given.slice(given.lastIndexOf('/') + 1)
      const [area = ''] = id.split('.')
      const model = models.find(each => id === `${area}.${each.id}`)
      if (!model || !areasOf(region).includes(area) || stateOf(model.id, region) === 'absent') {
        throw modelled('ResourceNotFoundException', `Could not find inference profile ${given}.`)
      }
      return {
        inferenceProfileName: `${area.toUpperCase()} ${model.name}`,
        inferenceProfileArn: `arn:aws:bedrock:${region}:${world.account.id}:inference-profile/${id}`,
        inferenceProfileId: id,
        models: [{modelArn: modelArn(model, region)}],
        status: 'ACTIVE' as const,
        type: 'SYSTEM_DEFINED' as const,
      }
    },
  } satisfies Operations<'bedrock'>
}

/** The least between the notice and the end. Source: Amazon Bedrock user guide, "Model lifecycle". */
const sixMonthsMs = 182 * 86_400_000

function modelArn({id}: Model, region: string): string {
  return `arn:aws:bedrock:${region}::foundation-model/${id}`
}
