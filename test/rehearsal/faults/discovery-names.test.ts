import {expect, it} from 'vitest'
import {catalogue} from '../../../src/rehearsal/faults/catalogue.js'
import {setFault} from '../../../src/rehearsal/faults/setting.js'
import {drain} from '../../../src/rehearsal/services/ecs/service-changes.js'
import {serviceDiscoveryOperations} from '../../../src/rehearsal/services/servicediscovery/operations.js'
import {callIn} from '../helpers/call.js'
import {put} from '../services/ecs/fixtures.js'
import {gateway, image, secondsUntilReady, service} from '../services/ecs/gateway.js'

const here = callIn('us-west-2')
const Arn = 'arn:aws:servicediscovery:us-west-2:111122223333:namespace/ns-1'

function account(fault?: string) {
  const base = gateway({port: 80})
  if (fault !== undefined) setFault(base.world, fault)
  put(base.world, 'AWS::ServiceDiscovery::PrivateDnsNamespace', 'ns-1', {Name: 'demo.local'}, {Arn})
  const address = image(base, 'registry')
  const make = (name: string) =>
    service(base, {
      ...{name, image: address, port: 80},
      properties: {
        ServiceConnectConfiguration: {
          ...{Enabled: true, Namespace: Arn},
          Services: [{PortName: 'web', DiscoveryName: 'registry'}],
        },
      },
    })
  const made = make('demo-registry')
  secondsUntilReady(base, made)
  const api = serviceDiscoveryOperations(base.world)
  const names = () =>
    api
      .ListServices({Filters: [{Name: 'NAMESPACE_ID', Values: ['ns-1']}]}, here)
      .Services.map(each => each.Name)
  const count = () => api.ListNamespaces({}, here).Namespaces[0]?.ServiceCount
  return {...base, make, made, names, count}
}

it('goes with its service', () => {
  const {made, names, count, pass, world, region} = account()
  expect([names(), count()]).toEqual([['registry'], 1])
  drain(world, region, made)
  pass(120)
  expect([names(), count()]).toEqual([[], 0])
})

it('stays for a while where a fault wants it, and ECS refuses a new service of that name meanwhile', () => {
  const {made, names, count, make, pass, world, region} = account(catalogue['keep-discovery-name'].example)
  drain(world, region, made)
  pass(120)
  expect([names(), count()]).toEqual([['registry'], 1])
  expect(() => make('demo-other')).toThrow(
    `CreateService error: SC service is already used by ${Arn} (Service`,
  )
  pass(300)
  expect([names(), count()]).toEqual([[], 0])
  expect(make('demo-other')).toBeDefined()
})
