import type {TaskDefinitionStatus} from '@aws-sdk/client-ecs'
import {services as environmentServices} from '../../environment/services.js'
import {parseArn} from '../arn.js'
import type {Clients} from '../clients.js'
import {isNamed} from '../errors.js'
import {allPages, batches, unlessAbsent} from '../pages.js'
import {arnIn, type Existing, type Reader, type Sought, sharedIn} from './reader.js'

/** Source: Amazon ECS API reference, DescribeClusters. */
const clustersPerCall = 100

const clusters: Reader = async (clients, sought) => {
  const ecs = await clients.ecs()
  const found = await Promise.all(
    batches(await clusterArns(clients, sought), clustersPerCall).map(batch =>
      ecs.describeClusters({clusters: [...batch], include: ['TAGS']}),
    ),
  )
  return found
    .flatMap(({clusters = []}) => clusters)
    .filter(({status}) => status !== 'INACTIVE')
    .map(({clusterArn: arn = '', clusterName: name = '', tags = []}) => ({
      ...{kind: 'ecs:cluster', arn, name, id: name},
      tags: Object.fromEntries(tags.map(({key = '', value = ''}) => [key, value])),
    }))
}

/** Of the clusters that the environment has or had: a service cannot be without its cluster. */
const services: Reader = async (clients, sought) => {
  const {environment, ids} = sought
  const ecs = await clients.ecs()
  const ours = (await clusterArns(clients, sought)).filter(arn => {
    const name = lastOf(arn)
    return ids.includes(name) || name.startsWith(`${environment}-`)
  })
  const found = await Promise.all(
    ours.map(cluster =>
      unlessAbsent(
        () =>
          allPages(async nextToken => {
            const page = await ecs.listServices({cluster, maxResults: 100, nextToken})
            return {items: page.serviceArns, token: page.nextToken}
          }),
        error => isNamed(error, 'ClusterNotFoundException'),
        [],
      ),
    ),
  )
  return found.flat().map(arn => {
    const name = parseArn(arn)?.resource.replace(/^service\//, '') ?? arn
    return {kind: 'ecs:service', arn, name, id: arn, within: [name.split('/')[0] ?? '']}
  })
}

/**
 * Of the environment's families, in every status: ECS keeps a deregistered revision until somebody deletes it. All of the
 * region where they fit into one page, else those of each family. Source: Amazon ECS API reference, ListTaskDefinitions.
 */
const taskDefinitions: Reader = async (clients, {environment, ids}) => {
  const ecs = await clients.ecs()
  const ours = new Set([
    ...environmentServices.map(({name}) => name(environment)),
    ...ids.flatMap(id => familyOf(id) ?? []),
  ])
  const page = async (status: TaskDefinitionStatus, familyPrefix?: string, nextToken?: string) => {
    const {taskDefinitionArns, nextToken: token} = await ecs.listTaskDefinitions({
      ...{familyPrefix, status, nextToken},
      maxResults: 100,
    })
    return {items: taskDefinitionArns, token}
  }
  const revisionsIn = async (status: TaskDefinitionStatus) => {
    const first = await page(status)
    if (first.token === undefined) return first.items ?? []
    const lists = [...ours].map(family => allPages(token => page(status, family, token)))
    return (await Promise.all(lists)).flat()
  }
  const statuses = ['ACTIVE', 'INACTIVE', 'DELETE_IN_PROGRESS'] as const
  const found = await Promise.all(statuses.map(revisionsIn))
  return statuses.flatMap((status, index) =>
    (found[index] ?? [])
      .filter(arn => ours.has(familyOf(arn) ?? ''))
      .map((arn): Existing => {
        const entry = {kind: 'ecs:task-definition', arn, name: lastOf(arn), id: arn}
        if (status === 'INACTIVE') return entry
        return status === 'ACTIVE' ? {...entry, isInUse: true} : {...entry, isGoing: true}
      }),
  )
}

function familyOf(arn: string): string | undefined {
  return /:task-definition\/([\w-]+):\d+$/.exec(arn)?.[1]
}

const repositories: Reader = async clients => {
  const ecr = await clients.ecr()
  const all = await allPages(async nextToken => {
    const page = await ecr.describeRepositories({maxResults: 1000, nextToken})
    return {items: page.repositories, token: page.nextToken}
  })
  return all.map(({repositoryName: id = '', repositoryArn: arn = ''}) => ({
    ...{kind: 'ecr:repository', arn, name: id, id},
  }))
}

const projects: Reader = async (clients, sought) => {
  const codeBuild = await clients.codeBuild()
  const names = await allPages(async nextToken => {
    const page = await codeBuild.listProjects({nextToken})
    return {items: page.projects, token: page.nextToken}
  })
  return names.map(name => ({
    ...{kind: 'codebuild:project', arn: arnIn(sought, 'codebuild', `project/${name}`)},
    ...{name, id: name},
  }))
}

const scalableTargets: Reader = async clients => {
  const scaling = await clients.autoScaling()
  const all = await allPages(async token => {
    const page = await scaling.describeScalableTargets({ServiceNamespace: 'ecs', NextToken: token})
    return {items: page.ScalableTargets, token: page.NextToken}
  })
  return all.map(
    ({ResourceId: name = '', ScalableTargetARN: arn = name, ScalableDimension, ServiceNamespace}) => ({
      ...{kind: 'application-autoscaling:scalable-target', arn, name},
      id: `${name}|${ScalableDimension}|${ServiceNamespace}`,
    }),
  )
}

async function clusterArns(clients: Clients, sought: Sought): Promise<readonly string[]> {
  const ecs = await clients.ecs()
  return sharedIn(sought, 'ecs:cluster', () =>
    allPages(async nextToken => {
      const page = await ecs.listClusters({maxResults: 100, nextToken})
      return {items: page.clusterArns, token: page.nextToken}
    }),
  )
}

function lastOf(arn: string): string {
  return arn.slice(arn.lastIndexOf('/') + 1)
}

export const containerReaders: Readonly<Record<string, Reader>> = {
  'application-autoscaling:scalable-target': scalableTargets,
  'ecs:cluster': clusters,
  'ecs:service': services,
  'ecs:task-definition': taskDefinitions,
  'ecr:repository': repositories,
  'codebuild:project': projects,
}
