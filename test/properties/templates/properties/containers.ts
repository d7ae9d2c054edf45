import type {DeployedResource} from '../deployed.js'
import {doubles} from '../lists.js'
import {differs, type Findings, judgeEach, type Property} from '../property.js'
import {taskDefinitions} from '../tasks.js'

type Properties = DeployedResource['properties']

/** Services whose files on EFS hide what their image ships: another container of the image copies it there first. */
const seeded = ['AuthServerTaskDefinition', 'RegistryTaskDefinition']

/** Seconds. Source: Amazon ECS API reference, ContainerDefinition, startTimeout. */
const longestStart = 120

/**
 * ECS finds out about most of these when it registers a task definition, and about an essential container that is
 * meant to end only when it stops the task for having ended.
 */
export const containers: Property = {
  id: 'containers',
  title:
    'the containers of a task wait for each other in an order that can be, mount what the task has, and end with it',
  violations: ({deployed}) =>
    judgeEach(
      taskDefinitions(deployed),
      {atLeast: 8, what: 'task definitions'},
      ({logicalId, properties}) => {
        const all: Properties[] = properties.ContainerDefinitions ?? []
        const volumes: string[] = (properties.Volumes ?? []).map(({Name}: Properties) => Name)
        const mounted: string[] = all.flatMap(({MountPoints = []}) =>
          MountPoints.map(({SourceVolume}: Properties) => SourceVolume),
        )
        const main = all.filter(isEssential)
        return [
          differs('the number of its essential containers', main.length, 1),
          seeded.includes(logicalId) &&
            !main.every(({DependsOn = []}) =>
              DependsOn.some(({Condition}: Properties) => Condition === 'SUCCESS'),
            ) &&
            'it starts before its files are there',
          ...volumes.filter(volume => !mounted.includes(volume)).map(volume => `nothing mounts ${volume}`),
          ...all.flatMap(container => [
            ...endingProblems(container),
            ...waitingProblems(container, all),
            ...mountProblems(container, volumes),
            ...doubles(namesOf(container)).map(name => `${container.Name} is given ${name} twice`),
          ]),
          ...doubles(all.map(({Name}) => Name)).map(name => `two containers are called ${name}`),
        ]
      },
    ),
}

function isEssential({Essential}: Properties): boolean {
  // ECS takes a container for essential that does not say.
  return Essential !== false
}

function waitingProblems({Name: name, DependsOn = []}: Properties, all: readonly Properties[]): Findings {
  return DependsOn.flatMap(({ContainerName, Condition}: Properties) => {
    const other = all.find(container => container.Name === ContainerName)
    if (other === undefined) return [`${name} waits for ${ContainerName}, which does not exist`]
    const ends = Condition === 'SUCCESS' || Condition === 'COMPLETE'
    return [
      other.Name === name && `${name} waits for itself`,
      ends && isEssential(other) && `${name} waits until ${ContainerName} ends, which would end the task`,
      // Otherwise ECS decides how long the copying may take; Fargate takes no more.
      ends && differs(`StartTimeout of ${ContainerName}`, Number(other.StartTimeout), longestStart),
      Condition === 'HEALTHY' && other.HealthCheck === undefined && `${ContainerName} has no health check`,
    ]
  })
}

/** Terraform v1.0.7 has both: its module sets them for every container. */
function endingProblems({
  Name: name,
  RestartPolicy: restart,
  VersionConsistency: version,
}: Properties): Findings {
  return [
    // No task stops then and no event is written, so that nobody could say why it ended.
    restart !== undefined && `${name} is started again in place`,
    // A build moves the tag, so that tasks of one deployment would run different images.
    version !== undefined && version !== 'enabled' && `${name} takes another image when its tag moves`,
  ]
}

function mountProblems({Name: name, MountPoints = []}: Properties, volumes: readonly string[]): Findings {
  const paths: string[] = MountPoints.map(({ContainerPath}: Properties) => ContainerPath)
  return [
    ...MountPoints.filter(({SourceVolume}: Properties) => !volumes.includes(SourceVolume)).map(
      ({SourceVolume}: Properties) => `${name} mounts ${SourceVolume}, which the task does not have`,
    ),
    ...doubles(paths).map(path => `${name} mounts two volumes at ${path}`),
    ...paths.filter(path => !path.startsWith('/')).map(path => `${name} mounts at ${path}, no absolute path`),
  ]
}

/** A variable that is given both plainly and as a secret is refused; one that is given twice has either value. */
function namesOf({Environment = [], Secrets = []}: Properties): string[] {
  return [...Environment, ...Secrets].map(({Name}: Properties) => Name)
}
