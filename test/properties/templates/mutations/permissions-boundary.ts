import {plantedFor, resourcesOf} from './find.js'
import type {Mutation} from './mutation.js'

const planted = plantedFor('permissions-boundary')

export const permissionsBoundaryMutations: readonly Mutation[] = resourcesOf('AWS::IAM::Role').flatMap(
  place => [
    planted(place, 'has no permissions boundary', properties => {
      delete properties.PermissionsBoundary
    }),
    planted(place, 'always has a permissions boundary', properties => {
      properties.PermissionsBoundary = {Ref: 'PermissionsBoundaryArn'}
    }),
  ],
)
