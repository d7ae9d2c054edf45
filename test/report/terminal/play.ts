import xterm from '@xterm/headless'
import {vi} from 'vitest'
import type {ProgressEvent, StackProgress} from '../../../src/progress.js'
import {paint} from '../../../src/report/paint.js'
import {TerminalRenderer} from '../../../src/report/terminal-renderer.js'

/** A moment of a run: what is told until then, and how the terminal changes before. */
export interface Stage {
  name: string
  events: readonly ProgressEvent[]
  size?: {columns: number; rows: number}
}

/** What a terminal shows after a stage. */
export interface Capture {
  name: string
  /** Of the visible part, without blanks at their ends. */
  lines: readonly string[]
  /** Everything that can be scrolled back to, and the visible part. */
  all: readonly string[]
  /** Bytes that were written for it. */
  bytes: number
  writes: number
  text: string
}

/** What stood in the terminal before. */
export const prompt = '$ mcpgw'

/** Plays a run on the live screen; real time passes between events. */
export async function play(
  stages: readonly Stage[],
  {
    size,
    noColor = false,
    secondsBetween = 1,
  }: {size: {columns: number; rows: number}; noColor?: boolean; secondsBetween?: number},
): Promise<Capture[]> {
  const frames = record(stages, {size, noColor, secondsBetween})
  const terminal = new xterm.Terminal({
    cols: size.columns,
    rows: size.rows,
    scrollback: 1000,
    allowProposedApi: true,
  })
  const write = (text: string) => new Promise<void>(done => terminal.write(text, done))
  await write(`${prompt}\r\n`)
  const captures: Capture[] = []
  for (const {name, written, resized} of frames) {
    if (resized !== undefined) terminal.resize(resized.columns, resized.rows)
    const text = written.join('')
    await write(text)
    const buffer = terminal.buffer.active
    const all = Array.from(
      {length: buffer.length},
      (_, at) => buffer.getLine(at)?.translateToString(true) ?? '',
    )
    const lines = all.slice(buffer.baseY, buffer.baseY + terminal.rows)
    captures.push({name, lines, all, bytes: Buffer.byteLength(text), writes: written.length, text})
  }
  terminal.dispose()
  return captures
}

/** What is written to the terminal in each stage. */
function record(stages: readonly Stage[], options: {size: object; noColor: boolean; secondsBetween: number}) {
  const before = Object.getOwnPropertyDescriptors(process.stdout)
  const ownMembers = ['isTTY', 'columns', 'rows', 'write'] as const
  let written: string[] = []
  vi.useFakeTimers({
    now: 0,
    toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'performance', 'Date'],
  })
  try {
    Object.assign(process.stdout, {isTTY: true, ...options.size})
    process.stdout.write = ((text: string) => {
      written.push(text)
      return true
    }) as typeof process.stdout.write
    const clock = {now: () => Date.now(), sleep: async () => {}, alarm: () => () => {}}
    const renderer = new TerminalRenderer({
      clock,
      paint: paint({stream: process.stdout, noColor: options.noColor}),
      rows: () => process.stdout.rows,
    })
    const frames = stages.map(({name, events, size}) => {
      written = []
      if (size !== undefined) {
        Object.assign(process.stdout, size)
        process.stdout.emit('resize')
      }
      for (const event of events) {
        renderer.tell(event)
        vi.advanceTimersByTime(options.secondsBetween * 1000)
      }
      vi.advanceTimersByTime(1000)
      return {name, written, resized: size}
    })
    written = []
    void renderer.close()
    return [...frames, {name: 'end', written, resized: undefined}]
  } finally {
    for (const member of ownMembers) {
      const descriptor = before[member]
      if (descriptor === undefined) Reflect.deleteProperty(process.stdout, member)
      else Object.defineProperty(process.stdout, member, descriptor)
    }
    vi.useRealTimers()
  }
}

const stackType = 'AWS::CloudFormation::Stack'

/** A CloudFormation event. */
export function stackEvent(
  label: string,
  logicalId: string,
  status: string,
  more: Partial<StackProgress> = {},
): ProgressEvent {
  const isStack = logicalId === 'stack'
  return {
    kind: 'stack-event',
    event: {
      label,
      stackName: label,
      stackId: '',
      logicalId,
      physicalId: '',
      type: isStack ? stackType : 'AWS::EC2::VPC',
      status,
      reason: undefined,
      at: 1000,
      isStack,
      ...more,
    },
  }
}
