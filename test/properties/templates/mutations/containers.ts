import type {Document} from '../template-set.js'
import {plantedFor, resourcesOf} from './find.js'
import type {Mutation} from './mutation.js'
import {some} from './some.js'

const planted = plantedFor('containers')
const definitions = resourcesOf('AWS::ECS::TaskDefinition')
const containersOf = ({resource}: (typeof definitions)[number]): Document[] =>
  resource.properties.ContainerDefinitions
const seeded = definitions.filter(place => containersOf(place).length > 1)
const mounting = definitions.filter(({resource}) => resource.properties.Volumes !== undefined)

export const containerMutations: readonly Mutation[] = [
  ...some(
    definitions.flatMap(place => [
      planted(place, 'has a second container that must run', ({ContainerDefinitions: all}) => {
        all.push({...all[0], Name: 'second', Essential: true, DependsOn: []})
      }),
      planted(place, 'has no container that must run', ({ContainerDefinitions: all}) => {
        for (const container of all) container.Essential = false
      }),
      planted(place, 'has two containers of one name', ({ContainerDefinitions: all}) => {
        all.push({...all.at(-1), Essential: false})
      }),
      planted(place, 'has its container started again in place', ({ContainerDefinitions: all}) => {
        all.at(-1).RestartPolicy = {Enabled: true}
      }),
      planted(place, 'follows a tag that moves', ({ContainerDefinitions: all}) => {
        all.at(-1).VersionConsistency = 'disabled'
      }),
      planted(place, 'gives a variable twice', ({ContainerDefinitions: all}) => {
        all.at(-1).Environment.push(all.at(-1).Environment[0])
      }),
      planted(place, 'waits for a container that is not there', ({ContainerDefinitions: all}) => {
        all.at(-1).DependsOn = [{ContainerName: 'init', Condition: 'SUCCESS'}]
      }),
      planted(place, 'waits for itself', ({ContainerDefinitions: all}) => {
        all.at(-1).DependsOn = [{ContainerName: all.at(-1).Name, Condition: 'START'}]
      }),
    ]),
    24,
  ),
  ...seeded.flatMap(place => [
    planted(place, 'starts before its files are there', ({ContainerDefinitions: all}) => {
      delete all.at(-1).DependsOn
    }),
    planted(place, 'starts when its files are being copied', ({ContainerDefinitions: all}) => {
      all.at(-1).DependsOn[0].Condition = 'START'
    }),
    planted(place, 'gives up copying when ECS thinks so', ({ContainerDefinitions: [seed]}) => {
      delete seed.StartTimeout
    }),
    planted(place, 'copies for longer than Fargate waits', ({ContainerDefinitions: [seed]}) => {
      seed.StartTimeout = 300
    }),
    planted(place, 'ends when its files are copied', ({ContainerDefinitions: [seed]}) => {
      delete seed.Essential
    }),
    planted(place, 'waits for a health that nobody checks', ({ContainerDefinitions: all}) => {
      all.at(-1).DependsOn.push({ContainerName: all[0].Name, Condition: 'HEALTHY'})
    }),
  ]),
  ...some(
    mounting.flatMap(place => [
      planted(place, 'mounts a volume that it does not have', ({ContainerDefinitions: all}) => {
        all.at(-1).MountPoints[0].SourceVolume = 'mcp-data'
      }),
      planted(place, 'has a volume that nothing mounts', ({Volumes: volumes}) => {
        volumes.push({...volumes[0], Name: 'spare'})
      }),
      planted(place, 'mounts two volumes at one path', ({ContainerDefinitions: all}) => {
        all.at(-1).MountPoints.push(all.at(-1).MountPoints[0])
      }),
      planted(place, 'mounts at a relative path', ({ContainerDefinitions: all}) => {
        all.at(-1).MountPoints[0].ContainerPath = 'app/data'
      }),
    ]),
    8,
  ),
]
