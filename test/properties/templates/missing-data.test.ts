import {describe, expect, test} from 'vitest'
import {deploy} from '../../../src/parity/templates/deploy.js'
import {type AlarmState, alarmState, type DataPoint} from './alarm-state.js'
import {fixedChoices} from './choices.js'
import type {Deployed} from './deployed.js'
import {alarmFigures} from './tables/alarms.js'
import {loadTemplates} from './template-set.js'

const [choice] = fixedChoices
if (choice === undefined) throw new Error('There are hand-picked choices')
const deployed: Deployed = deploy(loadTemplates(), choice)
const alarms = deployed.resources('AWS::CloudWatch::Alarm')

/** A quiet day in five-minute periods, with bad ones, and every state that an alarm of the figures would have on it. */
function statesOn(day: readonly DataPoint[], missingData: 'missing' | 'notBreaching', periods: number) {
  const lookedAt = periods + 2
  return day.flatMap((_, index) =>
    index < lookedAt ? [] : [alarmState(day.slice(index - lookedAt, index), periods, missingData)],
  )
}

const quiet: DataPoint[] = Array.from({length: 288}, () => '-')
const oneBadMoment = quiet.with(100, 'X')
const twoInARow = oneBadMoment.with(101, 'X')

describe('missing data', () => {
  // The rows of the user guide, with three periods of five that are looked at.
  test.each<[string, AlarmState, AlarmState]>([
    ['0-X-X', 'OK', 'OK'],
    ['----0', 'OK', 'OK'],
    ['-----', 'INSUFFICIENT_DATA', 'OK'],
    ['0XX-X', 'ALARM', 'ALARM'],
    ['--X--', 'ALARM', 'OK'],
  ])('is judged as CloudWatch does: %s', (range, missing, notBreaching) => {
    const points = [...range] as DataPoint[]
    expect(alarmState(points, 3, 'missing')).toBe(missing)
    expect(alarmState(points, 3, 'notBreaching')).toBe(notBreaching)
  })

  test('makes one bad moment an alarm where it is missing, although two in a row are asked for', () => {
    expect(statesOn(oneBadMoment, 'missing', 2)).toContain('ALARM')
    expect(statesOn(oneBadMoment, 'missing', 2)).not.toContain('OK')
  })

  test.each(alarms.filter(({properties}) => String(properties.AlarmName).includes('-alb-')))(
    'lets $logicalId alarm after as many bad periods as it says, and end then',
    ({properties}) => {
      const {EvaluationPeriods: periods, TreatMissingData: missingData} = properties
      expect(statesOn(oneBadMoment, missingData, Number(periods))).not.toContain('ALARM')
      const states = statesOn(twoInARow, missingData, Number(periods))
      expect(states).toContain('ALARM')
      expect(states.at(-1)).toBe('OK')
    },
  )

  test('of a service, which always has figures while it runs, is told as such', () => {
    const used = alarms.filter(({properties}) => properties.Namespace === 'AWS/ECS')
    expect(used).toHaveLength(4)
    for (const {properties} of used) {
      expect(alarmState(quiet.slice(0, 4), 2, properties.TreatMissingData)).toBe('INSUFFICIENT_DATA')
    }
  })

  test('has a meaning for every alarm', () => {
    expect(alarms.map(({properties}) => properties.AlarmName).sort()).toEqual(
      Object.keys(alarmFigures)
        .map(name => `mcp-gateway-${name}`)
        .sort(),
    )
  })
})
