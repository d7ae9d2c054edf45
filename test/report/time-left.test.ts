import {describe, expect, test} from 'vitest'
import type {ProgressEvent} from '../../src/progress.js'
import {liveLines} from '../../src/report/live-lines.js'
import {paint} from '../../src/report/paint.js'
import {PlainRenderer} from '../../src/report/plain-renderer.js'
import {ProgressModel} from '../../src/report/progress-model.js'
import {formatLeft, formatOverview} from '../../src/report/words.js'
import {virtualClock} from '../helpers/virtual-clock.js'

/** A: 60 s; then B: 30 s. */
const times: ProgressEvent = {
  kind: 'times-expected',
  operation: 'create',
  resources: [
    {label: 'data', logicalId: 'A', seconds: 60, secondsToEnd: 90},
    {label: 'data', logicalId: 'B', seconds: 30, secondsToEnd: 30},
  ],
}

function happened(logicalId: string, status: string, seconds: number): ProgressEvent {
  const [label, type] = ['data', 'AWS::SNS::Topic']
  const event = {label, stackName: 'demo-data', stackId: '', logicalId, physicalId: '', type, status}
  return {kind: 'stack-event', event: {...event, reason: undefined, at: seconds * 1000, isStack: false}}
}

function modelAfter(...events: ProgressEvent[]): ProgressModel {
  const model = new ProgressModel()
  for (const event of events) model.hear(event)
  return model
}

/** The same of a deletion. */
const deletion: ProgressEvent = {...times, operation: 'delete'}

const begun = happened('A', 'CREATE_IN_PROGRESS', 10)
const done = happened('A', 'CREATE_COMPLETE', 50)

describe('the time that is left', () => {
  test.each([
    ['before anything has begun', [times], 0, 90],
    ['while the first is made', [times, begun], 30, 70],
    ['when that takes longer than usual', [times, begun], 500, 30],
    ['when that was quicker than usual', [times, begun, done], 50, 30],
    ['while the second is made', [times, begun, done, happened('B', 'CREATE_IN_PROGRESS', 50)], 60, 20],
    ['when all is there', [times, done, happened('B', 'CREATE_COMPLETE', 90)], 90, 0],
    ['when what existed is deleted to be made anew', [times, happened('A', 'DELETE_COMPLETE', 5)], 6, 90],
    ['when nothing is known', [begun], 30, undefined],
    ['of a deletion before anything has begun', [deletion], 0, 90],
    ['of a deletion while the first goes', [deletion, happened('A', 'DELETE_IN_PROGRESS', 10)], 30, 70],
    ['of a deletion when that is gone', [deletion, happened('A', 'DELETE_COMPLETE', 50)], 60, 30],
    ['of a deletion when that stays on purpose', [deletion, happened('A', 'DELETE_SKIPPED', 50)], 60, 30],
    ['of a deletion that has failed', [deletion, happened('A', 'DELETE_FAILED', 50)], 60, undefined],
    ['when something has failed', [times, happened('A', 'CREATE_FAILED', 20)], 30, undefined],
  ] as const)('%s', (_, events, now, left) => {
    expect(modelAfter(...events).secondsLeft(now * 1000)).toBe(left)
  })

  test.each([
    ['nearly done', 'while the last takes about as long as usual', 90],
    ['slower than usual', 'when the last takes much longer', 130],
    ['slower than usual', 'when all is there but the end does not come', 600, 'CREATE_COMPLETE'],
  ])('is told as %s %s', (words, _, now, status = 'CREATE_IN_PROGRESS') => {
    const model = modelAfter(times, begun, done, happened('B', status, 50))
    expect(formatLeft(model, now * 1000)).toBe(words)
  })

  test('is forgotten by the next step', () => {
    expect(modelAfter(times, {kind: 'step-started', id: 'x', title: 'X'}).secondsLeft(0)).toBeUndefined()
  })

  test('is told once at the beginning of a log', () => {
    const written: string[] = []
    const renderer = new PlainRenderer({
      clock: virtualClock(),
      write: line => void written.push(line),
      verbose: false,
    })
    renderer.tell(times)
    expect(written.map(line => line.replace(/^\S+ /, ''))).toEqual(['  typically about 2 minutes'])
    return renderer.close()
  })

  test('is on the screen and in the lines of a log, and nowhere when nobody knows it', () => {
    const lines = (model: ProgressModel, now: number) =>
      liveLines(model, {
        now,
        startedAt: 0,
        paint: paint({stream: process.stdout, noColor: true}),
        most: 9,
      }).join('\n')
    const counted: ProgressEvent = {kind: 'resources-expected', stacks: [{label: 'data', resources: 2}]}
    expect(lines(modelAfter(counted, times, begun), 11_000)).toContain(
      '0/2 resources · 11s · about a minute left',
    )
    expect(formatOverview(modelAfter(counted, times, begun), 11_000)).toContain('; about a minute left')
    expect(lines(modelAfter(counted, times, begun, done), 60_000)).toContain('about a minute left')
    expect(lines(modelAfter(counted, begun), 11_000)).not.toContain('left')
    expect(formatOverview(modelAfter(counted, begun), 11_000)).not.toContain('left')
  })
})

test('a service that is waited for has its tasks beside it, on the screen and in the lines of a log', () => {
  const service = {label: 'data', logicalId: 'A', name: 'demo-a', desired: 2, running: 1, failed: 4}
  const told: ProgressEvent = {kind: 'services-waiting', services: [service]}
  const model = modelAfter(begun, told)
  const screen = liveLines(model, {
    ...{now: 190_000, startedAt: 0, most: 9},
    paint: paint({stream: process.stdout, noColor: true}),
  })
  for (const text of [screen.join('\n'), formatOverview(model, 190_000)])
    expect(text).toContain('A 3m00s (1/2 tasks running, 4 failed)')
  const narrow = liveLines(model, {
    ...{now: 190_000, startedAt: 0, most: 9, columns: 54},
    paint: paint({stream: process.stdout, noColor: true}),
  })
  expect(narrow).toContain('  A 3m00s (1/2 tasks running, 4 failed)')
  for (const line of narrow) expect(line.length).toBeLessThanOrEqual(54)
  model.hear({kind: 'services-waiting', services: []})
  expect(formatOverview(model, 190_000)).not.toContain('tasks')
})

test('when all is done nothing is late, and a narrow terminal shows the whole sum', () => {
  const counted: ProgressEvent = {kind: 'resources-expected', stacks: [{label: 'data', resources: 2}]}
  const options = {startedAt: 0, paint: paint({stream: process.stdout, noColor: true}), most: 9, now: 900_000}
  const going = modelAfter(counted, times, begun)
  expect(liveLines(going, {...options, columns: 30}).slice(0, 2)).toEqual([
    '0/2 resources · 15m00s · about',
    'a minute left',
  ])
  const ended = modelAfter(counted, times, begun, done, happened('B', 'CREATE_COMPLETE', 80))
  expect(liveLines(ended, options)[0]).toBe('2/2 resources · 15m00s')
})

test('what is not real time is called by its name, on the screen and in the lines of a log', async () => {
  const clock = {...virtualClock(), label: 'account time'} as const
  const written: string[] = []
  const renderer = new PlainRenderer({clock, write: line => void written.push(line), verbose: false})
  renderer.tell({kind: 'step-finished', id: 'x', title: 'X', seconds: 90})
  await renderer.close()
  expect(written.join()).toContain('X: done in 1m30s account time')
  const counted: ProgressEvent = {kind: 'resources-expected', stacks: [{label: 'data', resources: 2}]}
  const options = {startedAt: 0, paint: paint({stream: process.stdout, noColor: true}), most: 9}
  expect(liveLines(modelAfter(counted), {...options, now: 11_000, label: clock.label})[0]).toBe(
    '0/2 resources · 11s account time',
  )
})
