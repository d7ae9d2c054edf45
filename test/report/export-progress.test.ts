import {expect, test} from 'vitest'
import {systemClock} from '../../src/clock.js'
import type {ProgressEvent} from '../../src/progress.js'
import {liveLines} from '../../src/report/live-lines.js'
import {PlainRenderer} from '../../src/report/plain-renderer.js'
import {ProgressModel} from '../../src/report/progress-model.js'
import {formatOverview} from '../../src/report/words.js'

const plain = (text: string) => text
const paint = {red: plain, green: plain, yellow: plain, dim: plain, bold: plain}
const phase = (name: string, status: string, seconds = 0): ProgressEvent => ({
  kind: 'build-phase',
  buildId: 'demo:1',
  phase: name,
  status,
  seconds,
})
const written = (ok: number): ProgressEvent => ({kind: 'images-exported', ok, total: 8})

function modelOf(...events: ProgressEvent[]): ProgressModel {
  const model = new ProgressModel()
  for (const event of events) model.hear(event)
  return model
}

const live = (model: ProgressModel) => liveLines(model, {now: 90_000, startedAt: 0, paint, most: 5})

test('an export shows on the screen how many images are written, and how long it has taken', () => {
  const model = modelOf(written(0), phase('BUILD', 'IN_PROGRESS'), written(3))
  expect(live(model)).toEqual(['image export BUILD running, 3/8 images written · 1m30s'])
  expect(formatOverview(model, 90_000)).toBe('image export BUILD running, 3/8 images written')
  expect(live(modelOf(written(0), phase('QUEUED', 'IN_PROGRESS')))).toEqual([
    'image export QUEUED running · 1m30s',
  ])
})

test('the next step begins with nothing of it', () => {
  const next: ProgressEvent = {kind: 'step-started', id: 'x', title: 'X'}
  expect(live(modelOf(written(3), phase('BUILD', 'IN_PROGRESS'), next))).toEqual([])
})

test('lines tell each phase, and each image that was added', async () => {
  const lines: string[] = []
  const renderer = new PlainRenderer({
    clock: systemClock,
    verbose: false,
    write: line => lines.push(line.replace(/^\S+ /, '')),
  })
  for (const event of [
    written(0),
    phase('BUILD', 'IN_PROGRESS'),
    written(5),
    written(8),
    phase('COMPLETED', 'SUCCEEDED', 220),
  ])
    renderer.tell(event)
  await renderer.close()
  expect(lines).toEqual([
    '  image export BUILD running, 0/8 images written',
    '  5/8 images written',
    '  8/8 images written',
    '  image export SUCCEEDED after 3m40s',
  ])
})
