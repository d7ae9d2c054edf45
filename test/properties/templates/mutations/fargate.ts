import {placeAt, plantedFor, resourcesOf} from './find.js'
import type {Mutation} from './mutation.js'

const planted = plantedFor('fargate')
const registry = placeAt('services', 'RegistryTaskDefinition')

export const fargateMutations: readonly Mutation[] = [
  ...resourcesOf('AWS::ECS::TaskDefinition').flatMap(place => [
    planted(place, 'has network mode bridge', properties => {
      properties.NetworkMode = 'bridge'
    }),
    planted(place, 'does not ask for Fargate', properties => {
      delete properties.RequiresCompatibilities
    }),
  ]),
  planted(registry, 'may run on EC2 as well', properties => {
    properties.RequiresCompatibilities.push('EC2')
  }),
  planted(registry, 'has no network mode with litellm', properties => {
    properties.NetworkMode = {'Fn::If': ['UsesLiteLlm', {Ref: 'AWS::NoValue'}, 'awsvpc']}
  }),
]
