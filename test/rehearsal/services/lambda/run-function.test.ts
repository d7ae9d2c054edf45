import {describe, expect, it} from 'vitest'
import {newKey} from '../../../../src/rehearsal/account/access-key.js'
import type {Resource} from '../../../../src/rehearsal/account/account.js'
import {runFunction} from '../../../../src/rehearsal/services/lambda/run-function.js'

const lambda = (ZipFile: string, Variables: Record<string, string> = {}): Resource => ({
  type: 'AWS::Lambda::Function',
  physicalId: 'demo',
  properties: {Code: {ZipFile}, Handler: 'index.handler', Environment: {Variables}, Timeout: 3},
  ...{attributes: {}, tags: {}, createdAt: 0, data: {}},
})

const run = (code: string, event: unknown = {}, options: {limitMs?: number; late?: unknown[]} = {}) =>
  runFunction(lambda(code, {MINE: 'yes'}), event, {
    region: 'us-west-2',
    accountId: '1',
    endpoint: 'http://127.0.0.1:9',
    credentials: newKey(),
    requestId: 'r1',
    limitMs: options.limitMs,
    onLateException: error => options.late?.push(error.message),
  })

const good = () => run('exports.handler = async event => event.a + 1', {a: 1})

describe('a function', () => {
  it('gives back what it returns and what it wrote, in the order it wrote it', async () => {
    const code = `exports.handler = async (event, {awsRequestId, functionName}) => {
      console.log('one', {two: 2}); console.error('three'); process.stdout.write('four\\n')
      return {event, awsRequestId, functionName, mine: process.env.MINE, path: process.env.PATH}
    }`
    expect(await run(code, {x: [1]})).toEqual({
      result: {event: {x: [1]}, awsRequestId: 'r1', functionName: 'demo', mine: 'yes'},
      log: ['INFO\tone { two: 2 }', 'ERROR\tthree', 'four'],
    })
  })

  it('that throws fails with what it threw', async () => {
    expect(await run('exports.handler = async () => { throw new TypeError("no") }')).toEqual({
      failure: 'TypeError: no',
      log: ['ERROR\tInvoke Error\tTypeError: no'],
    })
  })

  it.each([
    ['process.exit()', /Runtime exited without providing a reason$/],
    ['process.exit(3)', /Runtime exited with error: exit status 3$/],
    ['require("node:process").exit(4)', /exit status 4$/],
    ['globalThis.process.exit(5)', /exit status 5$/],
    ['process.kill(process.pid, "SIGKILL")', /Runtime exited with error: signal: killed$/],
    ['for (;;);', /^Task timed out after 3\.00 seconds$/],
    ['await new Promise(() => setInterval(() => {}, 1000))', /^Task timed out after 3\.00 seconds$/],
    [
      'const a = []; for (;;) a.push(new Array(1e7).fill(0))',
      /Runtime exited with error: (signal: |exit status )/,
    ],
  ])(
    'that does %s ends alone',
    async (statement, failure) => {
      const ended = await run(
        `exports.handler = async () => { ${statement} }`,
        {},
        {
          limitMs: failure.source.includes('timed') ? 300 : 30_000,
        },
      )
      expect(ended.failure).toMatch(failure)
      expect(ended.log.at(-1)).toContain(ended.failure ?? '?')
      expect(await good()).toEqual({result: 2, log: []})
    },
    40_000,
  )

  it('begins anew each time, and knows nothing of the one before', async () => {
    const code = 'let calls = 0; exports.handler = async () => [++calls, process.env.LEFT]'
    expect(await run(code)).toMatchObject({result: [1, null]})
    await run('exports.handler = async () => { process.env.LEFT = "over" }')
    expect(await run(code)).toMatchObject({result: [1, null]})
  })

  it('that throws when its run is over is told of, and ends nothing', async () => {
    const late: unknown[] = []
    await run(
      `exports.handler = async () => {
        setTimeout(() => { throw new Error('too late') }, 5)
        setTimeout(() => { Promise.reject(new Error('as well')) }, 5)
      }`,
      {},
      {late},
    )
    for (let tries = 0; late.length < 2 && tries < 500; tries += 1) {
      await new Promise(resolve => setTimeout(resolve, 10))
    }
    expect(late).toEqual([expect.stringContaining('too late'), expect.stringContaining('as well')])
    expect(await good()).toEqual({result: 2, log: []})
  })

  it('runs beside others', async () => {
    const slow = 'exports.handler = async n => { await new Promise(r => setTimeout(r, 30)); return n }'
    const runs = await Promise.all([1, 2, 3].map(n => run(slow, n)))
    expect(runs.map(({result}) => result)).toEqual([1, 2, 3])
  })
})
