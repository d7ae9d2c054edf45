import {beforeEach, describe, expect, it} from 'vitest'
import {serviceDiscoveryOperations} from '../../../../src/rehearsal/services/servicediscovery/operations.js'
import {engineOf} from '../../engine/engine-world.js'
import {callIn} from '../../helpers/call.js'
import {testWorld} from '../../helpers/world.js'

const here = callIn('us-west-2')
const template = {
  Resources: {
    Namespace: {Type: 'AWS::ServiceDiscovery::HttpNamespace', Properties: {Name: 'demo.local'}},
    Service: {
      Type: 'AWS::ServiceDiscovery::Service',
      Properties: {Name: 'registry', NamespaceId: {Ref: 'Namespace'}},
    },
  },
}

function account() {
  const {world, pass} = testWorld()
  const engine = engineOf(world, pass)
  engine.create('demo', template)
  pass(120)
  const {Namespace, Service} = engine.find('demo').resources
  const ServiceId = Service?.physicalId ?? ''
  const api = serviceDiscoveryOperations(world)
  return {
    ...engine,
    api,
    ServiceId,
    namespace: Namespace?.physicalId ?? '',
    ids: () => api.ListInstances({ServiceId}, here).Instances.map(({Id}) => Id),
    status: (operation: {OperationId?: string}) => api.GetOperation(operation as any, here).Operation.Status,
  }
}

let demo: ReturnType<typeof account>
beforeEach(() => {
  demo = account()
})

describe('an instance that somebody registered', () => {
  it('keeps its service, in a stack and by hand, until it is deregistered', () => {
    const {api, ServiceId, ids, status, pass, remove, find} = demo
    const made = api.RegisterInstance({ServiceId, InstanceId: 'mine', Attributes: {a: 'b'}} as any, here)
    expect(status(made)).toBe('PENDING')
    pass(6)
    expect(status(made)).toBe('SUCCESS')
    expect(ids()).toEqual(['mine'])
    expect(() => api.DeleteService({Id: ServiceId}, here)).toThrow(/contains registered instances/)
    remove('demo')
    pass(120)
    expect(find('demo').status).toBe('DELETE_FAILED')
    const gone = api.DeregisterInstance({ServiceId, InstanceId: 'mine'}, here)
    pass(6)
    expect(status(gone)).toBe('SUCCESS')
    expect(ids()).toEqual([])
    remove('demo')
    pass(120)
    expect(find('demo').status).toBe('DELETE_COMPLETE')
  })

  it('is not found a second time, nor under another service', () => {
    const {api, ServiceId} = demo
    expect(() => api.DeregisterInstance({ServiceId, InstanceId: 'nobody'}, here)).toThrow(
      'No instance found with ID nobody',
    )
    expect(() => api.DeregisterInstance({ServiceId: 'srv-0', InstanceId: 'nobody'}, here)).toThrow(
      'No service found with ID srv-0',
    )
  })
})

it('a namespace goes after its services, and takes its time', () => {
  const {api, ServiceId, namespace, status, pass} = demo
  expect(() => api.DeleteNamespace({Id: namespace}, here)).toThrow(/has associated services/)
  api.DeleteService({Id: ServiceId}, here)
  const begun = api.DeleteNamespace({Id: namespace}, here)
  expect(status(begun)).toBe('PENDING')
  pass(60)
  expect(status(begun)).toBe('SUCCESS')
  expect(api.ListNamespaces({}, here).Namespaces).toEqual([])
})
