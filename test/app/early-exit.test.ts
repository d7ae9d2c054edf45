import {describe, expect, it} from 'vitest'
import {alternativeCommands, interruptedRun, timedOut} from '../../src/app/early-exit.js'
import {parseDuration, writeDuration} from '../../src/input/duration.js'

describe('the time limit', () => {
  it.each(['1s', '90m', '2h', '45s', '0.5s'])('of %s is told as it was written', text => {
    expect(writeDuration(parseDuration('timeout', text))).toBe(text)
    const failure = timedOut(parseDuration('timeout', text), {
      resumeCommand: 'mcpgw deploy',
      underway: 'running',
    })
    expect(failure).toMatchObject({
      code: 'TIMED_OUT',
      exitCode: 4,
      message: `Gave up waiting after ${text}. The operation continues in AWS.`,
    })
    expect(failure.hint).toContain('`mcpgw deploy` to attach')
  })

  it('that ends while services are not steady names them, with their tasks and what ECS said last', () => {
    const service = {label: 'services', logicalId: 'AuthService', desired: 1, running: 0, failed: 3}
    const lastEvent = '(service demo-auth-server) (port 8888) is unhealthy.'
    const unsteadyServices = [
      {...service, name: 'demo-auth-server', lastEvent},
      {...service, name: 'demo-mcpgw', failed: 0},
    ]
    const told = ' Service demo-auth-server is not steady (0/1 tasks running, 3 failed); ECS says: '
    for (const underway of ['running', 'ended'] as const) {
      const {message} = timedOut(1000, {resumeCommand: 'mcpgw deploy', underway, unsteadyServices})
      expect(message).toContain(
        `${told}${lastEvent} Service demo-mcpgw is not steady (0/1 tasks running, 0 failed).`,
      )
    }
  })

  it('of a rehearsal is told as account time', () => {
    const {message} = timedOut(60_000, {
      ...{resumeCommand: 'mcpgw deploy', underway: 'running', timeLabel: 'account time'},
    })
    expect(message).toBe(
      'Gave up waiting after 1m account time. The operation continues in the embedded account.',
    )
  })

  it('that ends before anything was started does not say that something is still running', () => {
    const failure = timedOut(1000, {resumeCommand: 'mcpgw deploy', underway: 'nothing'})
    expect(failure.message).toBe('Gave up after 1s. Nothing was started: no stack was touched.')
    expect(failure.hint).not.toContain('attach')
  })

  it('that ends after the operation says what was not done', () => {
    const failure = timedOut(1000, {resumeCommand: 'mcpgw deploy', underway: 'ended'})
    expect(failure.message).toContain('What was started in AWS has ended')
  })
})

describe('the alternative commands for what is still running', () => {
  const alternativesFor = (command: string, ...statuses: string[]) =>
    alternativeCommands(
      command,
      each => `mcpgw ${each}`,
      statuses.map(status => ({name: 'demo', status})),
    )

  it('are to watch it, to stop it and to remove it', () => {
    const all = '`mcpgw watch` only looks, `mcpgw cancel` stops it, `mcpgw teardown` removes it'
    expect(alternativesFor('deploy', 'CREATE_IN_PROGRESS')).toBe(all)
    expect(alternativesFor('deploy')).toBe(all)
    expect(alternativesFor('watch', 'ROLLBACK_IN_PROGRESS', 'UPDATE_IN_PROGRESS')).toContain('`mcpgw cancel`')
  })

  it.each(['DELETE_IN_PROGRESS', 'ROLLBACK_IN_PROGRESS', 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS'])(
    'do not promise to stop %s, which CloudFormation lets nobody stop',
    status => {
      expect(alternativesFor('deploy', status)).toBe('`mcpgw watch` only looks, `mcpgw teardown` removes it')
      expect(alternativesFor('watch', status)).toBe('`mcpgw teardown` removes it')
    },
  )
})

describe('an interrupted rehearsal', () => {
  const exit = {resumeCommand: 'mcpgw deploy --rehearse', timeLabel: 'account time'} as const

  it('says that the embedded account continues, not AWS', () => {
    const {message} = interruptedRun({...exit, underway: 'running'})
    expect(message).toContain('What was started continues in the embedded account')
    expect(message).not.toContain('AWS')
  })

  it('says that nothing runs in the embedded account any longer, not in AWS', () => {
    const {message} = interruptedRun({...exit, underway: 'ended'})
    expect(message).toContain('What was started in the embedded account has ended')
  })
})
