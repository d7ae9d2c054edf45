import {beforeEach, expect, it} from 'vitest'
import type {OwnSubnet} from '../../../../src/aws/networks.js'
import type {FakeAws} from '../../../helpers/fake-aws.js'
import {emptyAws, finding, stands} from '../fixture.js'

const id = 'subnet-addresses'
const individual = {layout: 'individual'} as const
const network = stands('demo-network', 'CREATE_COMPLETE', 'individual')

let aws: FakeAws
beforeEach(() => {
  aws = emptyAws()
  aws.ownSubnets = ['a', 'b', 'c'].flatMap(zone => [
    subnet('public', zone, 200),
    subnet('private', zone, 4000),
  ])
})

function subnet(kind: string, zone: string, free: number): OwnSubnet {
  return {id: `subnet-${kind}-${zone}`, zone: `us-west-2${zone}`, free, tags: {'subnet-type': kind}}
}

const leave = (subnetId: string, free: number) => {
  aws.ownSubnets = aws.ownSubnets.map(each => (each.id === subnetId ? {...each, free} : each))
}

it('asks nothing of subnets that are created with the rest', async () => {
  leave('subnet-private-a', 0)
  expect(await finding(id, aws)).toEqual({verdict: 'pass', detail: 'the subnets are created, too'})
})

it('passes while every subnet has enough for the stacks that are missing', async () => {
  expect(await finding(id, aws, individual, network)).toEqual({
    verdict: 'pass',
    detail: '200 free in subnet-public-a, the fullest; 8 needed',
  })
})

it('blocks when a subnet has too few for what is created in it, and says for what', async () => {
  // Eight tasks over three zones, a mount target, an instance, and a third of what a proxy takes.
  leave('subnet-private-b', 9)
  expect(await finding(id, aws, individual, network)).toMatchObject({verdict: 'pass'})
  leave('subnet-private-b', 8)
  leave('subnet-public-c', 7)
  expect(await finding(id, aws, individual, network)).toEqual({
    verdict: 'block',
    detail:
      'Subnet subnet-public-c (us-west-2c) has 7 free addresses and needs 8 (8 for its load balancers); subnet subnet-private-b (us-west-2b) has 8 free addresses and needs 9 (3 for tasks, 1 for the file system, 1 for the database, 4 for its proxy).',
    advice:
      "Remove what others have placed there; `aws ec2 describe-network-interfaces --filters Name=subnet-id,Values='subnet-public-c,subnet-private-b' --region us-west-2` shows what uses the addresses.",
  })
})

it.each([
  ['16', 4],
  ['17', 5],
  ['64', 9],
  ['128', 14],
])(
  'of a database of at most %s capacity units the proxy needs %i addresses of each of three subnets',
  async (acu, needed) => {
    leave('subnet-private-b', 0)
    const settings = {...individual, parameters: {DatabaseMaxACU: acu}}
    expect((await finding(id, aws, settings, network)).detail).toContain(`${needed} for its proxy`)
  },
)

it('warns of an existing environment whose new tasks would find no address beside the old ones', async () => {
  const root = stands('demo', 'CREATE_COMPLETE')
  leave('subnet-private-a', 3)
  expect(await finding(id, aws, {}, root)).toMatchObject({verdict: 'pass'})
  leave('subnet-private-a', 2)
  expect(await finding(id, aws, {}, root)).toMatchObject({
    verdict: 'warn',
    detail:
      'Subnet subnet-private-a (us-west-2a) has 2 free addresses and needs 3 (3 for new tasks beside the old ones).',
  })
})

it('passes where subnets that exist cannot be told apart', async () => {
  aws.ownSubnets = [{id: 'subnet-1', zone: 'us-west-2a', free: 0, tags: {}}]
  expect(await finding(id, aws, {}, stands('demo', 'CREATE_COMPLETE'))).toMatchObject({verdict: 'pass'})
})
