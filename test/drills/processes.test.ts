import {afterAll, describe, expect, onTestFinished, test} from 'vitest'
import {type Finished, Rehearsal} from '../e2e/mcpgw.js'

describe('a deploy whose process is killed', () => {
  const rehearsal = new Rehearsal({MCPGW_REHEARSE_SPEED: '100'})
  afterAll(() => rehearsal.remove())

  test('continues in the account; deploy again attaches to it and ends healthy', async () => {
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

describe('deploys that meet others at work', () => {
  // On a busy machine hours of the account pass meanwhile, and no limit may be what ends a command.
  const rehearsal = new Rehearsal({MCPGW_REHEARSE_SPEED: '400', MCPGW_TIMEOUT: '24h'})
  afterAll(() => rehearsal.remove())

  /** A creation that takes long enough for another process to start on a busy machine. */
  const slow = ['--rehearse-fault', 'slow AWS::RDS::DBCluster factor=20 operation=create']

  /** Starts a deploy and waits until it shows this. */
  async function deployUntil(sign: RegExp, ...args: string[]): Promise<{ended: Promise<Finished>}> {
    const child = rehearsal.start(['deploy', '--rehearse', '--yes', ...args])
    let output = ''
    const ended = new Promise<Finished>(resolve =>
      child.on('close', code => resolve({code, stdout: output, stderr: output, json: () => undefined})),
    )
    await new Promise<void>(resolve => {
      const look = (chunk: Buffer) => {
        output += chunk
        if (sign.test(output)) resolve()
      }
      child.stdout?.on('data', look)
      child.stderr?.on('data', look)
      child.on('exit', () => resolve())
    })
    expect(child.exitCode).toBeNull()
    return {ended}
  }

  test('a time limit that ends before anything was started says so, in the words of the user', async () => {
    // So fast that whatever this process waits for, and does not work on, is more than the limit.
    const own = new Rehearsal()
    onTestFinished(() => own.remove())
    const fast = ['--rehearse-speed', '100000', '--timeout', '0.01s']
    const stopped = await own.rehearse('deploy', '--yes', ...fast)
    expect(stopped.code).toBe(4)
    const {error} = stopped.json()
    expect(error).toMatchObject({code: 'TIMED_OUT'})
    expect(error.message).toBe('Gave up after 0.01s account time. Nothing was started: no stack was touched.')
  })

  test('a teardown by somebody else is named as what ended the deploy', async () => {
    const {ended} = await deployUntil(/network.*CREATE_COMPLETE/, ...slow)
    const torn = await rehearsal.rehearse('teardown', '--yes')
    expect(torn.code, torn.stdout).toBe(0)
    const {code, stderr} = await ended
    expect(code).toBe(1)
    expect(stderr).toContain('was deleted by someone else while it was being created')
  })

  test('of two at once one creates; the other attaches, then applies what it was given', async () => {
    await rehearsal.rehearse('verify', ...slow)
    const both = await Promise.all([
      rehearsal.rehearse('deploy', '--yes', '--set', 'TargetCpuUtilization=60'),
      rehearsal.rehearse('deploy', '--yes', '--set', 'TargetCpuUtilization=65'),
    ])
    expect(both.map(({stderr}) => stderr).join('')).not.toContain('Error')
    expect(both.map(({code, stdout}) => (code === 0 ? code : stdout))).toEqual([0, 0])
    const operations = both.map(ended => ended.json().operation)
    expect([...operations].sort()).toEqual(['attached', 'create'])
    const {regions} = await rehearsal.account()
    const stacks: any[] = Object.values(regions['us-west-2'].stacks)
    const root = stacks.find(({name, status}) => name === 'mcp-gateway' && status === 'UPDATE_COMPLETE')
    expect(root.parameters.TargetCpuUtilization).toBe(operations[0] === 'attached' ? '60' : '65')
  })
})
