import {nameFor} from '../../resources/names.js'
import type {ResourceProvider} from '../../resources/resource-provider.js'
import {flag} from '../../resources/values.js'
import {imagesOf, repositoryType} from './images.js'

const repository: ResourceProvider = {
  type: repositoryType,
  create(request) {
    const {world, region} = request
    const name = nameFor(request, repositoryType, 'RepositoryName', {maxLength: 256, lowerCase: true})
    return {
      physicalId: name,
      attributes: {
        Arn: `arn:aws:ecr:${region.name}:${world.account.id}:repository/${name}`,
        RepositoryUri: `${world.account.id}.dkr.ecr.${region.name}.amazonaws.com/${name}`,
      },
      data: {images: []},
    }
  },
  blocksDeletion(resource, {world, properties}) {
    if (imagesOf(resource).length === 0 || flag(properties.EmptyOnDelete)) return undefined
    return `The repository with name '${resource.physicalId}' in registry with id '${world.account.id}' cannot be deleted because it still contains images (Service: Ecr, Status Code: 400, Request ID: ${world.newUuid()})`
  },
}

export const ecrProviders: readonly ResourceProvider[] = [repository]
