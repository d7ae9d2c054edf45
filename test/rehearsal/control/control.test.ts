import {describe, expect, test} from 'vitest'
import {newKey} from '../../../src/rehearsal/account/access-key.js'
import {emptyAccount} from '../../../src/rehearsal/account/account.js'
import {type Speed, VirtualClock} from '../../../src/rehearsal/account/virtual-clock.js'
import {World} from '../../../src/rehearsal/account/world.js'
import {answerControl} from '../../../src/rehearsal/control/control.js'
import {controlScope} from '../../../src/rehearsal/control/control-paths.js'
import {type AccessKey, signedHeaders} from '../../../src/rehearsal/wire/sigv4.js'

const start = Date.UTC(2026, 0, 1)

function controlled(options: {speed: Speed; stops?: boolean}) {
  const world = new World(
    emptyAccount({seed: 5, now: start}),
    new VirtualClock({speed: options.speed, now: start}),
  )
  const moves: number[] = []
  const holds: number[] = []
  let saves = 0
  const controls = {
    nonce: 'this server',
    endsByItself: true,
    ended: Promise.resolve(),
    save() {
      saves += 1
    },
    stop: () => options.stops ?? true,
    holdClock(ms: number) {
      holds.push(ms)
    },
    async moveTo(at: number) {
      moves.push(at)
      world.clock.moveTo(at)
      world.advance()
    },
  }
  const ask = async (method: string, path: string, body = '', headers: Record<string, string> = {}) => {
    const host = '127.0.0.1'
    const signed = signedHeaders(world.key, controlScope, {
      method,
      url: new URL(`http://${host}${path}`),
      body,
    })
    const request = {
      ...{method, path, body: Buffer.from(body), host, query: new URLSearchParams()},
      headers: {host, ...signed, ...headers},
    }
    const answer = await answerControl(world, request, controls)
    return answer && {status: answer.status, body: JSON.parse(String(answer.body))}
  }
  return {world, ask, moves, holds, saves: () => saves}
}

describe('the control paths of an account', () => {
  const host = '127.0.0.1'
  const stop = {method: 'POST', url: new URL(`http://${host}/_mcpgw/stop`)}

  test.each<[string, (own: AccessKey) => Record<string, string>]>([
    ['without a signature', () => ({authorization: ''})],
    ['with a made-up one', () => ({authorization: 'Bearer rehearsal'})],
    [
      'signed by somebody else',
      own => signedHeaders({...newKey(), accessKeyId: own.accessKeyId}, controlScope, stop),
    ],
    ['signed with another key', () => signedHeaders(newKey(), controlScope, stop)],
    ['signed for another service', own => signedHeaders(own, {...controlScope, service: 'sts'}, stop)],
    ['signed long ago', own => signedHeaders(own, controlScope, stop, Date.now() - 6 * 60_000)],
    ['signed with another body', own => signedHeaders(own, controlScope, {...stop, body: 'x'})],
    [
      'signed for another path',
      own => signedHeaders(own, controlScope, {...stop, url: new URL(`http://${host}/_mcpgw/save`)}),
    ],
  ])('refuse to do anything %s', async (_how, headers) => {
    const {ask, saves, world} = controlled({speed: 200})
    expect(await ask('POST', '/_mcpgw/stop', '', headers(world.key))).toEqual({
      status: 403,
      body: {message: expect.stringContaining('--aws-sigv4')},
    })
    for (const [method, path, body] of [
      ['POST', '/_mcpgw/save', ''],
      ['PUT', '/_mcpgw/speed', '1'],
      ['POST', '/_mcpgw/faults', 'deny s3'],
      ['DELETE', '/_mcpgw/faults', ''],
    ] as const) {
      expect((await ask(method, path, body, {authorization: ''}))?.status, path).toBe(403)
    }
    expect([saves(), world.clock.speed, world.account.faults]).toEqual([0, 200, undefined])
    expect((await ask('GET', '/_mcpgw/account', '', {authorization: ''}))?.status).toBe(200)
  })

  test('let time stand still for a while, and no longer than ten seconds', async () => {
    const {ask, holds} = controlled({speed: 200})
    expect((await ask('PUT', '/_mcpgw/stand-still', '2000'))?.status).toBe(200)
    expect((await ask('PUT', '/_mcpgw/stand-still', '0'))?.status).toBe(200)
    for (const text of ['', '-1', '10001', 'soon']) {
      expect(await ask('PUT', '/_mcpgw/stand-still', text)).toEqual({
        status: 400,
        body: {message: 'Time stands still for 0 to 10000 ms.'},
      })
    }
    expect(holds).toEqual([2000, 0])
  })

  test('tell about it, and which server it is', async () => {
    const {world, ask} = controlled({speed: 'max'})
    expect(await ask('GET', '/_mcpgw/account')).toEqual({
      status: 200,
      body: {
        accountId: world.account.id,
        speed: 'max',
        seed: 5,
        now: start,
        nonce: 'this server',
        endsByItself: true,
        faults: [],
      },
    })
  })

  test('write it down', async () => {
    const {ask, saves} = controlled({speed: 'max'})
    expect(await ask('POST', '/_mcpgw/save')).toEqual({status: 200, body: {}})
    expect(saves()).toBe(1)
  })

  test('change its speed', async () => {
    const {world, ask} = controlled({speed: 'max'})
    let armed = 0
    world.onScheduleChange = () => {
      armed += 1
    }
    expect(await ask('PUT', '/_mcpgw/speed', '0.5')).toMatchObject({status: 200, body: {speed: 0.5}})
    expect(world.clock.speed).toBe(0.5)
    expect(armed).toBe(1)
    expect(await ask('PUT', '/_mcpgw/speed', 'max')).toMatchObject({status: 200, body: {speed: 'max'}})
  })

  test.each(['Infinity', '1e999', '1000001', '-Infinity', 'NaN', '0', '-1', '', 'fast'])(
    'refuse the speed %j',
    async speed => {
      const {world, ask} = controlled({speed: 7})
      expect(await ask('PUT', '/_mcpgw/speed', speed)).toMatchObject({status: 400})
      expect(world.clock.speed).toBe(7)
    },
  )

  test('move a time that stands still, and say where it is then', async () => {
    const {ask, moves} = controlled({speed: 'max'})
    const at = start + 60_000
    expect(await ask('PUT', '/_mcpgw/time', String(at))).toMatchObject({status: 200, body: {now: at}})
    expect(moves).toEqual([at])
  })

  test.each(['Infinity', '9e15', 'NaN', '', 'noon'])('refuse to move it to %j', async at => {
    const {ask, moves} = controlled({speed: 'max'})
    expect(await ask('PUT', '/_mcpgw/time', at)).toMatchObject({status: 400})
    expect(moves).toEqual([])
  })

  test('do not move a time that passes by itself', async () => {
    const {ask, moves} = controlled({speed: 1})
    expect(await ask('PUT', '/_mcpgw/time', String(start))).toMatchObject({status: 409})
    expect(moves).toEqual([])
  })

  test('set its quotas, and keep those that were set before', async () => {
    const {world, ask} = controlled({speed: 1})
    expect(await ask('PUT', '/_mcpgw/quotas', '{"L-0263D0A3": 10}')).toMatchObject({status: 200})
    expect(await ask('PUT', '/_mcpgw/quotas', '{"L-F678F1CE": 0}')).toMatchObject({status: 200})
    expect(world.account.quotas).toEqual({'L-0263D0A3': 10, 'L-F678F1CE': 0})
  })

  test.each([
    '',
    '5',
    'null',
    '[1]',
    '{"L-0263D0A3": -1}',
    '{"L-0263D0A3": 1.5}',
    '{"L-0": 1}',
    '{"L-0263D0A3": "9"}',
  ])('refuse the quotas %j', async quotas => {
    const {world, ask} = controlled({speed: 1})
    expect(await ask('PUT', '/_mcpgw/quotas', quotas)).toMatchObject({status: 400})
    expect(world.account.quotas).toBeUndefined()
  })

  test('stop it unless something is under way', async () => {
    expect(await controlled({speed: 1}).ask('POST', '/_mcpgw/stop')).toMatchObject({status: 200})
    expect(await controlled({speed: 1, stops: false}).ask('POST', '/_mcpgw/stop')).toMatchObject({
      status: 409,
    })
  })

  test('leave every other path to others', async () => {
    const {ask} = controlled({speed: 1})
    expect(await ask('POST', '/_mcpgw/account')).toBeUndefined()
    expect(await ask('GET', '/')).toBeUndefined()
  })
})
