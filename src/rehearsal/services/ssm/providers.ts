import {serviceFailure} from '../../resources/failures.js'
import {arn, nameFor} from '../../resources/names.js'
import type {ProviderRequest, ResourceProvider} from '../../resources/resource-provider.js'
import {text} from '../../resources/values.js'

const parameter = 'AWS::SSM::Parameter'

/** Parameter store. CloudFormation makes `String` and `StringList` parameters only. */
export const ssmProviders: readonly ResourceProvider[] = [
  {
    type: parameter,
    create(request) {
      const {world, region, properties} = request
      const type = text(properties.Type)
      if (type !== 'String' && type !== 'StringList') {
        throw serviceFailure(world, 'Ssm', `Unsupported parameter type: ${type}`, {code: 'InvalidRequest'})
      }
      const physicalId = nameFor(request, parameter, 'Name', {maxLength: 2048})
      return {
        physicalId,
        attributes: {
          Type: type,
          Value: parameterValue(request),
          Arn: arn(world, region.name, 'ssm', `parameter/${physicalId.replace(/^\//, '')}`),
        },
        data: {version: 1, modifiedAt: world.now},
      }
    },
    update(resource, request) {
      resource.data.version = Number(resource.data.version) + 1
      resource.data.modifiedAt = request.world.now
      return {Type: text(request.properties.Type), Value: parameterValue(request)}
    },
  },
]

function parameterValue({properties}: ProviderRequest): string {
  return text(properties.Value) ?? ''
}
