import {afterEach, beforeEach, expect, it, vi} from 'vitest'
import {answer} from '../../src/app/answer.js'
import {interrupted} from '../../src/app/early-exit.js'
import {failed} from '../../src/errors.js'

let told: {stdout: string; stderr: string}
beforeEach(() => {
  told = {stdout: '', stderr: ''}
  for (const name of ['stdout', 'stderr'] as const)
    vi.spyOn(process[name], 'write').mockImplementation(chunk => {
      told[name] += chunk
      return true
    })
})
afterEach(() => {
  vi.restoreAllMocks()
  process.exitCode = undefined
})

const text = {json: false, verbose: false}
const json = {json: true, verbose: false}
const kept = {run: {id: 'r', folder: '/runs/r'}, evidence: []}

it('tells a result in the form that was asked for, and what was kept where it is not good', async () => {
  const outcome = {document: {ok: false}, text: 'Not well.', note: 'By the way.', exitCode: 1, kept}
  await answer(outcome, text)
  expect(told).toEqual({stdout: 'Not well.\n', stderr: 'By the way.\nRecording: /runs/r\n'})
  expect(process.exitCode).toBe(1)
  told = {stdout: '', stderr: ''}
  await answer({...outcome, exitCode: 0}, json)
  expect(JSON.parse(told.stdout)).toEqual({ok: false})
  expect(told.stderr).toBe('')
})

it('tells last, and with --json as well, what the end of a run has shown', async () => {
  const outcome = {document: {}, text: 'Done.', exitCode: 0, lastNotes: ['It never happened.']}
  await answer(outcome, json)
  expect(JSON.parse(told.stdout)).toEqual({})
  expect(told.stderr).toBe('It never happened.\n')
})

it('tells a failure with the run that was kept of it', async () => {
  await answer({failure: failed('X', 'It broke.'), kept}, json)
  expect(JSON.parse(told.stdout).error).toMatchObject({code: 'X', run: 'r'})
  expect(process.exitCode).toBe(1)
})

it('leaves as soon as it has told somebody who insists', async () => {
  const exit = vi.spyOn(process, 'exit').mockImplementation((() => {
    told.stderr += 'left'
  }) as unknown as typeof process.exit)
  await answer({failure: interrupted('Interrupted.', 'Again.'), isUrgent: true}, text)
  expect(told.stderr).toBe('Error: Interrupted.\nTry:   Again.\nleft')
  expect(exit).toHaveBeenCalledWith(130)
})
