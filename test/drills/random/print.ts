import {nameOf, type Schedule} from './schedule.js'

/** The schedule as an entry of `test/drills/table/found.ts`, to be pasted there. */
export function asEntry(schedule: Schedule): string {
  const {start, command, faults, interrupt, meanwhile} = schedule
  const lines = [
    `name: ${quoted(nameOf(schedule))},`,
    `start: ${quoted(start)},`,
    `faults: [${faults.map(quoted).join(', ')}],`,
    `command: ${quoted(command)},`,
    ...(meanwhile
      ? [`meanwhile: {does: ${quoted(meanwhile.does)}, afterCalls: ${meanwhile.afterCalls}},`]
      : []),
    ...(interrupt
      ? [`interrupt: {signal: ${quoted(interrupt.signal)}, afterCalls: ${interrupt.afterCalls}},`]
      : []),
  ]
  return `  {\n${lines.map(line => `    ${line}\n`).join('')}  },`
}

/** What to do with a schedule that failed. */
export function howToRepeat(schedule: Schedule): string {
  return [
    'To have it again, paste this into test/drills/table/found.ts:',
    asEntry(schedule),
    `and run: npm run drills -- found --filter ${shellQuoted(nameOf(schedule))}`,
  ].join('\n')
}

function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`
}

function shellQuoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`
}
