import {nameFor} from '../../resources/names.js'
import type {ResourceProvider} from '../../resources/resource-provider.js'
import {projectType} from './build-record.js'

const project: ResourceProvider = {
  type: projectType,
  naming: {property: 'Name', taken: (name, {world, region}) => world.resource(region, projectType, name)},
  create(request) {
    const {world, region} = request
    const name = nameFor(request, projectType, 'Name', {maxLength: 255})
    return {
      physicalId: name,
      attributes: {Arn: `arn:aws:codebuild:${region.name}:${world.account.id}:project/${name}`},
      data: {builds: 0, modifiedAt: world.now},
    }
  },
  update(resource, {world}) {
    resource.data.modifiedAt = world.now
    return undefined
  },
  deleted(resource, {region}) {
    // Its builds go with a project.
    for (const [id, build] of Object.entries(region.builds)) {
      if (build.projectName === resource.physicalId && build.status !== 'IN_PROGRESS')
        delete region.builds[id]
    }
  },
}

export const codeBuildProviders: readonly ResourceProvider[] = [project]
