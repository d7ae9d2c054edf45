import {expect, test} from 'vitest'
import {Reuse} from '../../../src/parity/compare/reuse.js'
import {planned} from './small.js'

test('what is the same is not compared again, and what differs in one part is', () => {
  const reuse = new Reuse()
  const [one, other] = [planned('aws_x.a', {}), planned('aws_x.a', {})]
  const here = {}
  const comparisons: string[] = []
  const compare = (resource: typeof one, context: readonly unknown[], name: string) =>
    reuse.verdicts(resource, context, () => {
      comparisons.push(name)
      return []
    })
  compare(one, [here, 'a'], 'first')
  compare(one, [here, 'a'], 'again')
  compare(one, [here, 'b'], 'another fingerprint')
  compare(one, [{}, 'b'], 'another counterpart')
  compare(other, [here, 'a'], 'another resource')
  expect(comparisons).toEqual(['first', 'another fingerprint', 'another counterpart', 'another resource'])
})
