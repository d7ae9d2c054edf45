import {afterAll, describe, expect, test} from 'vitest'
import {Rehearsal} from './mcpgw.js'

describe('a deploy whose process is killed', () => {
  const rehearsal = new Rehearsal({MCPGW_REHEARSE_SPEED: '100'})
  afterAll(() => rehearsal.remove())

  test('goes on in the account; deploy again attaches to it and ends healthy', async () => {
    const child = rehearsal.start(['deploy', '--rehearse', '--yes'])
    let output = ''
    await new Promise<void>(resolve => {
      const look = (chunk: Buffer) => {
        output += chunk
        if (/network.*CREATE_COMPLETE/.test(output)) resolve()
      }
      child.stdout?.on('data', look)
      child.stderr?.on('data', look)
      child.on('exit', () => resolve())
    })
    expect(child.exitCode).toBeNull()
    child.kill('SIGKILL')
    const again = await rehearsal.rehearse('deploy', '--yes', '--rehearse-speed', 'max')
    expect(again.stderr).not.toContain('Error')
    expect(again.code).toBe(0)
    expect(again.json()).toMatchObject({operation: 'attached', verification: {healthy: true}})
    expect(again.json().stacks.map(({status}: any) => status)).toEqual(Array(5).fill('CREATE_COMPLETE'))
    expect(again.json().build).toMatchObject({status: 'SUCCEEDED'})
  })

  test('Ctrl-C stops waiting with exit code 130 and says how to attach; two commands share the account', async () => {
    const child = rehearsal.start(['teardown', '--rehearse', '--yes'])
    let output = ''
    await new Promise<void>(resolve => {
      const look = (chunk: Buffer) => {
        output += chunk
        if (/DELETE_IN_PROGRESS/.test(output)) resolve()
      }
      child.stdout?.on('data', look)
      child.stderr?.on('data', look)
      child.on('exit', () => resolve())
    })
    const verified = rehearsal.rehearse('verify')
    child.kill('SIGINT')
    const code = await new Promise(resolve => child.on('exit', resolve))
    expect(code).toBe(130)
    expect(output).toMatch(/mcpgw teardown --rehearse/)
    expect((await verified).code).toBe(1)
    const torn = await rehearsal.rehearse('teardown', '--yes', '--rehearse-speed', 'max')
    expect(torn.code).toBe(0)
    expect(torn.json().remaining).toEqual([])
  })
})
