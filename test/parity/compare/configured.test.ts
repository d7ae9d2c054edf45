import {describe, expect, test} from 'vitest'
import {Configured} from '../../../src/parity/compare/configured.js'
import {planned} from './small.js'

const vpc = planned('module.vpc.aws_vpc.this[0]', {})
const subnets = [0, 1].map(index => planned(`module.vpc.aws_subnet.private[${index}]`, {}))
const balancer = planned('aws_lb.main', {})
const configured = new Configured([vpc, ...subnets, balancer], ({address}) => address)

function candidates(attribute: string, ...references: string[]) {
  const [own = ''] = attribute.split('.0')
  return configured.of(planned('aws_x.y', {}, {references: {[own]: references}}), attribute.split('.'))
}

test('one reference is written three times, and is one', () => {
  const references = [
    'module.vpc.aws_vpc.this[0].id',
    'module.vpc.aws_vpc.this[0]',
    'module.vpc.aws_vpc.this',
  ]
  expect(candidates('vpc_id', ...references)).toEqual({
    pointers: ['<module.vpc.aws_vpc.this[0]>'],
    isComplete: true,
  })
})

test('a reference without a key may mean any instance', () => {
  expect(candidates('subnet_ids', 'module.vpc.aws_subnet.private')?.pointers).toEqual([
    '<module.vpc.aws_subnet.private[0]>',
    '<module.vpc.aws_subnet.private[1]>',
  ])
})

test('a reference with a key means that instance, whatever its key is', () => {
  expect(candidates('subnet_id', 'module.vpc.aws_subnet.private[1].id')?.pointers).toEqual([
    '<module.vpc.aws_subnet.private[1]>',
  ])
  const keyed = ['a', 'b'].map(key => planned(`aws_x.z["${key}"]`, {}))
  const known = new Configured(keyed, ({address}) => address)
  const refers = planned('aws_x.y', {}, {references: {a: ['aws_x.z["b"].id']}})
  expect(known.of(refers, ['a'])?.pointers).toEqual(['<aws_x.z["b"]>'])
})

test('what is an address of its own is kept apart from the resource', () => {
  expect(candidates('name', 'aws_lb.main.dns_name')?.pointers).toEqual(['<aws_lb.main.dns_name>'])
  expect(candidates('name', 'aws_lb.main.arn')?.pointers).toEqual(['<aws_lb.main>'])
})

test('an element of a list is what the list refers to', () => {
  expect(candidates('security_groups.0', 'aws_lb.main.id')?.pointers).toEqual(['<aws_lb.main>'])
})

describe('not all of it is told', () => {
  test.each(['local.subnets', 'each.value.subnet_id', 'data.aws_vpc.main', 'aws_gone.x.id'])(
    'by %s',
    reference => {
      expect(candidates('a', 'aws_lb.main.id', reference)?.isComplete).toBe(false)
    },
  )
})

test('an attribute that refers to nothing has no candidates', () => {
  expect(configured.of(planned('aws_x.y', {}), ['a'])).toBeUndefined()
})

test('what data sources alone tell is told from what else may tell it', () => {
  const reads = (...references: string[]) =>
    configured.isReadFromData(planned('aws_x.y', {}, {references: {a: references}}), ['a'])
  expect(reads('module.x.data.aws_subnet.this[0].vpc_id', 'data.aws_vpc.main')).toBe(true)
  expect(reads('data.aws_vpc.main', 'local.vpc_id')).toBe(false)
  expect(configured.isReadFromData(planned('aws_x.y', {}), ['a'])).toBe(false)
})
