import {isNamed} from '../errors.js'
import {allPages, batches, unlessAbsent} from '../pages.js'
import {type LiveState, type Look, there, thereOf} from './state.js'

/** Services of one DescribeServices call; names of one BatchGetProjects and DescribeClusters call. */
const perCall = {services: 10, names: 100}

const clusters: Look = async (clients, ids) => {
  const ecs = await clients.ecs()
  const found = await Promise.all(
    batches(ids, perCall.names).map(batch => ecs.describeClusters({clusters: [...batch]})),
  )
  const active = found.flatMap(({clusters = []}) => clusters).filter(({status}) => status !== 'INACTIVE')
  return thereOf(active.map(({clusterName}) => clusterName))
}

/** Physical ids are ARNs, `…:service/CLUSTER/NAME`. */
const services: Look = async (clients, ids) => {
  const ecs = await clients.ecs()
  const byCluster = grouped(ids, id => id.split('/')[1] ?? 'default')
  const calls = [...byCluster].flatMap(([cluster, arns]) =>
    batches(arns, perCall.services).map(batch =>
      unlessAbsent(
        () => ecs.describeServices({cluster, services: [...batch]}),
        error => isNamed(error, 'ClusterNotFoundException'),
        undefined,
      ),
    ),
  )
  const found = (await Promise.all(calls)).flatMap(answer => answer?.services ?? [])
  return new Map(
    found
      .filter(({status}) => status === 'ACTIVE')
      .map(({serviceArn = '', taskDefinition = '', desiredCount = 0}) => [
        serviceArn,
        {is: 'service', definition: taskDefinition, desired: desiredCount} satisfies LiveState,
      ]),
  )
}

/**
 * One by one: lists have all revisions of the account. A deregistered one is told of as INACTIVE, and no service can be
 * made or updated with it. Source: ECS developer guide, "Deregistering an Amazon ECS task definition revision".
 */
const taskDefinitions: Look = async (clients, ids) => {
  const ecs = await clients.ecs()
  const found = await Promise.all(
    ids.map(async (id): Promise<readonly [string, LiveState][]> => {
      const answer = await unlessAbsent(
        () => ecs.describeTaskDefinition({taskDefinition: id}),
        error => isNamed(error, 'ClientException'),
        undefined,
      )
      if (answer?.taskDefinition === undefined) return []
      return [[id, answer.taskDefinition.status === 'ACTIVE' ? there : {is: 'deregistered'}]]
    }),
  )
  return new Map(found.flat())
}

/**
 * One without an image that a task definition names is as good as empty. One call for each that must have any, and one for
 * all others.
 */
const repositories: Look = async (clients, ids, {images: wanted}) => {
  const ecr = await clients.ecr()
  const [filled, others] = [ids.filter(id => wanted.has(id)), ids.filter(id => !wanted.has(id))]
  const listed = async () => {
    const all = await allPages(async token => {
      const page = await ecr.describeRepositories({maxResults: 1000, nextToken: token})
      return {items: page.repositories, token: page.nextToken}
    })
    return others.flatMap(id =>
      all.some(({repositoryName}) => repositoryName === id) ? [[id, there] as const] : [],
    )
  }
  const look = async (repositoryName: string): Promise<readonly (readonly [string, LiveState])[]> => {
    const images = wanted.get(repositoryName) ?? []
    const imageIds = images.map(image =>
      image.startsWith('sha256:') ? {imageDigest: image} : {imageTag: image},
    )
    try {
      const {imageDetails = []} = await ecr.describeImages({repositoryName, imageIds})
      return [[repositoryName, imageDetails.length > 0 ? there : {is: 'empty', images}]]
    } catch (error) {
      // It fails as a whole when one of them is missing.
      if (isNamed(error, 'ImageNotFoundException')) return [[repositoryName, {is: 'empty', images}]]
      if (isNamed(error, 'RepositoryNotFoundException')) return []
      throw error
    }
  }
  const found = await Promise.all([...filled.map(look), ...(others.length > 0 ? [listed()] : [])])
  return new Map(found.flat())
}

const projects: Look = async (clients, ids) => {
  const codeBuild = await clients.codeBuild()
  const found = await Promise.all(
    batches(ids, perCall.names).map(batch => codeBuild.batchGetProjects({names: [...batch]})),
  )
  return thereOf(found.flatMap(({projects = []}) => projects.map(({name}) => name)))
}

/** Groups are listed by what their names begin with: `/ecs/`, `/aws/lambda/`. */
const logGroups: Look = async (clients, ids) => {
  const logs = await clients.logs()
  const prefixes = new Set(ids.map(id => /^(?:\/aws)?\/?[^/]*\/?/.exec(id)?.[0] || id))
  const found = await Promise.all(
    [...prefixes].map(prefix =>
      allPages(async token => {
        const page = await logs.describeLogGroups({logGroupNamePrefix: prefix, nextToken: token})
        return {items: page.logGroups, token: page.nextToken}
      }),
    ),
  )
  return thereOf(found.flat().map(({logGroupName}) => logGroupName))
}

/** Physical ids are `service/CLUSTER/NAME|DIMENSION|NAMESPACE`. */
const scalableTargets: Look = async clients => {
  const scaling = await clients.autoScaling()
  const all = await allPages(async token => {
    const page = await scaling.describeScalableTargets({ServiceNamespace: 'ecs', NextToken: token})
    return {items: page.ScalableTargets, token: page.NextToken}
  })
  return new Map(
    all.map(({ResourceId, ScalableDimension, ServiceNamespace, MinCapacity = 0, MaxCapacity = 0}) => [
      `${ResourceId}|${ScalableDimension}|${ServiceNamespace}`,
      {is: 'scaling', least: MinCapacity, most: MaxCapacity} satisfies LiveState,
    ]),
  )
}

const scalingPolicies: Look = async clients => {
  const scaling = await clients.autoScaling()
  const all = await allPages(async token => {
    const page = await scaling.describeScalingPolicies({ServiceNamespace: 'ecs', NextToken: token})
    return {items: page.ScalingPolicies, token: page.NextToken}
  })
  return new Map(all.map(({PolicyARN = ''}) => [PolicyARN, there]))
}

function grouped<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item])
  return groups
}

export const computeLooks: Readonly<Record<string, Look>> = {
  'AWS::ECS::Cluster': clusters,
  'AWS::ECS::Service': services,
  'AWS::ECS::TaskDefinition': taskDefinitions,
  'AWS::ECR::Repository': repositories,
  'AWS::CodeBuild::Project': projects,
  'AWS::Logs::LogGroup': logGroups,
  'AWS::ApplicationAutoScaling::ScalableTarget': scalableTargets,
  'AWS::ApplicationAutoScaling::ScalingPolicy': scalingPolicies,
}
