import {describe, expect, it} from 'vitest'
import type {Resource, Task} from '../../../../src/rehearsal/account/account.js'
import {stateOf, tasksOf} from '../../../../src/rehearsal/resources/ecs-services.js'
import {ecsOperations} from '../../../../src/rehearsal/services/ecs/operations.js'
import {resolvableNames} from '../../../../src/rehearsal/services/ecs/service-connect.js'
import {call, put, secondsUntil} from './fixtures.js'
import {type Gateway, gateway, image, secondsUntilReady, service} from './gateway.js'

const namespaceArn = 'arn:aws:servicediscovery:us-west-2:111122223333:namespace/ns-1'

/** Of the service whose log is looked at. */
const logs = new Map([
  [
    'registry',
    {LogDriver: 'awslogs', Options: {'awslogs-group': '/ecs/demo-registry', 'awslogs-create-group': 'true'}},
  ],
])

function connected(): Gateway & {
  connect(name: string, options?: {port?: number; environment?: Record<string, string>}): Resource
  redeploy(name: string): Promise<unknown>
  namesOf(made: Resource): string[]
} {
  const base = gateway({port: 80})
  const type = 'AWS::ServiceDiscovery::PrivateDnsNamespace'
  put(base.world, type, 'ns-1', {Name: 'demo.local'}, {Arn: namespaceArn})
  const ecs = ecsOperations(base.world)
  const newest = (made: Resource): Task => {
    const task = tasksOf(base.region, made).findLast(({lastStatus}) => lastStatus === 'RUNNING')
    if (!task) throw new Error(`${made.physicalId} has no task`)
    return task
  }
  return {
    ...base,
    connect: (name, {port = 8000, environment = {}} = {}) =>
      service(base, {
        name: `demo-${name}`,
        image: image(base, name),
        port,
        container: {
          LogConfiguration: logs.get(name),
          Environment: Object.entries(environment).map(([Name, Value]) => ({Name, Value})),
        },
        properties: {
          ServiceConnectConfiguration: {
            Enabled: 'true',
            Namespace: namespaceArn,
            Services: [{PortName: name, ClientAliases: [{DnsName: name, Port: port}]}],
          },
        },
      }),
    redeploy: async name =>
      ecs.UpdateService?.({cluster: 'demo-cluster', service: `demo-${name}`, forceNewDeployment: true}, call),
    namesOf: made => [...resolvableNames(base.world, base.region, newest(made))],
  }
}

describe('a task of a Service Connect service', () => {
  it('resolves what was in the namespace when its service was deployed, and itself', () => {
    const base = connected()
    base.connect('currenttime')
    base.pass(30)
    const client = base.connect('mcpgw', {port: 8003})
    secondsUntilReady(base, client)
    expect(base.namesOf(client)).toEqual(['currenttime', 'mcpgw'])
  })

  it('does not learn what comes later, and nor does the task that replaces it', async () => {
    const base = connected()
    const client = base.connect('currenttime')
    secondsUntilReady(base, client)
    base.connect('mcpgw', {port: 8003})
    base.pass(300)
    expect(base.namesOf(client)).toEqual(['currenttime'])
    const [first] = tasksOf(base.region, client)
    await ecsOperations(base.world).StopTask?.({cluster: 'demo-cluster', task: first?.arn}, call)
    base.pass(300)
    expect(tasksOf(base.region, client).map(({lastStatus}) => lastStatus)).toEqual(['STOPPED', 'RUNNING'])
    expect(base.namesOf(client)).toEqual(['currenttime'])
  })

  it('learns it with the next deployment of its service', async () => {
    const base = connected()
    const client = base.connect('currenttime')
    secondsUntilReady(base, client)
    base.connect('mcpgw', {port: 8003})
    base.pass(300)
    await base.redeploy('currenttime')
    secondsUntilReady(base, client, 'update')
    expect(base.namesOf(client)).toEqual(['currenttime', 'mcpgw'])
  })

  it('sees no service that is made at the same time', () => {
    const base = connected()
    base.connect('currenttime')
    const client = base.connect('mcpgw', {port: 8003})
    secondsUntilReady(base, client)
    expect(base.namesOf(client)).toEqual(['mcpgw'])
  })

  it('sees no service of another namespace, and none at all without Service Connect', () => {
    const base = connected()
    base.connect('currenttime')
    const plain = service(base, {name: 'demo-plain', image: image(base, 'plain')})
    const other = 'arn:aws:servicediscovery:us-west-2:111122223333:namespace/ns-2'
    put(base.world, 'AWS::ServiceDiscovery::HttpNamespace', 'ns-2', {Name: 'other'}, {Arn: other})
    base.pass(60)
    const foreign = service(base, {
      name: 'demo-foreign',
      image: image(base, 'foreign'),
      properties: {
        ServiceConnectConfiguration: {Enabled: true, Namespace: other, Services: [{PortName: 'foreign'}]},
      },
    })
    secondsUntilReady(base, foreign)
    expect(base.namesOf(foreign)).toEqual(['foreign.other'])
    expect(base.namesOf(plain)).toEqual([])
  })

  it('keeps the age of an endpoint over deployments, so that what was known stays known', async () => {
    const base = connected()
    const server = base.connect('currenttime')
    secondsUntilReady(base, server)
    const since = stateOf(server).endpoints?.[0]?.since
    await base.redeploy('currenttime')
    const client = base.connect('mcpgw', {port: 8003})
    secondsUntilReady(base, client)
    expect(stateOf(server).endpoints).toEqual([{name: 'currenttime', since}])
    expect(base.namesOf(client)).toContain('currenttime')
  })
})

describe('a registry whose nginx looks up its upstreams', () => {
  const environment = {
    AUTH_SERVER_URL: 'http://auth-server:8888',
    KEYCLOAK_URL: 'https://auth.example.com',
  }

  it('starts when the auth server was there before it', () => {
    const base = connected()
    base.connect('auth-server', {port: 8888})
    base.pass(10)
    const registry = base.connect('registry', {port: 7860, environment})
    secondsUntilReady(base, registry)
    expect(base.namesOf(registry)).toEqual(['auth-server', 'registry'])
  })

  it('fails by its circuit breaker when the auth server is made beside it', () => {
    const base = connected()
    base.connect('auth-server', {port: 8888})
    put(base.world, 'AWS::Logs::LogGroup', '/ecs/demo-registry')
    const registry = base.connect('registry', {port: 7860, environment})
    expect(() => secondsUntilReady(base, registry)).toThrow(/Circuit Breaker was triggered/)
    const group = base.world.resource(base.region, 'AWS::Logs::LogGroup', '/ecs/demo-registry')
    expect(JSON.stringify(group?.data)).toContain(
      String.raw`nginx: [emerg] host not found in upstream \"auth-server\" in /etc/nginx/conf.d/`,
    )
    const stopped = tasksOf(base.region, registry).filter(({lastStatus}) => lastStatus === 'STOPPED')
    expect(stopped.length).toBeGreaterThanOrEqual(2)
    for (const task of stopped) {
      expect(task).toMatchObject({
        stopCode: 'EssentialContainerExited',
        containers: [{name: 'demo-registry', exitCode: 1}],
      })
    }
    expect(stateOf(registry).deployments[0]).toMatchObject({failedTasks: 3, rolloutState: 'FAILED'})
  })

  it('also fails when Keycloak has a name of AWS that nothing has', () => {
    const base = connected()
    base.connect('auth-server', {port: 8888})
    base.pass(10)
    const registry = base.connect('registry', {
      port: 7860,
      environment: {...environment, KEYCLOAK_URL: 'https://d111111abcdef8.cloudfront.net'},
    })
    expect(() => secondsUntilReady(base, registry)).toThrow(/Circuit Breaker was triggered/)
  })

  it('continues in a deployment that knows the names when a later one loses them', async () => {
    const base = connected()
    const server = base.connect('auth-server', {port: 8888})
    base.pass(10)
    const registry = base.connect('registry', {port: 7860, environment})
    secondsUntilReady(base, registry)
    base.world.remove(base.region, server)
    await base.redeploy('registry')
    secondsUntil(base, () => stateOf(registry).deployments[0]?.rolloutState === 'FAILED')
    expect(tasksOf(base.region, registry).some(({lastStatus}) => lastStatus === 'RUNNING')).toBe(true)
  })
})
