import type {ParityReport} from '../results.js'
import {countOf} from './parity-groups.js'

/** The one sentence that says how it ended, and why. */
export function verdictText(report: ParityReport): string {
  if (report.verdict === 'same') return sameText(report)
  const found = problems(report)
  const beside = found.length === 0 ? 'in what could be compared nothing differs' : found.join(', ')
  return report.verdict === 'partial'
    ? `The plan is only part of one, so that this is no proof of parity; ${beside}.`
    : `${sentence(found.join(', '))}.`
}

function sameText({totals, strict}: ParityReport): string {
  const unknown = totals.unknown === 0 ? '' : `, as far as the plan tells (${totals.unknown} unknown)`
  return `Nothing differs but what is accepted with a reason${unknown}${strict ? ', and nothing is out of date' : ''}.`
}

/** What stands between the comparison and parity. */
function problems(report: ParityReport): string[] {
  const {totals, resources, onlyHere, stale, deadPatterns, variables, strict} = report
  const unmapped = resources.filter(({counterpart}) => counterpart === null).length
  const here = onlyHere.filter(({verdict}) => verdict === 'different').length
  const unknownVariables = variables.filter(({parameter}) => parameter === null).length
  const counts: [number, string][] = [
    [totals.different, countOf(totals.different, 'resource differs', 'resources differ')],
    [totals.missing, `${countOf(totals.missing, 'is missing', 'are missing')} in the templates`],
    [unmapped, `${countOf(unmapped, 'address has', 'addresses have')} no mapping`],
    [here, `${countOf(here, 'is', 'are')} only here without a reason`],
  ]
  const outOfDate: [number, string][] = [
    [
      stale.length,
      countOf(stale.length, 'accepted difference no longer occurs', 'accepted differences no longer occur'),
    ],
    [deadPatterns.length, `${countOf(deadPatterns.length, 'pattern matches', 'patterns match')} nothing`],
    [unknownVariables, `${countOf(unknownVariables, 'variable is', 'variables are')} unknown`],
  ]
  return [...counts, ...(strict ? outOfDate : [])].filter(([count]) => count > 0).map(([, words]) => words)
}

function sentence(words: string): string {
  return words.replace(/^./, first => first.toUpperCase())
}
