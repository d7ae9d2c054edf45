import {describe, expect, test} from 'vitest'
import {cidrSubnets, networkOf} from '../../src/template/cidr.js'
import {findDynamicReferences} from '../../src/template/dynamic-references.js'
import {subParts, subVariables} from '../../src/template/intrinsics/sub-text.js'
import {nearestName} from '../../src/template/nearest-name.js'

/** What begins a variable of `Fn::Sub`. */
const opening = '\u0024{'

describe('cidrSubnets', () => {
  test.each([
    ['192.168.0.0/24', 3, 5, ['192.168.0.0/27', '192.168.0.32/27', '192.168.0.64/27']],
    ['10.0.7.9/16', 1, 8, ['10.0.0.0/24']],
    ['2600:1f18:abc:de00::/56', 2, 64, ['2600:1f18:abc:de00::/64', '2600:1f18:abc:de01::/64']],
    ['::/0', 2, 64, ['::/64', '0:0:0:1::/64']],
    ['10.0.0.0/24', 2, 9, []],
    ['10.0.0.256/24', 1, 8, undefined],
    ['10.0.0.0/33', 1, 8, undefined],
    ['1::2::3/64', 1, 8, undefined],
    ['nonsense', 1, 8, undefined],
  ])('%s into %i with %i bits', (block, count, bits, subnets) => {
    expect(cidrSubnets(block, count, bits)).toEqual(subnets)
  })
})

test.each([
  ['10.1.2.3/8', '10.0.0.0/8'],
  ['10.0.0.0/8', '10.0.0.0/8'],
  ['192.0.2.1/32', '192.0.2.1/32'],
  ['255.255.255.255/0', '0.0.0.0/0'],
  ['2600:1f18:abc:de01::1/56', '2600:1f18:abc:de00::/56'],
  ['nonsense', 'nonsense'],
])('networkOf takes the host bits of %s away', (block, network) => {
  expect(networkOf(block)).toBe(network)
})

test('subParts takes a text of a megabyte apart at once, also when nothing in it ends', () => {
  const began = performance.now()
  expect(subParts(opening.repeat(500_000))).toEqual([{literal: opening.repeat(500_000)}])
  expect(subVariables(`${opening}A} ${opening}`)).toEqual(['A'])
  expect(performance.now() - began).toBeLessThan(2000)
})

test('nearestName forgives case and a few letters', () => {
  const names = ['EnvironmentName', 'VpcCidr']
  expect(nearestName('environmentname', names)).toBe('EnvironmentName')
  expect(nearestName('VpcCdir', names)).toBe('VpcCidr')
  expect(nearestName('Something', names)).toBeUndefined()
  expect(nearestName('x', [])).toBeUndefined()
})

test('findDynamicReferences finds them at any depth', () => {
  expect(
    findDynamicReferences({a: ['x{{resolve:ssm:/p:1}}y{{resolve:secretsmanager:s:SecretString:k}}'], b: 1}),
  ).toEqual([
    {kind: 'ssm', reference: '/p:1', text: '{{resolve:ssm:/p:1}}'},
    {
      kind: 'secretsmanager',
      reference: 's:SecretString:k',
      text: '{{resolve:secretsmanager:s:SecretString:k}}',
    },
  ])
})
