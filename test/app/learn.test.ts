import {existsSync, mkdtempSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterEach, beforeEach, describe, expect, test, vi} from 'vitest'
import {learn, learned, measureOf} from '../../src/app/learn.js'
import type {ProgressEvent} from '../../src/progress.js'
import {timingsFile, timingsIn} from '../../src/timings/timings-file.js'
import {facts} from '../recorder/recorded.js'

const account = '123456789012'
const [imagesType, images] = ['Custom::ContainerImages', {label: 'services', logicalId: 'ContainerImages'}]
const measurement = {...images, action: 'CREATE', type: imagesType, seconds: 500} as const

let file: string

beforeEach(() => {
  const runs = mkdtempSync(join(tmpdir(), 'mcpgw-learn-'))
  vi.stubEnv('MCPGW_RUNS_DIR', runs)
  file = timingsFile(runs)
})
afterEach(() => vi.unstubAllEnvs())

const expectedIn = (where: {rehearse: boolean; endpoint: string | null; region: string}) =>
  learned(where, account)('CREATE', {...images, type: imagesType})

const inAws = {rehearse: false, endpoint: null, region: 'us-west-2'}

describe('what a run has measured', () => {
  test('is expected of the next one in that account and region', () => {
    learn(facts, account, [measurement])
    expect(Object.keys(timingsIn(file).places)).toEqual([`${account}/us-west-2`])
    expect(expectedIn(inAws)).toBe(500)
    expect(expectedIn({...inAws, rehearse: true})).toBeUndefined()
  })

  test('in a rehearsal is expected of rehearsals alone', () => {
    learn({...facts, rehearsal: true, endpoint: 'http://127.0.0.1:4567'}, account, [measurement])
    expect(expectedIn(inAws)).toBeUndefined()
    expect(expectedIn({rehearse: true, endpoint: 'http://127.0.0.1:4567', region: 'us-west-2'})).toBe(500)
  })

  test('of images that were imported is not expected of those that are built', () => {
    learn({...facts, parameters: {ContainerImagesBucket: 'prebuilt'}}, account, [measurement])
    expect(expectedIn(inAws)).toBeUndefined()
  })

  test('of images is not kept of a reset, which does not know how it gets them', () => {
    learn({...facts, command: 'reset', parameters: {}}, account, [measurement])
    expect(expectedIn(inAws)).toBeUndefined()
  })

  test('is not kept of another server than AWS, nor of an account that nobody knows', () => {
    learn({...facts, endpoint: 'http://localhost:4566'}, account, [measurement])
    learn(facts, undefined, [measurement])
    expect(existsSync(file)).toBe(false)
  })

  test('leaves a file alone that it cannot read', () => {
    writeFileSync(file, 'mine')
    learn(facts, account, [measurement])
    expect(() => timingsIn(file)).toThrow('is not JSON')
    expect(expectedIn(inAws)).toBeUndefined()
  })
})

describe('what is measured', () => {
  const events = (word: string): ProgressEvent[] =>
    ['IN_PROGRESS', 'COMPLETE'].map((end, index) => ({
      kind: 'stack-event',
      event: {
        ...{...images, stackName: 'demo', stackId: 'arn:demo', physicalId: '', type: imagesType},
        ...{status: `${word}_${end}`, reason: undefined, at: index * 1000, isStack: false},
      },
    }))
  const actionsOf = (change: Partial<typeof facts>) => {
    const measure = measureOf({...facts, ...change})
    for (const event of ['CREATE', 'UPDATE', 'DELETE'].flatMap(events)) measure.hear(event)
    return measure.measurements.map(({action}) => action)
  }

  test('is what the command is for, and nothing in express mode, which tells of ends before they are', () => {
    expect(actionsOf({command: 'deploy'})).toEqual(['CREATE', 'UPDATE'])
    expect(actionsOf({command: 'teardown'})).toEqual(['DELETE'])
    expect(actionsOf({command: 'watch'})).toEqual([])
    expect(actionsOf({command: 'teardown', isExpress: true})).toEqual([])
  })
})
