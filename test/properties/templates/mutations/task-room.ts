import {placeAt, plantedFor} from './find.js'
import type {Mutation} from './mutation.js'

const planted = plantedFor('task-room')
const mcpgw = placeAt('services', 'McpgwTaskDefinition')

export const taskRoomMutations: readonly Mutation[] = [
  ...[placeAt('services', 'RegistryTaskDefinition'), mcpgw].flatMap(place => [
    planted(place, 'has the disk that Fargate gives unasked', properties => {
      delete properties.EphemeralStorage
    }),
    planted(place, 'has little more disk than that', properties => {
      properties.EphemeralStorage.SizeInGiB = 21
    }),
  ]),
  planted(mcpgw, 'has no memory for a model', properties => {
    properties.Memory = '1024'
  }),
]
