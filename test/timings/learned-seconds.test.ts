import {describe, expect, test} from 'vitest'
import {learnedSeconds, medianOf} from '../../src/timings/learned-seconds.js'
import {noTimings, withMeasurements} from '../../src/timings/measured.js'

const writer = {label: 'data', logicalId: 'DatabaseWriter', type: 'AWS::RDS::DBInstance'}
const [here, there] = ['123456789012/us-west-2', '210987654321/eu-west-1']

const timings = (seconds: Readonly<Record<string, readonly number[]>>) =>
  Object.entries(seconds).reduce(
    (all, [place, list]) =>
      withMeasurements(
        all,
        place,
        list.map(each => ({...writer, action: 'CREATE', seconds: each})),
      ),
    noTimings,
  )

describe('what a resource usually takes', () => {
  test('is the median of what was measured at that place, whatever others say', () => {
    const learned = learnedSeconds(timings({[here]: [400, 9_000, 420], [there]: [100]}), here)
    expect(learned('CREATE', writer)).toBe(420)
  })

  test('is that of other accounts and regions where nothing was measured', () => {
    const learned = learnedSeconds(timings({[there]: [100, 102], '333333333333/us-east-1': [200]}), here)
    expect(learned('CREATE', writer)).toBe(150.5)
  })

  test('is that of all accounts before anybody knows which it is', () => {
    expect(learnedSeconds(timings({[here]: [400], [there]: [200]}), undefined)('CREATE', writer)).toBe(300)
  })

  test('is never what a rehearsal took, nor in a rehearsal what AWS took', () => {
    const both = timings({rehearsal: [1], [here]: [400]})
    expect(learnedSeconds(both, here)('CREATE', writer)).toBe(400)
    expect(learnedSeconds(both, there)('CREATE', writer)).toBe(400)
    expect(learnedSeconds(both, undefined)('CREATE', writer)).toBe(400)
    expect(learnedSeconds(both, 'rehearsal')('CREATE', writer)).toBe(1)
    expect(learnedSeconds(timings({[here]: [400]}), 'rehearsal')('CREATE', writer)).toBeUndefined()
  })

  test('is unknown for another action, another resource and another type under the same name', () => {
    const learned = learnedSeconds(timings({[here]: [400]}), here)
    expect(learned('DELETE', writer)).toBeUndefined()
    expect(learned('CREATE', {...writer, logicalId: 'DatabaseReader'})).toBeUndefined()
    expect(learned('CREATE', {...writer, type: 'AWS::RDS::DBCluster'})).toBeUndefined()
  })

  test('of an even number lies between the two in the middle', () => {
    expect(medianOf([4, 1, 3, 2])).toBe(2.5)
    expect(medianOf([])).toBeUndefined()
  })
})
