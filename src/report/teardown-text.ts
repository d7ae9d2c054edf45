import {pastingNoteIn} from '../aws/command-line.js'
import type {Clock} from '../clock.js'
import type {Proof, TeardownResult, Unknown} from '../results.js'
import {visibleIn} from '../visible.js'
import type {Paint} from './paint.js'
import {pricesNote, remainingLines} from './remaining-lines.js'
import {formatTable} from './table.js'
import {formatTook} from './words.js'

/** What teardown prints at its end: what went, what else was cleaned, what remains, and what cannot be told. */
export function teardownText(
  told: TeardownResult,
  options: {region: string; paint: Paint; clock: Pick<Clock, 'label'>; provesOnly?: boolean},
): string {
  const result = visibleIn(told)
  const {environment, removed, cleaned, remaining, unknown, elsewhere, next} = result
  const {region, paint, clock, provesOnly = false} = options
  const kept = remaining.filter(item => item.kept)
  const left = remaining.filter(item => !item.kept)
  const isNothing = removed.length + cleaned.length + remaining.length + unknown.length === 0
  if (provesOnly && isNothing)
    return [
      paint.green(`✔ Nothing is there of ${environment} in region ${region}.`),
      result.proof && proofWords(result.proof),
      result.proof && pendingLines(result.proof),
    ]
      .filter(Boolean)
      .join('\n\n')
  if (isNothing)
    return [
      `There was nothing to remove: ${environment} does not exist in region ${region}.`,
      ...(elsewhere === null ? [] : [elsewhere]),
    ].join('\n')
  const stacks = formatTable(
    ['STACK', 'STATUS', 'TOOK'],
    removed.map(({stack, status, durationSeconds}) => [stack, status, formatTook(durationSeconds, clock)]),
  )
  const sections = [
    removed.length > 0 && stacks.join('\n'),
    cleaned.length > 0 && ['Also removed:', ...cleaned.map(({kind, name}) => `  ${kind} ${name}`)].join('\n'),
    kept.length > 0 && ['Kept on purpose:', ...kept.flatMap(remainingLines)].join('\n'),
    left.length > 0 &&
      [paint.red('✖ Still there, and it may cost money:'), ...left.flatMap(remainingLines)].join('\n'),
    unknown.length > 0 &&
      [paint.red('✖ Could not be checked; it may still exist and cost money:'), ...unknown.map(linesOf)].join(
        '\n',
      ),
    pricesNote(remaining),
    left.length + unknown.length === 0 && paint.green(goneWords(result, kept.length > 0, clock)),
    result.proof && proofWords(result.proof),
    result.proof && pendingLines(result.proof),
    elsewhere,
    next !== null && `Next: ${next}`,
  ].filter(each => typeof each === 'string' && each !== '')
  return [...sections, pastingNoteIn(sections.join('\n'))].filter(Boolean).join('\n\n')
}

/** What was looked for, and what nobody can list so: DNS records are in zones that are not the environment's. */
function proofWords({lookedFor, stacks, at}: Proof): string {
  const deleted = stacks.filter(({status}) => status === 'DELETE_COMPLETE').length
  const ids = deleted === 0 ? '' : `, by what ${deleted} deleted stacks had`
  return `Looked for ${lookedFor.length} kinds of resources, each with its own service, by tag, by name${ids} (${at}). Not looked for: DNS records in your own zones.`
}

function pendingLines({pending}: Proof): string | false {
  if (pending.length === 0) return false
  const lines = pending.map(({kind, name, until, reason}) => {
    const when = until === null ? '' : `, on ${until.slice(0, 10)}`
    return `  ${kind} ${name}${when}: ${reason}`
  })
  return ['Goes by itself:', ...lines].join('\n')
}

function goneWords(
  {environment, durationSeconds}: TeardownResult,
  isKept: boolean,
  clock: Pick<Clock, 'label'>,
): string {
  const took = formatTook(durationSeconds, clock)
  return `✔ ${environment} is gone; nothing${isKept ? ' else' : ''} of it remains (${took}).`
}

function linesOf({kind, name, reason, command}: Unknown): string {
  return [`  ${kind} ${name}: ${reason}`, ...(command === null ? [] : [`    ${command}`])].join('\n')
}
