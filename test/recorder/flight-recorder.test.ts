import {chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {describe, expect, it} from 'vitest'
import type {ProgressEvent} from '../../src/progress.js'
import type {DiagnosisResult, Evidence} from '../../src/results.js'
import {facts, freshFolder, recorderIn, stackEvent} from './recorded.js'

const event: ProgressEvent = {kind: 'stack-event', event: stackEvent({reason: 'canary said no'})}
const failure = {
  code: 'STACK_FAILED',
  message: 'It failed with canary.',
  cause: null,
  hint: 'Run it again.',
  resource: null,
  logs: null,
}
const diagnosis: DiagnosisResult = {
  stack: 'demo-network',
  logicalId: 'Vpc',
  type: 'AWS::EC2::VPC',
  status: 'CREATE_FAILED',
  reason: 'canary said no',
  template: 'cloudformation/network-stack.yaml:12',
  meaning: null,
  advice: 'Ask for more.',
  others: [],
  cancelled: 2,
}
const evidence: readonly Evidence[] = [
  {kind: 'task', title: 'Task 1', lines: ['STOPPED']},
  {kind: 'service', title: 'Service a', lines: ['ACTIVE']},
  {kind: 'target', title: 'Target group tg', lines: ['10.0.0.1:80 is unhealthy']},
  {kind: 'build', title: 'Build b', lines: ['FAILED']},
  {kind: 'log', title: 'Container app, log group /ecs/a', lines: ['one', 'two canary']},
]
const read = (folder: string, name: string) => readFileSync(join(folder, name), 'utf8')

describe('a flight recorder', () => {
  it('makes no folder before something is done in AWS, and then holds what was told before', () => {
    const runs = join(freshFolder(), 'runs')
    const {recorder} = recorderIn(runs)
    recorder.hear({kind: 'step-started', id: 'identify', title: 'Identify'})
    expect(existsSync(runs)).toBe(false)
    recorder.hear(event)
    const lines = read(recorder.folder, 'events.ndjson').trimEnd().split('\n')
    expect(lines.map(line => JSON.parse(line))).toEqual([
      {told: '2026-11-27T18:15:02.000Z', kind: 'step-started', id: 'identify', title: 'Identify'},
      {told: '2026-11-27T18:15:02.000Z', kind: 'stack-event', event: stackEvent({reason: 'canary said no'})},
    ])
  })

  it('leaves events, facts and evidence when it is killed', () => {
    const {recorder} = recorderIn(freshFolder())
    recorder.hear(event)
    recorder.keep({account: '123456789012', evidence})
    expect(JSON.parse(read(recorder.folder, 'run.json'))).toMatchObject({
      ...facts,
      id: recorder.id,
      endedAt: null,
      exitCode: null,
    })
    expect(JSON.parse(read(recorder.folder, 'tasks.json'))).toEqual(evidence.slice(0, 2))
  })

  it('is named by time, command and environment', () => {
    const {recorder} = recorderIn(freshFolder(), {facts: {...facts, command: 'images export'}})
    expect(recorder.id).toMatch(/^20261127T181502Z-images-export-demo-[0-9a-f]{4}$/)
  })

  it('ends with one file a kind, of which only the user can read anything', () => {
    const runs = join(freshFolder(), 'state', 'runs')
    const {recorder} = recorderIn(runs)
    recorder.hear({kind: 'stack-event', event: stackEvent({status: 'CREATE_IN_PROGRESS', at: 1000})})
    recorder.hear({kind: 'stack-event', event: stackEvent({at: 4500})})
    recorder.keep({account: '123456789012', evidence})
    recorder.end({exitCode: 1, failure}, diagnosis)
    const names = readdirSync(recorder.folder, {recursive: true, encoding: 'utf8'}).sort()
    expect(names).toEqual([
      'build.json',
      'events.ndjson',
      'logs',
      'logs/01-container-app.log',
      'run.json',
      'summary.md',
      'targets.json',
      'tasks.json',
      'timings.json',
    ])
    const modes = names.map(name => statSync(join(recorder.folder, name)).mode & 0o777)
    expect(new Set(modes)).toEqual(new Set([0o600, 0o700]))
    expect(statSync(runs).mode & 0o777).toBe(0o700)
    expect(statSync(recorder.folder).mode & 0o777).toBe(0o700)
    expect(read(recorder.folder, 'logs/01-container-app.log')).toBe(
      '# log: Container app, log group /ecs/a\none\ntwo canary\n',
    )
    expect(JSON.parse(read(recorder.folder, 'timings.json'))).toEqual([
      {
        stack: 'demo-network',
        logicalId: 'Vpc',
        type: 'AWS::EC2::VPC',
        action: 'CREATE',
        end: 'COMPLETE',
        seconds: 3.5,
      },
    ])
    expect(JSON.parse(read(recorder.folder, 'run.json'))).toMatchObject({
      account: '123456789012',
      exitCode: 1,
      failure,
      diagnosis,
    })
  })

  it('tells the whole story on one page', () => {
    const {recorder} = recorderIn(freshFolder())
    recorder.hear(event)
    recorder.keep({account: '123456789012', evidence: evidence.slice(0, 1)})
    recorder.end({exitCode: 1, failure}, diagnosis)
    expect(read(recorder.folder, 'summary.md')).toBe(`# deploy of demo: failed (exit code 1)

- run: ${recorder.id}, mcpgw 1.2.3
- where: account 123456789012, region us-west-2
- when: 2026-11-27T18:15:02.000Z to 2026-11-27T18:15:02.000Z
- command: \`mcpgw deploy --environment demo\`

## What happened

It failed with canary.

## Cause

demo-network / Vpc (AWS::EC2::VPC) CREATE_FAILED, cloudformation/network-stack.yaml:12:

    canary said no

Ask for more.

Cancelled because of it: 2.

## Evidence

    Task 1:
      STOPPED

## Next

Run it again.

\`mcpgw diagnose --run ${recorder.id}\` explains it again; docs/flight-recorder.md says what is in this folder.
`)
  })

  it('writes no secret into any file', () => {
    const mask = (text: string) => text.replaceAll('canary', '****')
    const {recorder} = recorderIn(freshFolder(), {mask, facts: {...facts, parameters: {Key: 'canary'}}})
    recorder.hear(event)
    recorder.keep({evidence})
    recorder.end({exitCode: 1, failure}, diagnosis)
    for (const name of readdirSync(recorder.folder, {recursive: true, encoding: 'utf8'})) {
      if (name !== 'logs') expect(read(recorder.folder, name)).not.toContain('canary')
    }
    expect(read(recorder.folder, 'run.json')).toContain('****')
  })

  it.each([0, 2, 3, 4, 130])('leaves nothing of a run that did nothing and ended with %i', exitCode => {
    const runs = freshFolder()
    const {recorder} = recorderIn(runs)
    recorder.hear({kind: 'step-started', id: 'identify', title: 'Identify'})
    recorder.end({exitCode, failure: null}, null)
    expect(readdirSync(runs)).toEqual([])
    expect(recorder.isKept).toBe(false)
  })

  it('keeps a run that failed before anything was done', () => {
    const {recorder} = recorderIn(freshFolder())
    recorder.end({exitCode: 1, failure}, null)
    expect(recorder.isKept).toBe(true)
    expect(read(recorder.folder, 'summary.md')).toContain('It failed with canary.')
  })

  it('says once that nothing can be written, and continues', () => {
    const file = join(freshFolder(), 'file')
    writeFileSync(file, '')
    const {recorder, troubles} = recorderIn(join(file, 'runs'))
    recorder.hear(event)
    recorder.hear(event)
    recorder.keep({evidence})
    recorder.end({exitCode: 1, failure}, diagnosis)
    expect(troubles).toEqual([expect.stringMatching(/ENOTDIR/)])
    expect(recorder.isKept).toBe(false)
  })

  it('is not kept when the disk is full in the middle', () => {
    const {recorder, troubles} = recorderIn(freshFolder())
    recorder.hear(event)
    // A folder where a file has to go cannot be replaced.
    mkdirSync(join(recorder.folder, 'run.json.new'))
    chmodSync(join(recorder.folder, 'run.json.new'), 0o700)
    recorder.end({exitCode: 1, failure}, null)
    expect(troubles).toHaveLength(1)
    expect(recorder.isKept).toBe(false)
  })
})
