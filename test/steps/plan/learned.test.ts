import {describe, expect, test} from 'vitest'
import type {ProgressEvent} from '../../../src/progress.js'
import {creationLinks} from '../../../src/steps/plan/creation-links.js'
import {measuredAs} from '../../../src/steps/plan/measured-as.js'
import type {PlannedStack} from '../../../src/steps/plan/planned-stacks.js'
import {type Timeline, timelineOf} from '../../../src/steps/plan/timeline.js'
import {type LearnedSeconds, learnedSeconds, nothingLearned} from '../../../src/timings/learned-seconds.js'
import {Measure} from '../../../src/timings/measure.js'
import {type MeasuredTimings, noTimings, withMeasurements} from '../../../src/timings/measured.js'
import {planned} from './planned.js'

const place = '123456789012/us-west-2'

/** From 0 up to 1, the same for the same words. */
function share(words: string): number {
  let hash = 2166136261
  for (const letter of words) hash = Math.imul(hash ^ letter.charCodeAt(0), 16777619)
  return ((hash >>> 0) % 10_000) / 10_000
}

/** How long everything really takes in some account, by its usual seconds. */
type Speed = (key: string, usual: number, run: number) => number

const accounts: readonly {title: string; speed: Speed}[] = [
  {title: 'twice as slow', speed: (_, usual) => 2 * usual},
  {title: 'a third faster', speed: (_, usual) => usual / 1.5},
  {
    title: 'slow and fast by resource, a little different in each run',
    speed: (key, usual, run) => usual * (0.4 + 2.4 * share(key)) * (0.95 + 0.1 * share(`${key} ${run}`)),
  },
  {
    title: 'slow where the database is',
    speed: (key, usual) => (key.startsWith('data/') ? 3 * usual : usual),
  },
]

/** What a run in that account really is, by the same model of what waits for what. */
function reality(stacks: readonly PlannedStack[], speed: Speed, run: number): Timeline {
  const usual = timelineOf(creationLinks(stacks))
  const seconds = new Map(usual.links.map(({key, seconds}) => [key, seconds]))
  const real: LearnedSeconds = (_, {label, logicalId}) =>
    speed(`${label}/${logicalId}`, seconds.get(`${label}/${logicalId}`) ?? 0, run)
  return timelineOf(creationLinks(stacks, {learned: real}))
}

/** The events of such a run, as CloudFormation tells them. */
function eventsOf({links, spans}: Timeline): readonly ProgressEvent[] {
  return links.flatMap(({key, resource, stack, logicalId, type}) => {
    const {begin, end} = spans.get(key) ?? {begin: 0, end: 0}
    if (resource === undefined) return []
    return (
      [
        ['CREATE_IN_PROGRESS', begin],
        ['CREATE_COMPLETE', end],
      ] as const
    ).map(([status, at]): ProgressEvent => {
      const of = {label: stack.label, stackName: stack.name, stackId: stack.name, logicalId, type, status}
      return {
        kind: 'stack-event',
        event: {...of, physicalId: '', reason: undefined, isStack: false, at: at * 1000},
      }
    })
  })
}

function afterRun(timings: MeasuredTimings, run: Timeline): MeasuredTimings {
  const measure = new Measure(['CREATE'])
  for (const event of eventsOf(run)) measure.hear(event)
  return withMeasurements(timings, place, measure.measurements)
}

describe.each(accounts)('in an account that is $title', ({speed}) => {
  test.each(['nested', 'individual'] as const)(
    'in layout %s a forecast is within a tenth after three runs, and was not before',
    async layout => {
      const {timeline} = await planned({layout})
      const stacks = [...new Set(timeline.links.map(({stack}) => stack))]
      const error = (learned: LearnedSeconds) => {
        const next = reality(stacks, speed, 4).seconds
        return Math.abs(timelineOf(creationLinks(stacks, {learned})).seconds - next) / next
      }
      const timings = [1, 2, 3].reduce(
        (known, run) => afterRun(known, reality(stacks, speed, run)),
        noTimings,
      )
      expect(error(nothingLearned)).toBeGreaterThan(0.1)
      expect(error(learnedSeconds(timings, place))).toBeLessThan(0.1)
    },
  )
})

test('images that were built say nothing of images that are imported', async () => {
  const of = async (parameters: Readonly<Record<string, string>>) => {
    const {timeline} = await planned({layout: 'nested', parameters})
    const link = timeline.links.find(({type}) => type === 'Custom::ContainerImages')
    return link?.resource && measuredAs(link.resource, link.stack.label)
  }
  const [built, imported] = [await of({}), await of({ContainerImagesBucket: 'prebuilt'})]
  expect(built?.logicalId).toBe(imported?.logicalId)
  expect(built?.type).not.toBe(imported?.type)
})
