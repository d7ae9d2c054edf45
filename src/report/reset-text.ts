import type {KeptResult, ResetResult} from '../results.js'
import {visible, visibleIn} from '../visible.js'
import {deploySummary, type SummaryOptions} from './deploy-summary.js'
import {teardownText} from './teardown-text.js'
import {whatGoesText} from './what-goes-text.js'
import {formatMinutes} from './words.js'

/** What reset prints at its end: what went, and what stands now, or why nothing does. */
export function resetText(result: ResetResult, options: SummaryOptions & {region: string}): string {
  const {teardown, deploy, next, environment} = result
  const {paint} = options
  const sections = [
    teardown && teardownText({...teardown, next: null}, options),
    deploy && deploySummary(deploy, options),
    deploy === null && paint.red(visible(`✖ Not deployed: ${environment} is not proved to be gone.`)),
    deploy === null && next !== null && visible(`Next: ${next}`),
  ]
  return sections.filter(Boolean).join('\n\n')
}

/** What `reset --dry-run` prints. */
export function resetForecastText(told: ResetResult): string {
  const result = visibleIn(told)
  const {teardown, kept, environment, next} = result
  const sections = [
    teardown?.forecast
      ? // What is deployed again goes on to cost the same.
        whatGoesText({...teardown.forecast, stopsCosting: []}, result)
      : `The old stacks of ${environment} are gone already. Nothing was changed.`,
    keptText(kept, result.deploySeconds).join('\n'),
    teardown?.elsewhere,
    next && `Next: ${next}`,
  ]
  return sections.filter(Boolean).join('\n\n')
}

/** What is deployed again, and what becomes of the secrets. */
export function keptText(
  {layout, parameters, secrets, students}: KeptResult,
  seconds: number | null,
): string[] {
  const took = seconds === null ? '' : `, typically ${formatMinutes(seconds)}`
  const lines = [
    `It is deployed again in layout ${layout}${took}${Object.keys(parameters).length === 0 ? ', with the default of every parameter' : ', with'}`,
    ...Object.entries(parameters).map(([name, value]) => `  ${name}=${value}`),
    ...(students === null ? [] : [`  ${students.length} students, with new passwords`]),
    ...secrets.map(({name, origin}) => `  ${name}: ${originWords[origin]}`),
  ]
  return lines.map(visible)
}

const originWords = {
  given: 'as given now',
  generated: 'a new one is generated',
  empty: 'none',
  unchanged: 'as the new stacks have it',
} as const
