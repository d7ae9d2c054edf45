import {readFileSync} from 'node:fs'
import {describe, expect, test} from 'vitest'
import {childStacks, mainTemplate, type StackKey} from '../../src/environment/stacks.js'
import {resourceReferences} from '../../src/template/dependencies.js'
import {parseTemplate, type Template} from '../../src/template/index.js'
import {isList, isMap, type Value} from '../../src/template/value.js'

const folder = new URL('../../cloudformation/', import.meta.url)

function read(name: string): Template {
  return parseTemplate(readFileSync(new URL(name, folder), 'utf8'), name)
}

/** Every explicit dependency, and the need that CloudFormation cannot see. */
const reasons: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  [mainTemplate]: {
    'DataStack → NetworkStack': 'imports its exports',
    'ComputeStack → NetworkStack': 'imports its exports',
    'ServicesStack → DataStack': 'imports its exports',
    'ServicesStack → ComputeStack': 'imports its exports',
  },
  'network-stack.yaml': {
    'NatGateway1 → InternetGatewayAttachment':
      'EC2 refuses one in a VPC without internet gateway; it must be gone before that one is detached',
    'NatGateway2 → InternetGatewayAttachment': 'as NatGateway1',
    'NatGateway3 → InternetGatewayAttachment': 'as NatGateway1',
    'PublicDefaultRoute → InternetGatewayAttachment': 'a route to a gateway that is not attached is refused',
  },
  'data-stack.yaml': {
    'DatabaseProxy → DatabaseProxyLogGroup': 'RDS would make the group itself, without retention',
    'DatabaseProxyTargetGroup → DatabaseWriter': 'ready only when an instance answers',
  },
  'compute-stack.yaml': {
    'MainEcsCluster → MainInsightsLogGroup':
      'Container Insights would make the group itself, without retention',
    'KeycloakEcsCluster → KeycloakInsightsLogGroup': 'as MainEcsCluster',
    'KeycloakEcsCluster → MainEcsCluster':
      'the first cluster makes the service-linked role, two at once collide',
    'MainCapacityProviders → ServiceDiscoveryNamespace':
      'the new service-linked role needs a while to be usable',
    'KeycloakCapacityProviders → ServiceDiscoveryNamespace': 'as MainCapacityProviders',
    'ContainerImages → BuildEndedPermission': 'only that event answers CloudFormation',
    'MainOriginRule → MainDistribution': 'it asks for a header that must be sent everywhere by then',
    'MainOriginRefusal → MainOriginRule': 'without that one it would refuse CloudFront, too',
    'KeycloakOriginRule → KeycloakDistribution': 'as MainOriginRule',
    'KeycloakOriginRefusal → KeycloakOriginRule': 'as MainOriginRefusal',
    'KeycloakAdminRefusal → KeycloakPublicRule': 'without that one it would refuse logins',
    'KeycloakAdminRefusal → KeycloakNatRule': 'without that one it would refuse the registry',
    'KeycloakAdminRefusal → KeycloakAdminRule': 'without that one it would refuse whom it should not',
  },
  'services-stack.yaml': {
    'AuthServerService → AppExecutionPolicy': 'tasks read their secrets with it when they start',
    'RegistryService → AuthServerService':
      'Service Connect gives a deployment the names that exist: without this one nginx ends',
    'RegistryService → CurrentTimeService': 'nginx takes no configuration with a name that it cannot resolve',
    'RegistryService → McpgwService': 'as CurrentTimeService',
    'RegistryService → RealServerFakeToolsService': 'as CurrentTimeService',
    'RegistryService → FlightBookingAgentService': 'it asks for the health of an agent by that name',
    'RegistryService → TravelAssistantAgentService': 'as FlightBookingAgentService',
    'McpgwService → AppExecutionPolicy': 'as AuthServerService',
    'KeycloakService → KeycloakExecutionPolicy': 'as AuthServerService',
    'CurrentTimeService → TaskExecutionPolicy': 'tasks pull images of chosen repositories with it',
    'RealServerFakeToolsService → TaskExecutionPolicy': 'as CurrentTimeService',
    'FlightBookingAgentService → TaskExecutionPolicy': 'as CurrentTimeService',
    'TravelAssistantAgentService → TaskExecutionPolicy': 'as CurrentTimeService',
  },
}

/** `A → B` for every explicit dependency. */
function explicit({resources}: Template): string[] {
  return Object.entries(resources).flatMap(([name, {dependsOn}]) =>
    dependsOn.map(other => `${name} → ${other}`),
  )
}

/** Explicit dependencies that hold without being written, whatever the conditions. */
function redundant(template: Template): string[] {
  const {resources} = template
  const certain = new Map(
    Object.keys(resources).map(name => [
      name,
      resourceReferences(template, name).flatMap(({name: other, conditional}) =>
        conditional || resources[other] === undefined || resources[other].condition !== undefined
          ? []
          : [other],
      ),
    ]),
  )
  return explicit(template).filter(edge => {
    const [from = '', to = ''] = edge.split(' → ')
    const seen = new Set<string>()
    const open = [
      ...(certain.get(from) ?? []),
      ...(resources[from]?.dependsOn ?? []).filter(other => other !== to),
    ]
    for (let name = open.pop(); name !== undefined; name = open.pop()) {
      if (name === to) return true
      if (seen.has(name)) continue
      seen.add(name)
      open.push(...(certain.get(name) ?? []), ...(resources[name]?.dependsOn ?? []))
    }
    return false
  })
}

describe.each([mainTemplate, ...childStacks.map(({template}) => template)])('%s', name => {
  const template = read(name)

  test('orders nothing but what CloudFormation cannot see', () => {
    expect(explicit(template).sort()).toEqual(Object.keys(reasons[name] ?? {}).sort())
  })

  test('says nothing twice', () => {
    expect(redundant(template)).toEqual([])
  })
})

/** Names of the exports that a value asks for, as far as they are written out. */
function imported(value: Value): string[] {
  if (isList(value)) return value.flatMap(imported)
  if (!isMap(value)) return []
  const own = value['Fn::ImportValue']
  const name = own !== undefined && isMap(own) ? own['Fn::Sub'] : own
  return [...(typeof name === 'string' ? [name] : []), ...Object.values(value).flatMap(imported)]
}

describe('a stack waits for the stacks whose exports it imports, and for no others', () => {
  const templates = new Map(childStacks.map(({key, template}) => [key, read(template)]))
  const exporters = new Map(
    [...templates].flatMap(([key, {outputs}]) =>
      Object.values(outputs).flatMap(({exportName}) => {
        const name = isMap(exportName) ? exportName['Fn::Sub'] : exportName
        return typeof name === 'string' ? [[name, key] as const] : []
      }),
    ),
  )

  test.each(childStacks)('$key', ({logicalId, key, needs}) => {
    const names = Object.values(templates.get(key)?.resources ?? {}).flatMap(({properties}) =>
      imported(properties),
    )
    const sources = new Set(names.map(name => exporters.get(name) ?? name))
    const waitedFor = new Set(
      needs.flatMap(need => [need, ...(childStacks.find(each => each.key === need)?.needs ?? [])]),
    )
    expect([...sources].filter(source => !waitedFor.has(source as StackKey))).toEqual([])
    expect(needs.filter(need => !sources.has(need))).toEqual([])
    const rows = needs.map(need => childStacks.find(each => each.key === need)?.logicalId)
    expect(read(mainTemplate).resources[logicalId]?.dependsOn.toSorted()).toEqual(rows.toSorted())
  })
})

test('a dependency that is written although it is there is found, one behind a condition is not', () => {
  const found = (properties: string, more = '') =>
    redundant(
      parseTemplate(
        `Conditions: {C: !Equals [a, a]}\nResources:\n  A: {Type: A::B::C}\n  M: {Type: A::B::C, Properties: {P: !Ref A}${more}}\n  Z: {Type: A::B::C, DependsOn: A, Properties: {P: ${properties}}}\n`,
      ),
    )
  expect(found('!Ref A')).toEqual(['Z → A'])
  expect(found(`!Sub "\${M}"`)).toEqual(['Z → A'])
  expect(found('!If [C, !Ref A, x]')).toEqual([])
  expect(found('!Ref M', ', Condition: C')).toEqual([])
  expect(found('x')).toEqual([])
})
