import {describe, expect, it} from 'vitest'
import {CallAllowance} from '../../src/aws/call-allowance.js'
import type {FollowOptions} from '../../src/aws/follow-options.js'
import type {StackDescription, StackEvent} from '../../src/aws/stack-data.js'
import {followStacks} from '../../src/aws/stack-events.js'
import type {Clock} from '../../src/clock.js'
import {McpgwError} from '../../src/errors.js'
import type {StackProgress} from '../../src/progress.js'

const demo = idOf('demo')
const network = idOf('demo-NetworkStack-1A')
const data = idOf('demo-DataStack-2B')

function idOf(name: string): string {
  return `arn:aws:cloudformation:eu-west-1:123456789012:stack/${name}/uuid`
}

/** An event of a stack, `second` seconds after the epoch. */
function event(
  stackId: string,
  second: number,
  logicalId: string,
  status: string,
  physicalId = '',
): StackEvent {
  const stackName = stackId.split('/')[1] ?? ''
  const type = physicalId.includes(':stack/') ? 'AWS::CloudFormation::Stack' : 'AWS::EC2::VPC'
  const eventId = `${stackName}-${logicalId}-${status}-${second}`
  return {eventId, stackId, stackName, logicalId, physicalId, type, status, at: second * 1000}
}

/** An event about the stack itself. */
function own(stackId: string, second: number, status: string): StackEvent {
  return event(stackId, second, stackId.split('/')[1] ?? '', status, stackId)
}

/** An event of something that typically takes minutes. */
function database(second: number, status: string): StackEvent {
  return {...event(data, second, 'Writer', status, 'db-1'), type: 'AWS::RDS::DBInstance'}
}

/** Time passes only by sleeping, at once. */
function fakeClock(): Clock & {slept: number[]} {
  let now = 0
  const slept: number[] = []
  return {
    slept,
    now: () => now,
    alarm: () => () => {},
    async sleep(ms, signal) {
      signal?.throwIfAborted()
      slept.push(ms)
      now += ms
      await Promise.resolve()
    },
  }
}

/** Stacks whose events become visible at their time stamps, plus a lag; the script may make calls fail. */
function fakeStacks(
  clock: Clock,
  events: readonly StackEvent[],
  script: {
    lag?: (event: StackEvent) => number
    fail?: (operation: string, call: number) => Error | undefined
  } = {},
) {
  const calls: {operation: string; id: string; second: number}[] = []
  const called = (operation: string, id: string) => {
    const error = script.fail?.(operation, calls.filter(call => call.operation === operation).length)
    calls.push({operation, id, second: clock.now() / 1000})
    if (error) throw error
  }
  const visible = (id: string, lag = (_event: StackEvent) => 0) =>
    events.filter(event => event.stackId === id && event.at + lag(event) * 1000 <= clock.now())
  return {
    calls,
    async newEvents(id: string, {seen, since}: {seen: ReadonlySet<string>; since: number}) {
      called('events', id)
      return visible(id, script.lag).filter(event => event.at >= since && !seen.has(event.eventId))
    },
    async describe(id: string): Promise<StackDescription | undefined> {
      called('describe', id)
      const last = visible(id).findLast(event => event.physicalId === id)
      if (!last) return undefined
      const {stackName: name, status} = last
      const rest = {parameters: {}, outputs: {}, tags: {}, createdAt: 0, terminationProtection: false}
      return {id, name, status, ...rest}
    },
  }
}

async function follow(
  stacks: ReturnType<typeof fakeStacks>,
  clock: Clock,
  options: Partial<FollowOptions> & {onEvent?: (event: StackProgress) => void} = {},
) {
  const stream = followStacks(stacks, {
    roots: [{id: demo, label: 'main'}],
    since: 0,
    clock,
    signal: new AbortController().signal,
    random: () => 0.5,
    ...options,
  })
  const told: StackProgress[] = []
  for (;;) {
    const {done, value} = await stream.next()
    if (done) return {told, result: value}
    told.push(value)
    options.onEvent?.(value)
  }
}

const text = ({label, logicalId, status}: StackProgress) => `${label} ${logicalId} ${status}`

/** A deploy of two nested stacks, the second after the first; the parent notices an end 5 s late. */
const deploy = deployment(295)

/** The same, with a database that takes so many seconds, and may fail. */
function deployment(seconds: number, end: 'CREATE_COMPLETE' | 'CREATE_FAILED' = 'CREATE_COMPLETE') {
  return [
    own(demo, 0, 'CREATE_IN_PROGRESS'),
    event(demo, 1, 'NetworkStack', 'CREATE_IN_PROGRESS'),
    event(demo, 2, 'NetworkStack', 'CREATE_IN_PROGRESS', network),
    own(network, 2, 'CREATE_IN_PROGRESS'),
    event(network, 4, 'Vpc', 'CREATE_IN_PROGRESS'),
    event(network, 30, 'Vpc', 'CREATE_COMPLETE', 'vpc-1'),
    own(network, 31, 'CREATE_COMPLETE'),
    event(demo, 36, 'NetworkStack', 'CREATE_COMPLETE', network),
    event(demo, 37, 'DataStack', 'CREATE_IN_PROGRESS', data),
    own(data, 38, 'CREATE_IN_PROGRESS'),
    database(42, 'CREATE_IN_PROGRESS'),
    database(42 + seconds, end),
    own(data, 43 + seconds, end),
    event(demo, 47 + seconds, 'DataStack', end, data),
    own(demo, 48 + seconds, end),
  ]
}

describe('followStacks', () => {
  it('tells every event of all nested stacks once, oldest first, and returns the stacks', async () => {
    const clock = fakeClock()
    const stacks = fakeStacks(clock, deploy)
    const {told, result} = await follow(stacks, clock)
    expect(told.map(({at, logicalId, status}) => ({at, logicalId, status}))).toEqual(
      deploy.map(({at, logicalId, status}) => ({at, logicalId, status})),
    )
    expect(told.filter(({isStack}) => isStack)).toHaveLength(6)
    expect(new Set(told.map(({label}) => label))).toEqual(new Set(['main', 'network', 'data']))
    expect(result).toEqual([
      {
        id: demo,
        name: 'demo',
        label: 'main',
        logicalId: 'demo',
        parentId: undefined,
        status: 'CREATE_COMPLETE',
        reason: undefined,
        startedAt: 0,
        endedAt: 343_000,
      },
      expect.objectContaining({id: network, label: 'network', logicalId: 'NetworkStack', parentId: demo}),
      expect.objectContaining({
        label: 'data',
        status: 'CREATE_COMPLETE',
        startedAt: 38_000,
        endedAt: 338_000,
      }),
    ])
  })

  it('polls stacks in progress only, with a quarter of a call a second on average', async () => {
    const clock = fakeClock()
    const stacks = fakeStacks(clock, deploy)
    await follow(stacks, clock)
    const of = (operation: string, id: string) =>
      stacks.calls.filter(call => call.operation === operation && call.id === id)
    expect(of('events', network).every(({second}) => second >= 2 && second <= 31 + 2)).toBe(true)
    expect(of('events', data).every(({second}) => second >= 37 && second <= 338 + 6)).toBe(true)
    expect(of('describe', demo).length).toBeLessThan(343 / 120 + 2)
    expect(stacks.calls.filter(({operation, id}) => operation === 'describe' && id !== demo)).toEqual([])
    expect(stacks.calls.length / 343).toBeLessThan(0.25)
  })

  /** How late the latest was told, in seconds: of the resources, and the end. */
  async function lateness(events: readonly StackEvent[], random: number) {
    const clock = fakeClock()
    const late = new Map<StackProgress, number>()
    const {told} = await follow(fakeStacks(clock, events), clock, {
      random: () => random,
      onEvent: event => late.set(event, (clock.now() - event.at) / 1000),
    })
    const latest = (some: readonly StackProgress[]) => Math.max(...some.map(one => late.get(one) ?? 99))
    const end = told.filter(({isStack, label}) => isStack && label === 'main').slice(-1)
    return {
      resources: latest(told.filter(({type}) => type !== 'AWS::CloudFormation::Stack')),
      end: latest(end),
      noticed: (clock.now() - (end[0]?.at ?? 0)) / 1000,
    }
  }

  it.each([0, 0.25, 0.75, 1])(
    'tells what is due within 6 s and the end within 2 s, jitter %s',
    async jitter => {
      // A database typically takes 420 s, seldom less than 357.
      for (const seconds of [358, 371.5, 420, 555]) {
        const late = await lateness(deployment(seconds), jitter)
        expect(late.resources).toBeLessThanOrEqual(6)
        expect(late.end).toBeLessThanOrEqual(2)
        expect(late.noticed).toBeLessThanOrEqual(2)
      }
    },
  )

  it.each([0, 0.25, 0.75, 1])(
    'tells what nobody expects yet, as a failure, within 15 s, jitter %s',
    async jitter => {
      for (const end of ['CREATE_FAILED', 'CREATE_COMPLETE'] as const)
        for (const seconds of [1, 20, 33, 90, 151.5, 295]) {
          const late = await lateness(deployment(seconds, end), jitter)
          expect(late.resources, `after ${seconds} s`).toBeLessThanOrEqual(15)
          expect(late.noticed, `after ${seconds} s`).toBeLessThanOrEqual(15)
        }
    },
  )

  it('looks seldom where nothing can have ended yet: a third of the time', async () => {
    const clock = fakeClock()
    const stacks = fakeStacks(clock, deployment(420))
    await follow(stacks, clock)
    const between = (from: number, to: number) =>
      stacks.calls.filter(({id, second}) => id === data && second >= 42 + from && second < 42 + to).length
    expect(between(0, 350)).toBeLessThanOrEqual(350 / 13 + 1)
    expect(between(360, 420)).toBeGreaterThanOrEqual(60 / 6)
  })

  it('repeats a look that failed within 6 s, though nothing is due', async () => {
    const clock = fakeClock()
    const stacks = fakeStacks(clock, deployment(420), {
      fail: operation =>
        operation === 'events' && clock.now() > 200_000 && clock.now() < 213_000 ? lost : undefined,
    })
    const lost = new Error('lost')
    await follow(stacks, clock)
    const looks = stacks.calls.filter(({id, second}) => id === data && second > 200 && second < 270)
    const [first, second, third, fourth] = looks.map(look => look.second)
    expect(first).toBeLessThan(213)
    expect((second ?? 0) - (first ?? 0)).toBeLessThanOrEqual(6)
    // Those that were answered are far apart again.
    expect((fourth ?? 0) - (third ?? 0)).toBeGreaterThan(10)
  })

  it('looks closely at the nested stack that is deleted last, and not at one that is merely alone', async () => {
    const clock = fakeClock()
    const writer = (stackId: string, second: number, status: string) => ({
      ...event(stackId, second, 'Writer', status, 'db-1'),
      type: 'AWS::RDS::DBInstance',
    })
    const stacks = fakeStacks(clock, [
      own(demo, 0, 'DELETE_IN_PROGRESS'),
      event(demo, 1, 'DataStack', 'DELETE_IN_PROGRESS', data),
      own(data, 2, 'DELETE_IN_PROGRESS'),
      writer(data, 3, 'DELETE_IN_PROGRESS'),
      writer(data, 503, 'DELETE_COMPLETE'),
      own(data, 504, 'DELETE_COMPLETE'),
      event(demo, 508, 'DataStack', 'DELETE_COMPLETE', data),
      event(demo, 509, 'NetworkStack', 'DELETE_IN_PROGRESS', network),
      own(network, 510, 'DELETE_IN_PROGRESS'),
      writer(network, 511, 'DELETE_IN_PROGRESS'),
      writer(network, 1011, 'DELETE_COMPLETE'),
      own(network, 1012, 'DELETE_COMPLETE'),
      event(demo, 1015, 'NetworkStack', 'DELETE_COMPLETE', network),
      own(demo, 1016, 'DELETE_COMPLETE'),
    ])
    await follow(stacks, clock)
    const overdue = (stack: string, from: number) =>
      stacks.calls.filter(({id, second}) => id === stack && second > from + 380 && second < from + 480).length
    expect(overdue(data, 3)).toBeLessThanOrEqual(100 / 5)
    expect(overdue(network, 511)).toBeGreaterThanOrEqual(100 / 4)
    expect(clock.now() / 1000 - 1016).toBeLessThanOrEqual(2)
  })

  it('makes no more calls than it is allowed, whatever happens', async () => {
    const clock = fakeClock()
    const hours = [own(demo, 0, 'UPDATE_IN_PROGRESS'), own(demo, 3 * 3600, 'UPDATE_COMPLETE')]
    const stacks = fakeStacks(clock, hours)
    const allowance = new CallAllowance(clock, () => stacks.calls.length)
    await follow(stacks, clock, {allowance})
    const callsBy = (second: number) => stacks.calls.filter(call => call.second <= second).length
    for (const second of [60, 600, 1200]) expect(callsBy(second)).toBeLessThanOrEqual(second * 0.38 + 61)
    expect(callsBy(2700)).toBeLessThanOrEqual(900)
    expect(callsBy(2700)).toBeGreaterThan(800)
  })

  it('does not ask DescribeStacks at the start, when it may still show the state before', async () => {
    const clock = fakeClock()
    const stacks = fakeStacks(clock, deploy)
    await follow(stacks, clock)
    expect(stacks.calls.find(({operation}) => operation === 'describe')?.second).toBeGreaterThanOrEqual(15)
  })

  it('asks at once when the own event tells of an end', async () => {
    const clock = fakeClock()
    const stacks = fakeStacks(clock, [own(demo, 0, 'UPDATE_COMPLETE')])
    await follow(stacks, clock)
    expect(stacks.calls.map(({operation}) => operation)).toEqual(['events', 'describe', 'events'])
    expect(clock.now()).toBe(0)
  })

  it('leaves out events of earlier operations', async () => {
    const clock = fakeClock()
    const before = [own(demo, 1, 'CREATE_FAILED'), own(demo, 5, 'UPDATE_IN_PROGRESS')]
    const stacks = fakeStacks(clock, [...before, own(demo, 20, 'UPDATE_COMPLETE')])
    const {told} = await follow(stacks, clock, {since: 5000})
    expect(told.map(({status}) => status)).toEqual(['UPDATE_IN_PROGRESS', 'UPDATE_COMPLETE'])
  })

  it("keeps AWS's order among events of the same time", async () => {
    const clock = fakeClock()
    const same = ['B', 'A', 'D', 'C'].map(id => event(demo, 1, id, 'CREATE_COMPLETE', id))
    const stacks = fakeStacks(clock, [
      own(demo, 0, 'CREATE_IN_PROGRESS'),
      ...same,
      own(demo, 1, 'CREATE_COMPLETE'),
    ])
    const {told} = await follow(stacks, clock)
    expect(told.map(({logicalId}) => logicalId)).toEqual(['demo', 'B', 'A', 'D', 'C', 'demo'])
  })

  it('follows a child again by id when a rollback deletes it', async () => {
    const clock = fakeClock()
    const stacks = fakeStacks(clock, [
      own(demo, 0, 'CREATE_IN_PROGRESS'),
      event(demo, 1, 'NetworkStack', 'CREATE_IN_PROGRESS', network),
      own(network, 2, 'CREATE_IN_PROGRESS'),
      own(network, 3, 'CREATE_COMPLETE'),
      event(demo, 8, 'NetworkStack', 'CREATE_COMPLETE', network),
      own(demo, 60, 'ROLLBACK_IN_PROGRESS'),
      event(demo, 61, 'NetworkStack', 'DELETE_IN_PROGRESS', network),
      own(network, 62, 'DELETE_IN_PROGRESS'),
      event(network, 63, 'Vpc', 'DELETE_COMPLETE', 'vpc-1'),
      own(network, 64, 'DELETE_COMPLETE'),
      event(demo, 70, 'NetworkStack', 'DELETE_COMPLETE', network),
      own(demo, 71, 'ROLLBACK_COMPLETE'),
    ])
    const {told, result} = await follow(stacks, clock)
    expect(told.map(text)).toContain('network Vpc DELETE_COMPLETE')
    expect(told).toHaveLength(12)
    expect(result.map(({label, status}) => `${label} ${status}`)).toEqual([
      'main ROLLBACK_COMPLETE',
      'network DELETE_COMPLETE',
    ])
    const idle = stacks.calls.filter(({id, second}) => id === network && second > 15 && second < 60)
    expect(idle).toEqual([])
  })

  it('follows a child into the clean-up after an update', async () => {
    const clock = fakeClock()
    const stacks = fakeStacks(clock, [
      own(demo, 0, 'UPDATE_IN_PROGRESS'),
      event(demo, 1, 'NetworkStack', 'UPDATE_IN_PROGRESS', network),
      own(network, 2, 'UPDATE_IN_PROGRESS'),
      own(network, 3, 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS'),
      event(demo, 8, 'NetworkStack', 'UPDATE_COMPLETE', network),
      own(demo, 9, 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS'),
      event(demo, 10, 'NetworkStack', 'UPDATE_IN_PROGRESS', network),
      event(network, 11, 'Old', 'DELETE_COMPLETE', 'old-1'),
      own(network, 12, 'UPDATE_COMPLETE'),
      event(demo, 20, 'NetworkStack', 'UPDATE_COMPLETE', network),
      own(demo, 21, 'UPDATE_COMPLETE'),
    ])
    const {told, result} = await follow(stacks, clock)
    expect(told).toHaveLength(11)
    expect(result[1]).toMatchObject({status: 'UPDATE_COMPLETE', startedAt: 2000, endedAt: 12_000})
  })

  it('stops polling a child that an update leaves untouched', async () => {
    const clock = fakeClock()
    const stacks = fakeStacks(clock, [
      own(demo, 0, 'UPDATE_IN_PROGRESS'),
      event(demo, 1, 'NetworkStack', 'UPDATE_IN_PROGRESS', network),
      event(demo, 2, 'NetworkStack', 'UPDATE_COMPLETE', network),
      own(demo, 100, 'UPDATE_COMPLETE'),
    ])
    await follow(stacks, clock)
    expect(stacks.calls.filter(({id}) => id === network).length).toBeLessThanOrEqual(2)
  })

  it('continues after throttled polls, further apart each time, and loses nothing', async () => {
    const clock = fakeClock()
    const failures: unknown[] = []
    const throttled = new Error('Rate exceeded')
    const stacks = fakeStacks(clock, deploy, {
      fail: (operation, call) => (operation === 'events' && call >= 2 && call < 10 ? throttled : undefined),
    })
    const {told} = await follow(stacks, clock, {onPollFailure: error => failures.push(error)})
    expect(failures).toEqual(Array(8).fill(throttled))
    expect(told).toHaveLength(deploy.length)
    expect(Math.max(...clock.slept)).toBeGreaterThan(12_000)
    expect(Math.max(...clock.slept)).toBeLessThanOrEqual(32_000 * 1.15)
  })

  it.each(['CREDENTIALS_EXPIRED', 'ACCESS_DENIED'])('ends at once on %s, in either call', async code => {
    const refusal = new McpgwError('refused', {code, exitCode: 1})
    for (const refused of ['events', 'describe']) {
      const clock = fakeClock()
      const stacks = fakeStacks(clock, deploy, {
        fail: (operation, call) => (operation === refused && call === 1 ? refusal : undefined),
      })
      await expect(follow(stacks, clock)).rejects.toBe(refusal)
    }
  })

  it('returns the end although AWS refuses the last look at the events', async () => {
    const clock = fakeClock()
    const stacks = fakeStacks(clock, [own(demo, 0, 'UPDATE_COMPLETE')], {
      fail: (operation, call) =>
        operation === 'events' && call > 0
          ? new McpgwError('refused', {code: 'ACCESS_DENIED', exitCode: 1})
          : undefined,
    })
    const {result} = await follow(stacks, clock)
    expect(result[0]?.status).toBe('UPDATE_COMPLETE')
  })

  it('tells of every outage: at its begin and every 30 s, though the polls are further apart', async () => {
    const clock = fakeClock()
    const notes: {second: number; silentMs: number}[] = []
    const isDown = (second: number) => (second > 40 && second < 140) || (second > 240 && second < 300)
    const stacks = fakeStacks(clock, deploy, {
      fail: () => (isDown(clock.now() / 1000) ? new Error('down') : undefined),
    })
    await follow(stacks, clock, {
      onOutage: ({silentMs}) => notes.push({second: clock.now() / 1000, silentMs}),
    })
    const first = notes.filter(({second}) => second < 200)
    const second = notes.filter(note => note.second > 200)
    expect(first.length).toBeGreaterThanOrEqual(4)
    expect(second.length).toBeGreaterThanOrEqual(2)
    for (const outage of [first, second]) {
      const gaps = outage.slice(1).map((note, index) => note.second - (outage[index]?.second ?? 0))
      expect(Math.max(...gaps)).toBeLessThanOrEqual(31)
      expect(outage.at(-1)?.silentMs).toBeGreaterThan(30_000)
    }
  })

  it('continues when DescribeStacks fails at the end', async () => {
    const clock = fakeClock()
    const failures: unknown[] = []
    const stacks = fakeStacks(clock, [own(demo, 0, 'DELETE_FAILED')], {
      fail: (operation, call) => (operation === 'describe' && call === 0 ? new Error('expired') : undefined),
    })
    const {result} = await follow(stacks, clock, {onPollFailure: error => failures.push(error)})
    expect(failures).toHaveLength(1)
    expect(result[0]?.status).toBe('DELETE_FAILED')
  })

  it('continues after an hour in which the machine slept and its connections died', async () => {
    const clock = fakeClock()
    const awake = clock.sleep
    let slept = false
    clock.sleep = async (ms, signal) => {
      await awake(ms, signal)
      if (slept || clock.now() < 60_000) return
      slept = true
      await awake(3_600_000)
    }
    let dead = 0
    const stacks = fakeStacks(clock, deploy, {
      // Sockets that were open when the lid was closed fail at their next use.
      fail: () => (slept && dead++ < 3 ? new Error('read ECONNRESET') : undefined),
    })
    const {told, result} = await follow(stacks, clock)
    expect(slept).toBe(true)
    expect(told).toHaveLength(deploy.length)
    expect(result[0]?.status).toBe('CREATE_COMPLETE')
    expect(clock.now()).toBeLessThan(3_700_000)
  })

  it('drains the events that arrive after DescribeStacks told the end', async () => {
    const clock = fakeClock()
    const events = [own(demo, 0, 'CREATE_IN_PROGRESS'), own(demo, 16, 'CREATE_COMPLETE')]
    const stacks = fakeStacks(clock, events, {lag: ({at}) => (at > 0 ? 10 : 0)})
    const {told} = await follow(stacks, clock)
    expect(told.map(({status}) => status)).toEqual(['CREATE_IN_PROGRESS', 'CREATE_COMPLETE'])
  })

  it('ends when the event of the end never arrives', async () => {
    const clock = fakeClock()
    const events = [own(demo, 0, 'CREATE_IN_PROGRESS'), own(demo, 16, 'CREATE_COMPLETE')]
    const stacks = fakeStacks(clock, events, {lag: ({at}) => (at > 0 ? 1000 : 0)})
    const {told, result} = await follow(stacks, clock)
    expect(told).toHaveLength(1)
    expect(result[0]).toMatchObject({status: 'CREATE_COMPLETE', endedAt: undefined})
  })

  it('takes what is nested in a deleted stack for deleted when the event of its end never arrives', async () => {
    const clock = fakeClock()
    const events = [
      own(demo, 0, 'DELETE_IN_PROGRESS'),
      event(demo, 1, 'NetworkStack', 'DELETE_IN_PROGRESS', network),
      own(network, 2, 'DELETE_IN_PROGRESS'),
      own(network, 14, 'DELETE_COMPLETE'),
      event(demo, 15, 'NetworkStack', 'DELETE_COMPLETE', network),
      own(demo, 16, 'DELETE_COMPLETE'),
    ]
    const isLate = ({at, logicalId}: StackEvent) => at > 10_000 && logicalId !== 'demo'
    const stacks = fakeStacks(clock, events, {lag: each => (isLate(each) ? 1000 : 0)})
    const {result} = await follow(stacks, clock)
    expect(result.map(({status, endedAt}) => [status, endedAt])).toEqual([
      ['DELETE_COMPLETE', 16_000],
      ['DELETE_COMPLETE', 16_000],
    ])
  })

  it("keeps the end that it saw when somebody's next operation begins right after it", async () => {
    const clock = fakeClock()
    const events = [own(demo, 10, 'UPDATE_IN_PROGRESS'), own(demo, 60, 'UPDATE_COMPLETE')]
    const stacks = fakeStacks(clock, events)
    const describe = stacks.describe
    stacks.describe = async id => {
      const found = await describe(id)
      const now = clock.now() / 1000
      events.push(own(demo, now, 'UPDATE_IN_PROGRESS'), event(demo, now, 'Vpc', 'UPDATE_IN_PROGRESS'))
      return found
    }

    const {told, result} = await follow(stacks, clock)

    expect(told.map(({status}) => status)).toEqual(['UPDATE_IN_PROGRESS', 'UPDATE_COMPLETE'])
    expect(result[0]).toMatchObject({status: 'UPDATE_COMPLETE', endedAt: 60_000})
  })

  it('keeps what DescribeStacks said when the event of the end comes after it', async () => {
    const clock = fakeClock()
    const events = [own(demo, 10, 'UPDATE_IN_PROGRESS'), own(demo, 110, 'UPDATE_COMPLETE')]
    const next = own(demo, 121, 'UPDATE_IN_PROGRESS')
    const stacks = fakeStacks(clock, events, {lag: ({status}) => (status === 'UPDATE_COMPLETE' ? 60 : 0)})
    const describe = stacks.describe
    stacks.describe = async id => {
      const found = await describe(id)
      events.push(next)
      return found
    }

    const {result} = await follow(stacks, clock)

    expect(result[0]).toMatchObject({status: 'UPDATE_COMPLETE'})
  })

  it('takes a stack that no longer exists for deleted', async () => {
    const clock = fakeClock()
    const {told, result} = await follow(fakeStacks(clock, []), clock)
    expect(told).toEqual([])
    expect(result[0]?.status).toBe('DELETE_COMPLETE')
  })

  it('waits for every root and leaves settled ones alone', async () => {
    const clock = fakeClock()
    const other = idOf('demo-compute')
    const stacks = fakeStacks(clock, [
      own(demo, 0, 'CREATE_IN_PROGRESS'),
      own(demo, 1, 'CREATE_COMPLETE'),
      own(other, 0, 'CREATE_IN_PROGRESS'),
      own(other, 90, 'CREATE_FAILED'),
    ])
    const roots = [
      {id: demo, label: 'data'},
      {id: other, label: 'compute'},
    ]
    const {told, result} = await follow(stacks, clock, {roots})
    expect(told).toHaveLength(4)
    expect(result.map(({label, status}) => `${label} ${status}`)).toEqual([
      'data CREATE_COMPLETE',
      'compute CREATE_FAILED',
    ])
    expect(stacks.calls.filter(({id, second}) => id === demo && second > 6)).toHaveLength(1)
  })

  it('throws the reason of the signal at once, even during a call', async () => {
    const clock = fakeClock()
    const controller = new AbortController()
    const reason = new Error('interrupted')
    const failures: unknown[] = []
    const hanging = {
      ...fakeStacks(clock, deploy),
      newEvents: () => {
        queueMicrotask(() => controller.abort(reason))
        return new Promise<never>(() => {})
      },
    }
    const following = follow(hanging, clock, {
      signal: controller.signal,
      onPollFailure: error => failures.push(error),
    })
    await expect(following).rejects.toBe(reason)
    expect(failures).toEqual([])
  })

  it('throws the reason of the signal between polls', async () => {
    const clock = fakeClock()
    const controller = new AbortController()
    const following = follow(fakeStacks(clock, deploy), clock, {
      signal: controller.signal,
      onEvent: () => controller.abort(new Error('deadline')),
    })
    await expect(following).rejects.toThrow('deadline')
  })
})
