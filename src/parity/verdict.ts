import type {ParityReport} from '../results.js'

type Judged = Omit<ParityReport, 'verdict' | 'against'>

/**
 * What a comparison says of parity: a partial plan proves nothing, whatever was found in it; with `--strict`, what is out of
 * date counts as a difference.
 */
export function verdictOf(report: Judged): ParityReport['verdict'] {
  if (report.partial.length > 0) return 'partial'
  return differs(report) || (report.strict && isOutOfDate(report)) ? 'different' : 'same'
}

function differs({totals, resources, onlyHere}: Judged): boolean {
  return (
    totals.different > 0 ||
    totals.missing > 0 ||
    resources.some(({counterpart}) => counterpart === null) ||
    onlyHere.some(({verdict}) => verdict === 'different')
  )
}

function isOutOfDate({stale, deadPatterns, variables}: Judged): boolean {
  return stale.length > 0 || deadPatterns.length > 0 || variables.some(({parameter}) => parameter === null)
}
