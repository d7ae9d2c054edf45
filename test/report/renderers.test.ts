import {stripVTControlCharacters} from 'node:util'
import {afterEach, describe, expect, it, vi} from 'vitest'
import type {ProgressEvent, StackProgress} from '../../src/progress.js'
import {blocksOf, fitScreen} from '../../src/report/fit-screen.js'
import {liveLines} from '../../src/report/live-lines.js'
import {rendererKind} from '../../src/report/pick-renderer.js'
import {PlainRenderer} from '../../src/report/plain-renderer.js'
import {ProgressModel} from '../../src/report/progress-model.js'
import {TerminalRenderer} from '../../src/report/terminal-renderer.js'
import {formatOverview, formatSeconds} from '../../src/report/words.js'

const noPaint = {red: plain, green: plain, yellow: plain, dim: plain, bold: plain}
const stoppedClock = {now: () => 60_000, sleep: async () => {}, alarm: () => () => {}}
const stackType = 'AWS::CloudFormation::Stack'

function plain(text: string): string {
  return text
}

function event(
  label: string,
  logicalId: string,
  status: string,
  at: number,
  more: Partial<StackProgress> = {},
): ProgressEvent {
  const isStack = logicalId === 'stack'
  const type = isStack ? stackType : 'AWS::EC2::VPC'
  return {
    kind: 'stack-event',
    event: {
      label,
      stackName: label,
      stackId: '',
      logicalId,
      physicalId: '',
      type,
      status,
      reason: undefined,
      at,
      isStack,
      ...more,
    },
  }
}

/** Lines that a drawing takes, however it goes from one to the next. */
function heightOf(frame: string): number {
  return frame.replaceAll('\r\u001B[1B', '\n').split('\n').length
}

const story: ProgressEvent[] = [
  {
    kind: 'workflow-started',
    title: 'Deploy',
    steps: [
      {id: 'one', title: 'First'},
      {id: 'stacks', title: 'Stacks'},
      {id: 'last', title: 'Last'},
    ],
  },
  {kind: 'step-skipped', id: 'one', title: 'First', reason: 'not asked for'},
  {kind: 'step-started', id: 'stacks', title: 'Stacks'},
  {
    kind: 'resources-expected',
    stacks: [
      {label: 'network', resources: 2},
      {label: 'data', resources: 3},
    ],
  },
  event('main', 'stack', 'CREATE_IN_PROGRESS', 0),
  event('main', 'NetworkStack', 'CREATE_IN_PROGRESS', 0, {type: stackType}),
  event('network', 'stack', 'CREATE_IN_PROGRESS', 1000),
  event('network', 'Vpc', 'CREATE_IN_PROGRESS', 2000),
  event('network', 'Vpc', 'CREATE_IN_PROGRESS', 3000),
  event('network', 'Igw', 'CREATE_IN_PROGRESS', 4000),
  event('network', 'Vpc', 'CREATE_COMPLETE', 9000),
]

function told(events: readonly ProgressEvent[]): ProgressModel {
  const model = new ProgressModel()
  for (const one of events) model.hear(one)
  return model
}

describe('the model', () => {
  it('counts leaf resources once, and not the rows of nested stacks', () => {
    const model = told(story)
    expect(model.counts).toEqual({done: 1, total: 5, failures: 0})
    expect(model.stacks.map(({label, done, total, status}) => [label, done, total, status])).toEqual([
      ['main', 0, undefined, 'CREATE_IN_PROGRESS'],
      ['network', 1, 2, 'CREATE_IN_PROGRESS'],
      ['data', 0, 3, ''],
    ])
    expect(model.stacks[1]?.making).toEqual([{logicalId: 'Igw', since: 4000}])
  })

  it('begins anew with the next step', () => {
    expect(told([...story, {kind: 'step-started', id: 'last', title: 'Last'}]).stacks).toEqual([])
  })
})

describe('the live lines', () => {
  const draw = (most: number) => liveLines(told(story), {now: 65_000, startedAt: 0, paint: noPaint, most})

  it('show the sum, each stack and what is being made', () => {
    expect(draw(10)).toEqual(
      [
        '1/5 resources · 1m05s',
        '  ▸ main     CREATE_IN_PROGRESS',
        '  ▸ network  CREATE_IN_PROGRESS     1/2  Igw 1m01s',
        '  · data     waiting                0/3',
      ].map(line => line.replace(/^ {2}/, '')),
    )
  })

  it.each([1, 2, 3, 4])('never take more than %i lines', most => {
    expect(draw(most).length).toBeLessThanOrEqual(most)
  })

  it('prefer the stacks at work when there is little room', () => {
    expect(draw(2)[1]).toContain('network')
  })

  it('say, while waiting for health, how far it is and what comes first', () => {
    const waiting: ProgressEvent = {
      kind: 'verify-waiting',
      services: {ok: 7, total: 8},
      targetGroups: {ok: 4, total: 4},
      endpoints: {ok: 2, total: 3},
      links: {ok: 9, total: 12},
      problem: 'demo-mcpgw: 0 of 1 tasks run, 1 are starting.',
    }
    const lines = liveLines(told([waiting]), {now: 5000, startedAt: 0, paint: noPaint, most: 5})
    expect(lines).toEqual([
      'services 7/8, target groups 4/4, endpoints 2/3, links 9/12 healthy · 5s',
      'demo-mcpgw: 0 of 1 tasks run, 1 are starting.',
    ])
    expect(formatOverview(told([waiting]), 0)).toBe(
      'services 7/8, target groups 4/4, endpoints 2/3, links 9/12 healthy; demo-mcpgw: 0 of 1 tasks run, 1 are starting.',
    )
  })

  it('end with the image build', () => {
    const model = told([
      ...story,
      {kind: 'build-phase', buildId: 'b', phase: 'BUILD', status: 'IN_PROGRESS', seconds: 0},
    ])
    const lines = liveLines(model, {now: 0, startedAt: 0, paint: noPaint, most: 10})
    expect(lines.at(-1)).toBe('  image build BUILD running')
  })
})

describe('plain lines', () => {
  afterEach(() => {
    vi.useRealTimers()
  })

  function renderer(verbose = false) {
    const lines: string[] = []
    const clock = {now: () => 60_000, sleep: async () => {}, alarm: () => () => {}}
    return {lines, renderer: new PlainRenderer({clock, verbose, write: line => lines.push(line)})}
  }

  it('carry the time, steps, stacks and failures, not every resource', async () => {
    const {lines, renderer: plainRenderer} = renderer()
    for (const one of story) plainRenderer.tell(one)
    plainRenderer.tell(event('network', 'Igw', 'CREATE_FAILED', 10_000, {reason: 'quota'}))
    plainRenderer.tell({kind: 'step-failed', id: 'stacks', title: 'Stacks', message: 'x'})
    await plainRenderer.close()
    expect(lines.every(line => /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ /.test(line))).toBe(true)
    expect(lines.map(line => line.slice(21))).toEqual([
      'Stacks …',
      '  0/5 resources',
      '  main: CREATE_IN_PROGRESS',
      '  network: CREATE_IN_PROGRESS',
      '  network: Igw (AWS::EC2::VPC) CREATE_FAILED: quota',
      'Stacks: FAILED',
    ])
  })

  it('count what all stacks will have once, however often a stack is counted again when it begins', () => {
    const {lines, renderer: plainRenderer} = renderer()
    for (const one of story) plainRenderer.tell(one)
    for (const [label, resources] of [
      ['network', 2],
      ['data', 3],
      ['data', 4],
    ] as const)
      plainRenderer.tell({kind: 'resources-expected', stacks: [{label, resources}]})
    expect(lines.map(line => line.slice(21)).filter(line => line.endsWith('resources'))).toEqual([
      '  0/5 resources',
      '  0/6 resources',
    ])
  })

  it('carry every event when asked to', async () => {
    const {lines, renderer: plainRenderer} = renderer(true)
    for (const one of story) plainRenderer.tell(one)
    await plainRenderer.close()
    expect(lines.some(line => line.includes('Vpc (AWS::EC2::VPC) CREATE_COMPLETE'))).toBe(true)
  })

  it('beat at least every 30 seconds, with counts, until the step ends', async () => {
    vi.useFakeTimers()
    const {lines, renderer: plainRenderer} = renderer()
    for (const one of story) plainRenderer.tell(one)
    const before = lines.length
    vi.advanceTimersByTime(30_000)
    expect(lines.slice(before).map(line => line.slice(21))).toEqual([
      'Stacks: 0s, 1/5 resources (network 1/2, data 0/3); now Igw 56s',
    ])
    plainRenderer.tell({kind: 'step-finished', id: 'stacks', title: 'Stacks', seconds: 1})
    const after = lines.length
    vi.advanceTimersByTime(60_000)
    expect(lines.length).toBe(after)
    await plainRenderer.close()
  })
})

describe('the live screen', () => {
  const {isTTY, write, columns, rows} = process.stdout

  function terminalOf(size: {columns: number; rows: number}): void {
    Object.assign(process.stdout, {isTTY: true, ...size})
  }

  afterEach(() => {
    vi.useRealTimers()
    Object.assign(process.stdout, {isTTY, write, columns, rows})
  })

  async function screen(events: readonly ProgressEvent[], columns = 80): Promise<string> {
    let output = ''
    terminalOf({columns, rows: 24})
    process.stdout.write = ((chunk: string) => {
      output += chunk
      return true
    }) as typeof process.stdout.write
    const clock = {now: () => 60_000, sleep: async () => {}, alarm: () => () => {}}
    const renderer = new TerminalRenderer({clock, paint: noPaint, rows: () => 24})
    for (const one of events) {
      renderer.tell(one)
      await new Promise(resolve => setTimeout(resolve, 1))
    }
    await renderer.close()
    return output
  }

  it('draws steps, skips and stacks, and gives the cursor back', async () => {
    const end: ProgressEvent[] = [
      {kind: 'step-finished', id: 'stacks', title: 'Stacks', seconds: 61},
      {kind: 'step-started', id: 'last', title: 'Last'},
      {kind: 'note', text: 'A line worth keeping'},
      {kind: 'step-finished', id: 'last', title: 'Last', seconds: 0},
    ]
    const output = await screen([...story, ...end])
    const shown = output.slice(output.lastIndexOf('First'))
    expect(shown).toContain('First (skipped: not asked for)')
    expect(shown).toContain('Stacks (1m01s)')
    expect(shown).toContain('1/5 resources')
    expect(shown).toContain('A line worth keeping')
    expect(output.lastIndexOf('\u001B[?25h')).toBeGreaterThan(output.lastIndexOf('\u001B[?25l'))
  })

  it('folds the title of a step that has ended: its duration is never cut', async () => {
    const title = 'See what can begin ahead of CloudFormation'
    const output = await screen(
      [
        {kind: 'workflow-started', title: 'Teardown', steps: [{id: 'one', title}]},
        {kind: 'step-started', id: 'one', title},
        {kind: 'step-finished', id: 'one', title, seconds: 3725},
      ],
      50,
    )
    const shown = stripVTControlCharacters(output.slice(output.lastIndexOf('See what')))
    expect(shown.replaceAll(/\s+/g, ' ')).toContain(`${title} (1h02m)`)
    expect(shown).not.toContain('…')
  })

  it('stays within a terminal that becomes smaller, from one drawing to the next', async () => {
    let rows = 24
    const frames: string[] = []
    terminalOf({columns: 80, rows: 24})
    process.stdout.write = ((chunk: string) => {
      frames.push(chunk)
      return true
    }) as typeof process.stdout.write
    const clock = {now: () => 60_000, sleep: async () => {}, alarm: () => () => {}}
    const renderer = new TerminalRenderer({clock, paint: noPaint, rows: () => rows})
    for (const one of story) renderer.tell(one)
    await new Promise(resolve => setTimeout(resolve, 150))
    rows = 6
    process.stdout.rows = 6
    process.stdout.emit('resize')
    const before = frames.length
    await new Promise(resolve => setTimeout(resolve, 300))
    const after = frames.slice(before).filter(frame => frame.includes('Stacks'))
    const listeners = process.stdout.listenerCount('resize')
    await renderer.close()
    expect(after.length).toBeGreaterThan(0)
    for (const frame of after) expect(heightOf(frame)).toBeLessThanOrEqual(6)
    expect(process.stdout.listenerCount('resize')).toBe(listeners - 1)
  })

  it.each([
    [0, 0],
    [0, 24],
    [80, 1],
    [3, 24],
  ])(
    'goes on in a terminal that becomes %i columns by %i rows, and tells it all at its end',
    async (width, height) => {
      const output: string[] = []
      terminalOf({columns: 80, rows: 24})
      process.stdout.write = ((chunk: string) => {
        output.push(chunk)
        return true
      }) as typeof process.stdout.write
      const renderer = new TerminalRenderer({
        clock: stoppedClock,
        paint: noPaint,
        rows: () => process.stdout.rows,
      })
      for (const one of story) renderer.tell(one)
      await new Promise(resolve => setTimeout(resolve, 5))
      terminalOf({columns: width, rows: height})
      process.stdout.emit('resize')
      renderer.tell(event('network', 'Igw', 'CREATE_COMPLETE', 9500))
      renderer.tell({kind: 'step-finished', id: 'stacks', title: 'Stacks', seconds: 61})
      await renderer.close()
      expect(output.join('').length).toBeLessThan(5000)
      expect(output.join('').slice(-400)).toContain('Stacks (1m01s)')
    },
  )

  it('ends tidily when the run is cut off', async () => {
    const output = await screen(story)
    expect(output.slice(output.lastIndexOf('First'))).toContain('Stacks')
    expect(output.lastIndexOf('\u001B[?25h')).toBeGreaterThan(output.lastIndexOf('\u001B[?25l'))
  })
})

describe('the screen within the terminal', () => {
  const blocks = blocksOf(['a', '  a1', '  a2', 'b', '  b1', 'c', 'd', '  d1', '  d2', 'e', 'f'])
  const fitted = (height: number) =>
    fitScreen(blocks, {running: 3, height, collapsed: steps => `${steps} done`}).join(' ')

  it.each([
    [11, 'a   a1   a2 b   b1 c d   d1   d2 e f'],
    [10, 'a b   b1 c d   d1   d2 e f'],
    [8, 'a b c d   d1   d2 e f'],
    [7, '2 done c d   d1   d2 e f'],
    [6, '3 done d   d1   d2 e f'],
    [5, '3 done d   d1   d2 e'],
    [4, '3 done d   d1   d2'],
    [3, '3 done d   d1'],
  ])('drops notes of ended steps, then the steps themselves, into %i lines', (height, shown) => {
    expect(fitted(height)).toBe(shown)
  })
})

describe('which renderer', () => {
  const terminal = {json: false, verbose: false, isTerminal: true, env: {}}

  it.each([
    ['a terminal', terminal, 'live'],
    ['no terminal', {...terminal, isTerminal: false}, 'plain'],
    ['CI', {...terminal, env: {CI: 'true'}}, 'plain'],
    ['a dumb terminal', {...terminal, env: {TERM: 'dumb'}}, 'plain'],
    ['--verbose', {...terminal, verbose: true}, 'plain'],
    ['--json', {...terminal, json: true}, 'plain'],
  ] as const)('for %s', (_, options, kind) => {
    expect(rendererKind(options)).toBe(kind)
  })
})

describe('durations for people', () => {
  it.each([
    [0.4, '0s'],
    [59.4, '59s'],
    [60, '1m00s'],
    [185, '3m05s'],
    [3720, '1h02m'],
    [-3, '0s'],
  ])('%d seconds', (seconds, text) => {
    expect(formatSeconds(seconds)).toBe(text)
  })
})
