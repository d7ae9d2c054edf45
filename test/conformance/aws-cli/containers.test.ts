import {describe, expect, inject, test} from 'vitest'
import {aws} from '../clients.js'

const {document} = inject('deployed')
const {verification, outputs} = document
const clusters: string[] = [outputs.MainEcsClusterName, outputs.KeycloakEcsClusterName]

const namesIn = (cluster: string): string[] =>
  verification.services.filter((service: any) => service.cluster === cluster).map(({name}: any) => name)
const ecs = (operation: string, cluster: string, ...args: string[]) =>
  aws('ecs', operation, '--cluster', cluster, ...args)

describe('ECS', () => {
  test('lists the eight services of the two clusters', async () => {
    const listed = await Promise.all(clusters.map(cluster => ecs('list-services', cluster)))
    const names = listed.map(({serviceArns}) => serviceArns.map((arn: string) => arn.split('/').at(-1)))
    expect(names.map(list => list.toSorted())).toEqual(clusters.map(cluster => namesIn(cluster).toSorted()))
    expect(names.flat()).toHaveLength(8)
  })

  test('describes every service as running one task of one', async () => {
    const described = await Promise.all(
      clusters.map(cluster => ecs('describe-services', cluster, '--services', ...namesIn(cluster))),
    )
    const services = described.flatMap(answer => answer.services)
    expect(services).toHaveLength(8)
    for (const service of services) {
      expect(service).toMatchObject({status: 'ACTIVE', desiredCount: 1, runningCount: 1, pendingCount: 0})
      expect(service.deployments).toMatchObject([{status: 'PRIMARY', rolloutState: 'COMPLETED'}])
    }
    expect(described.flatMap(({failures}) => failures)).toEqual([])
  })

  test('describes a running task at the address that is its load balancer target', async () => {
    const [main = ''] = clusters
    const {taskArns} = await ecs('list-tasks', main)
    expect(taskArns).toHaveLength(7)
    const {tasks} = await ecs('describe-tasks', main, '--tasks', ...taskArns)
    for (const task of tasks) expect(task).toMatchObject({lastStatus: 'RUNNING', launchType: 'FARGATE'})
    const registry = tasks.find(({group}: any) => group === 'service:mcp-gateway-registry')
    const address = registry.attachments[0].details.find(({name}: any) => name === 'privateIPv4Address')
    const target = verification.targetGroups.find(({name}: any) => name === 'mcp-gateway-registry-tg')
    expect(address.value).toBe(target.targets[0].id)
  })
})

describe('the load balancers', () => {
  test('are active, under the names of the outputs, and listen', async () => {
    const {LoadBalancers} = await aws('elbv2', 'describe-load-balancers')
    expect(LoadBalancers.map(({DNSName}: any) => DNSName).sort()).toEqual(
      [outputs.MainAlbDnsName, outputs.KeycloakAlbDnsName].sort(),
    )
    for (const {State, Type, VpcId} of LoadBalancers)
      expect({State, Type, VpcId}).toEqual({
        State: {Code: 'active'},
        Type: 'application',
        VpcId: outputs.VpcId,
      })
    const main = LoadBalancers.find(({DNSName}: any) => DNSName === outputs.MainAlbDnsName)
    const {Listeners} = await aws(
      ...['elbv2', 'describe-listeners', '--load-balancer-arn', main.LoadBalancerArn],
    )
    expect(Listeners.map(({Port, Protocol}: any) => `${Protocol} ${Port}`).sort()).toEqual([
      'HTTP 7860',
      'HTTP 80',
      'HTTP 8888',
    ])
  })

  test('have four target groups, each with one healthy target, as mcpgw reports', async () => {
    const {TargetGroups} = await aws('elbv2', 'describe-target-groups')
    expect(TargetGroups).toHaveLength(4)
    const seen = await Promise.all(
      TargetGroups.map(async ({TargetGroupArn, TargetGroupName}: any) => {
        const health = await aws('elbv2', 'describe-target-health', '--target-group-arn', TargetGroupArn)
        return [
          TargetGroupName,
          health.TargetHealthDescriptions.map(({Target, TargetHealth}: any) => ({
            ...{id: Target.Id, port: Target.Port, state: TargetHealth.State, reason: null},
          })),
        ]
      }),
    )
    expect(Object.fromEntries(seen)).toEqual(
      Object.fromEntries(verification.targetGroups.map(({name, targets}: any) => [name, targets])),
    )
    for (const [, targets] of seen) expect(targets).toMatchObject([{state: 'healthy'}])
  })
})

describe('the image build', () => {
  const project: string = outputs.ContainerBuildProjectName

  test('is the only one of its project, and every phase of it succeeded', async () => {
    const {ids} = await aws('codebuild', 'list-builds-for-project', '--project-name', project)
    expect(ids).toEqual([document.build.id])
    const {builds, buildsNotFound} = await aws('codebuild', 'batch-get-builds', '--ids', ...ids)
    expect(buildsNotFound ?? []).toEqual([])
    expect(builds).toMatchObject([{buildStatus: 'SUCCEEDED', projectName: project, buildComplete: true}])
    const phases = builds[0].phases.map((phase: any) => [phase.phaseType, phase.phaseStatus])
    expect(phases.at(-1)).toEqual(['COMPLETED', undefined])
    expect(phases.slice(0, -1).map(([, status]: any) => status)).toEqual(Array(10).fill('SUCCEEDED'))
  })

  test('left its log in the group that it names', async () => {
    const {builds} = await aws('codebuild', 'batch-get-builds', '--ids', document.build.id)
    const {groupName, streamName} = builds[0].logs
    const [groups, found] = await Promise.all([
      aws('logs', 'describe-log-groups', '--log-group-name-prefix', groupName),
      aws('logs', 'filter-log-events', '--log-group-name', groupName, '--log-stream-names', streamName),
    ])
    expect(groups.logGroups.map(({logGroupName}: any) => logGroupName)).toEqual([groupName])
    const messages = found.events.map(({message}: any) => message)
    expect(messages).toContainEqual(expect.stringContaining('Phase complete: BUILD State: SUCCEEDED'))
  })

  test('left an image in each of the eight repositories', async () => {
    const {repositories} = await aws('ecr', 'describe-repositories')
    expect(repositories).toHaveLength(8)
    const images = await Promise.all(
      repositories.map(({repositoryName}: any) =>
        aws('ecr', 'describe-images', '--repository-name', repositoryName),
      ),
    )
    for (const {imageDetails} of images) {
      expect(imageDetails).toHaveLength(1)
      expect(imageDetails[0].imageTags).toContain('latest')
      expect(imageDetails[0].imageDigest).toMatch(/^sha256:[0-9a-f]{64}$/)
    }
  })
})
