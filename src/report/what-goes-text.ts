import {pastingNoteIn} from '../aws/command-line.js'
import type {BlockResult, StoppingCost, TeardownForecast} from '../results.js'
import {costWords, pricesNote} from './remaining-lines.js'
import {formatMinutes, formatSeconds} from './words.js'

/** What `teardown --dry-run` prints: what would go, and nothing has. */
export function whatGoesText(forecast: TeardownForecast, {environment}: {environment: string}): string {
  const {stacks, headStarts, blocks, unchecked, stays, seconds, path, stopsCosting} = forecast
  if (stacks.length + blocks.length === 0) return `There is nothing to remove of ${environment}.`
  const sections = [
    titled(
      `A teardown of ${environment} would delete:`,
      stacks.map(({stack, resources}) => `${stack}: ${resources} resources`),
    ),
    titled(
      'As soon as CloudFormation accepts it, these would begin ahead of it:',
      headStarts.map(({name, resources}) => `${name}: ${resources.join(', ')}`),
    ),
    titled('In the way:', blocks.flatMap(blockLines)),
    titled('Could not be checked:', unchecked),
    titled(
      'These stay:',
      stays.map(({stack, logicalId, what}) =>
        what === 'snapshot'
          ? `a last snapshot of ${logicalId} (${stack}), which is billed until someone deletes it`
          : `${logicalId} (${stack}), which its template keeps`,
      ),
    ),
    seconds === null
      ? 'How long it takes cannot be told: the templates of the stacks could not be read.'
      : titled(
          `It typically takes ${formatMinutes(seconds)}. The longest chain:`,
          path
            .filter(({type}) => type !== 'AWS::CloudFormation::Stack')
            .map(link => `${link.logicalId} (${link.type}) ${formatSeconds(link.seconds)}`),
        ),
    titled('These stop costing something:', stopsCosting.map(costLine)),
    pricesNote(stopsCosting),
    'Nothing was changed.',
  ].filter(each => each !== undefined)
  return [...sections, pastingNoteIn(sections.join('\n'))].filter(Boolean).join('\n\n')
}

/** For whoever is asked to confirm: what it saves in a month, as far as that has a sum. */
export function savedLines(stopsCosting: readonly StoppingCost[]): string[] {
  const monthly = stopsCosting.filter(({cost}) => cost.per !== 'GiB and month')
  const usd = monthly.reduce((sum, {count, cost}) => sum + count * cost.usd, 0)
  return usd === 0 ? [] : [`  stops costing about ${Math.round(usd)} USD a month, besides what is stored`]
}

function titled(title: string, lines: readonly string[]): string | undefined {
  return lines.length === 0 ? undefined : [title, ...lines.map(line => `  ${line}`)].join('\n')
}

function blockLines({kind, name, reason, cleared, command}: BlockResult): string[] {
  const how = cleared
    ? 'It is cleared.'
    : command === null
      ? 'Its owner has to delete it.'
      : 'It is not cleared:'
  return [`${kind} ${name}: ${reason} ${how}`, ...(cleared || command === null ? [] : [`  ${command}`])]
}

function costLine({type, count, cost}: StoppingCost): string {
  return `${type}: ${count}, ${costWords({cost})}`
}
