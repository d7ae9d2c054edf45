import {afterEach, describe, expect, it, vi} from 'vitest'
import {listenForInterrupts} from '../../src/app/interrupts.js'
import {OperationRecord} from '../../src/steps/stacks/record.js'

afterEach(() => {
  vi.restoreAllMocks()
})

describe('an interrupt', () => {
  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
    'by %s ends the waiting and says how to continue',
    signal => {
      const interrupts = listenForInterrupts(() => ({
        resumeCommand: 'mcpgw deploy --environment demo',
        alternatives: '`mcpgw cancel` stops it',
        underway: 'running',
        runningOperations: [{name: 'demo', status: 'CREATE_IN_PROGRESS'}],
      }))
      process.emit(signal)
      expect(interrupts.signal.reason).toMatchObject({code: 'INTERRUPTED', exitCode: 130})
      expect(interrupts.signal.reason.message).toBe(
        'Interrupted: mcpgw stopped waiting. What was started continues in AWS: stack demo is in CREATE_IN_PROGRESS.',
      )
      expect(interrupts.signal.reason.hint).toBe(
        'Run `mcpgw deploy --environment demo` to attach to it again (`mcpgw cancel` stops it).',
      )
      interrupts.stop()
    },
  )

  it('is answered at once, once, on standard error', () => {
    const write = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
    const interrupts = listenForInterrupts(() => ({resumeCommand: 'mcpgw deploy', underway: 'running'}))
    process.emit('SIGINT')
    process.emit('SIGINT')
    interrupts.stop()
    expect(write.mock.calls.map(([text]) => text)).toEqual([
      '\nStopping… (interrupt again to leave at once)\n',
    ])
  })

  it('before anything was started does not say that something is still running', () => {
    const record = new OperationRecord()
    const interrupts = listenForInterrupts(() => ({
      resumeCommand: 'mcpgw teardown',
      underway: record.underway,
    }))
    process.emit('SIGINT')
    expect(interrupts.signal.reason.message).toBe('Interrupted. Nothing was started: no stack was touched.')
    expect(interrupts.signal.reason.hint).not.toContain('attach')
    interrupts.stop()
  })

  it('after all that was started has ended says so', () => {
    const interrupts = listenForInterrupts(() => ({resumeCommand: 'mcpgw deploy', underway: 'ended'}))
    process.emit('SIGINT')
    expect(interrupts.signal.reason.message).toContain('What was started in AWS has ended')
    interrupts.stop()
  })

  it('that comes twice says that the user insists, with the same failure', async () => {
    const now = vi.spyOn(performance, 'now').mockReturnValue(1000)
    const interrupts = listenForInterrupts(() => ({resumeCommand: 'x', underway: undefined}))
    const told: unknown[] = []
    interrupts.insisted.then(failure => told.push(failure))
    process.emit('SIGINT')
    now.mockReturnValue(1250)
    // A terminal and the program that started us both pass it on.
    process.emit('SIGINT')
    process.emit('SIGTERM')
    await Promise.resolve()
    expect(told).toEqual([])
    now.mockReturnValue(1350)
    process.emit('SIGTERM')
    await interrupts.insisted
    expect(told).toEqual([interrupts.signal.reason])
    interrupts.stop()
  })

  it('of a command that only looks does not speak of anything that is still running', () => {
    const interrupts = listenForInterrupts(() => ({resumeCommand: 'mcpgw verify', underway: undefined}))
    process.emit('SIGINT')
    expect(interrupts.signal.reason.message).toBe('Interrupted: nothing was changed.')
    interrupts.stop()
  })

  it('is not heard after the end', () => {
    const before = process.listenerCount('SIGINT')
    listenForInterrupts(() => ({resumeCommand: 'x', underway: undefined})).stop()
    expect(process.listenerCount('SIGINT')).toBe(before)
  })
})
