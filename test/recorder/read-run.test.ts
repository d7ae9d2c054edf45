import {appendFileSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {describe, expect, it} from 'vitest'
import {lastRunOf, readRun} from '../../src/recorder/read-run.js'
import type {DiagnosisResult, Evidence} from '../../src/results.js'
import {causeOf} from '../../src/steps/stacks/cause.js'
import {facts, freshFolder, recorderIn, stackEvent} from './recorded.js'

const evidence: readonly Evidence[] = [
  {kind: 'task', title: 'Task 1', lines: ['STOPPED']},
  {kind: 'target', title: 'Target group tg', lines: ['10.0.0.1:80 is unhealthy']},
  {kind: 'build', title: 'Build b', lines: ['FAILED']},
  {kind: 'log', title: 'Container app, log group /ecs/a', lines: ['one', '# two']},
  {kind: 'custom-resource', title: 'Function f', lines: ['three']},
]

function recorded(
  runs: string,
  rest: Parameters<typeof recorderIn>[1] = {},
  exitCode = 1,
  diagnosis: DiagnosisResult | null = null,
) {
  const {recorder} = recorderIn(runs, rest)
  recorder.hear({kind: 'stack-event', event: stackEvent({reason: 'because'})})
  recorder.keep({evidence})
  recorder.end({exitCode, failure: null}, diagnosis)
  return recorder
}

describe('a run is read again', () => {
  it('with its facts, events and evidence', () => {
    const runs = freshFolder()
    const {id} = recorded(runs)
    const read = readRun(runs, id)
    expect(read.run).toMatchObject({...facts, id, exitCode: 1})
    expect(read.events).toEqual([stackEvent({reason: 'because'})])
    expect([...read.evidence].sort((a, b) => (a.title < b.title ? -1 : 1))).toEqual(
      [...evidence].sort((a, b) => (a.title < b.title ? -1 : 1)),
    )
  })

  it('by the word latest', () => {
    const runs = freshFolder()
    recorded(runs)
    const {id} = recorded(runs, {now: () => Date.UTC(2027, 0, 1)})
    expect(readRun(runs, 'latest').run.id).toBe(id)
  })

  it('by the word latest, of the environment that is named, though others are newer', () => {
    const runs = freshFolder()
    const {id} = recorded(runs, {facts: {...facts, environment: 'mine'}})
    const newer = recorded(runs, {
      now: () => Date.UTC(2027, 0, 1),
      facts: {...facts, environment: 'other'},
    }).id
    expect(readRun(runs, 'latest', 'mine').run.id).toBe(id)
    expect(readRun(runs, 'latest').run.id).toBe(newer)
    expect(() => readRun(runs, 'latest', 'third')).toThrow(
      expect.objectContaining({
        message: `There is no run of third to diagnose. The newest are ${newer}, ${id}.`,
        hint: 'Run `mcpgw diagnose --environment third`.',
      }),
    )
  })

  it('when it was killed within a line', () => {
    const runs = freshFolder()
    const {id, folder} = recorded(runs)
    appendFileSync(join(folder, 'events.ndjson'), '{"told":"2026-11-27T18:15')
    expect(readRun(runs, id).events).toHaveLength(1)
  })

  it('or is refused with the newest ids, when there is none of that name', () => {
    const runs = freshFolder()
    const {id} = recorded(runs)
    expect(() => readRun(runs, '../../etc')).toThrow(
      expect.objectContaining({
        code: 'NO_SUCH_RUN',
        exitCode: 2,
        message: `There is no run ../../etc. The newest are ${id}.`,
        hint: `Run \`mcpgw diagnose --run ${id}\`.`,
      }),
    )
  })

  it('or is refused with where runs would lie, when there is none at all', () => {
    const runs = join(freshFolder(), 'none')
    expect(() => readRun(runs, 'latest')).toThrow(
      expect.objectContaining({
        code: 'NO_SUCH_RUN',
        message: `There is no run to diagnose. ${runs} holds none: deploy, teardown, watch and images export leave one each.`,
      }),
    )
  })

  it('or is refused when its folder is damaged', () => {
    const runs = freshFolder()
    const {id, folder} = recorded(runs)
    writeFileSync(join(folder, 'run.json'), '{')
    expect(() => readRun(runs, id)).toThrow(
      expect.objectContaining({code: 'RUN_UNREADABLE', exitCode: 2, hint: expect.stringContaining(folder)}),
    )
  })
})

describe('the last run of an environment', () => {
  const where = {environment: 'demo', account: '123456789012', region: 'us-west-2', rehearsal: false}

  it('is the newest of that environment, in that place', () => {
    const runs = freshFolder()
    recorded(runs)
    const {id} = recorded(runs, {now: () => Date.UTC(2027, 0, 1)})
    recorded(runs, {now: () => Date.UTC(2028, 0, 1), facts: {...facts, rehearsal: true}})
    recorded(runs, {now: () => Date.UTC(2028, 0, 1), facts: {...facts, environment: 'demo-2'}})
    expect(lastRunOf(runs, where, null)).toBe(id)
  })

  it('is the one that saw the failure, though others came after it', () => {
    const runs = freshFolder()
    const ended = (year: number, exitCode: number, saw: DiagnosisResult | null) =>
      recorded(runs, {now: () => Date.UTC(year, 0, 1)}, exitCode, saw).id
    const diagnosis = causeOf([stackEvent({status: 'CREATE_FAILED', reason: 'No VPC left.'})])
    if (diagnosis === null) throw new Error('the row is a failure')
    const id = ended(2027, 1, diagnosis)
    ended(2028, 1, {...diagnosis, logicalId: 'Other'})
    ended(2029, 1, null)
    ended(2030, 0, null)
    expect(lastRunOf(runs, where, diagnosis)).toBe(id)
    expect(lastRunOf(runs, where, {...diagnosis, logicalId: 'Never'})).toBeUndefined()
  })

  it('is none of another account', () => {
    const runs = freshFolder()
    const {recorder} = recorderIn(runs)
    recorder.keep({account: '999999999999'})
    recorder.hear({kind: 'stack-event', event: stackEvent({reason: 'because'})})
    recorder.end({exitCode: 1, failure: null}, null)
    expect(lastRunOf(runs, {...where, account: '999999999999'}, null)).toBe(recorder.id)
    expect(lastRunOf(runs, where, null)).toBeUndefined()
  })

  it('is none where nothing was recorded', () => {
    expect(lastRunOf(freshFolder(), where, null)).toBeUndefined()
  })
})
