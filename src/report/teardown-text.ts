import type {Remaining, TeardownResult} from '../results.js'
import {visibleIn} from '../visible.js'
import type {Paint} from './paint.js'
import {formatTable} from './table.js'
import {formatSeconds} from './words.js'

/** What teardown prints at its end: what went, what else was cleaned, and what remains. */
export function teardownText(result: TeardownResult, options: {region: string; paint: Paint}): string {
  const {environment, removed, cleaned, remaining, durationSeconds} = visibleIn(result)
  const {region, paint} = options
  const kept = remaining.filter(item => item.kept)
  const left = remaining.filter(item => !item.kept)
  if (removed.length + cleaned.length + remaining.length === 0)
    return `There was nothing to remove: ${environment} does not stand in region ${region}.`
  const stacks = formatTable(
    ['STACK', 'STATUS', 'TOOK'],
    removed.map(({stack, status, durationSeconds}) => [stack, status, formatSeconds(durationSeconds)]),
  )
  const sections = [
    removed.length > 0 && stacks.join('\n'),
    cleaned.length > 0 && ['Also removed:', ...cleaned.map(({kind, name}) => `  ${kind} ${name}`)].join('\n'),
    kept.length > 0 && ['Kept on purpose:', ...kept.map(lineOf)].join('\n'),
    left.length > 0
      ? [paint.red('✖ Still there, and it may cost money:'), ...left.map(lineOf)].join('\n')
      : paint.green(
          `✔ ${environment} is gone; nothing${kept.length > 0 ? ' else' : ''} that carries its tag remains (${formatSeconds(durationSeconds)}).`,
        ),
  ]
  return sections.filter(Boolean).join('\n\n')
}

const lineOf = ({kind, name, reason}: Remaining) => `  ${kind} ${name}: ${reason}`
