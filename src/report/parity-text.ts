import type {ParityReport, ParityResource} from '../results.js'
import {visibleIn} from '../visible.js'
import {changesText} from './parity-changes-text.js'
import {countOf, differingStacks, grouped, troubleOf, valueText} from './parity-groups.js'
import {differenceLines, indented, type ParityTextOptions} from './parity-lines.js'
import {verdictText} from './parity-verdict.js'
import {formatTable} from './table.js'

/** What parity prints: totals, what differs by stack and resource, what is unknown, what is out of date, and the verdict. */
export function parityText(document: ParityReport, options: ParityTextOptions): string {
  const report = visibleIn(document)
  const {paint, verbose} = options
  const sections: [string, readonly string[]][] = [
    ['DIFFERENT', differingLines(report, options)],
    ['ONLY HERE, WITHOUT A REASON', onlyHereLines(report, 'different')],
    ['UNKNOWN UNTIL AN APPLY', unknownLines(report, options)],
    ['VARIABLES THAT THE TEMPLATES DO NOT TAKE', variableLines(report, options)],
    ['OUT OF DATE', staleLines(report, options)],
    ...(verbose ? everything(report, options) : []),
  ]
  return [
    partialText(report, options),
    [headline(report, options), ...totalLines(report)].join('\n'),
    report.against === null ? '' : changesText(report.against, options),
    ...sections
      .filter(([, lines]) => lines.length > 0)
      .map(([title, lines]) => [paint.bold(title), ...lines].join('\n')),
    maskText(report, options),
    verdictLine(report, options),
  ]
    .filter(Boolean)
    .join('\n\n')
}

/** First and loud: whoever reads no further knows that there is more. */
function partialText({partial}: ParityReport, options: ParityTextOptions): string {
  if (partial.length === 0) return ''
  const {red, bold} = options.paint
  return [
    red(bold('✖ THIS PLAN IS ONLY PART OF ONE')),
    ...partial.flatMap(({detail}) => indented(detail, 2, options)),
  ].join('\n')
}

/** Asterisks where a name is expected need a word. */
function maskText({resources}: ParityReport, options: ParityTextOptions): string {
  const hides = resources.some(({differences}) =>
    differences.some(({terraform, here}) =>
      [terraform, here].some(value => valueText(value).includes('****')),
    ),
  )
  const words = '**** replaces what the plan marks as sensitive, and any value equal to it.'
  return hides ? indented(words, 0, options).join('\n') : ''
}

function headline({environment, region, plan, withState}: ParityReport, options: ParityTextOptions): string {
  const tool = {terraform: 'Terraform', opentofu: 'OpenTofu', unknown: 'an unknown tool'}[plan.tool]
  const version = plan.version === null ? '' : ` ${plan.version}`
  const what = `The templates of ${options.paint.bold(environment)} in region ${region} beside a plan of ${tool}${version}`
  return indented(
    `${what}${withState ? ' and a state' : ''}: ${countOf(plan.resources, 'resource')}.`,
    0,
    options,
  ).join('\n')
}

function totalLines({totals, withState}: ParityReport): string[] {
  const rows: [string, number, string][] = [
    ['same', totals.same, ''],
    ['accepted', totals.accepted, 'differ for a reason (--verbose)'],
    ['different', totals.different, ''],
    ['missing', totals.missing, ''],
    ['unknown', totals.unknown, withState ? '' : 'until an apply'],
    ['only here', totals.onlyHere, 'not among them'],
  ]
  const width = Math.max(...rows.map(([, count]) => String(count).length))
  return rows.map(([name, count, note]) =>
    `  ${name.padEnd(9)}  ${String(count).padStart(width)}  ${count === 0 ? '' : note}`.trimEnd(),
  )
}

function differingLines(report: ParityReport, options: ParityTextOptions): string[] {
  return differingStacks(report).flatMap(({stack, resources}) => [
    options.paint.bold(stack ?? 'nowhere in the templates'),
    ...resources.flatMap(({name, resources: of}) => [
      ...(stack === undefined ? [] : [`  ${name}`]),
      ...of.flatMap(resource => resourceLines(resource, options)),
    ]),
  ])
}

function resourceLines(resource: ParityResource, options: ParityTextOptions): string[] {
  const trouble = troubleOf(resource)
  const wrong = resource.differences.filter(
    ({verdict}) => verdict === 'different' || verdict === 'missing' || options.verbose,
  )
  return [
    `    ${resource.address}`,
    ...(trouble === '' ? [] : indented(`${options.paint.red('✖')} ${trouble}`, 6, options)),
    ...wrong.flatMap(difference => differenceLines(difference, options)),
  ]
}

function onlyHereLines({onlyHere}: ParityReport, wanted: 'different' | 'accepted'): string[] {
  return onlyHere
    .filter(({verdict}) => verdict === wanted)
    .flatMap(({stack, logicalId, type, reason}) => [
      `  ${stack}.${logicalId}  ${type}`,
      ...(reason === null ? [] : [`    ${reason}`]),
    ])
}

function unknownLines({resources, withState}: ParityReport, options: ParityTextOptions): string[] {
  const unknown = resources.filter(({verdict}) => verdict === 'unknown')
  if (unknown.length === 0) return []
  const rows = grouped(unknown, ({type}) => type).map(([type, of]) => [
    type,
    String(of.length),
    String(of.flatMap(({differences}) => differences.filter(({verdict}) => verdict === 'unknown')).length),
  ])
  const hint = withState
    ? 'The state does not know them either.'
    : 'A state fills them in: `--tf-state FILE`, made by `tofu show -json` or `terraform show -json` after an apply.'
  return [
    ...formatTable(
      ['  TYPE', 'RESOURCES', 'ATTRIBUTES'],
      rows.map(([type, ...rest]) => [`  ${type}`, ...rest]),
    ),
    ...indented(hint, 2, options),
  ]
}

function variableLines({variables}: ParityReport, options: ParityTextOptions): string[] {
  return variables.flatMap(({variable, parameter, reason}) =>
    indented(`${variable}${parameter === null ? '' : ` → ${parameter}`}: ${reason}.`, 2, options),
  )
}

function staleLines({stale, deadPatterns}: ParityReport, options: ParityTextOptions): string[] {
  return [
    ...stale.flatMap(({resource, attribute, reason}) =>
      indented(`${resource}, ${attribute}: accepted, and no longer different (${reason}).`, 2, options),
    ),
    ...deadPatterns.flatMap(pattern => indented(`${pattern}: no address matches it.`, 2, options)),
  ]
}

function everything(report: ParityReport, options: ParityTextOptions): [string, string[]][] {
  const of = (verdict: ParityResource['verdict']) =>
    report.resources.filter(resource => resource.verdict === verdict)
  const line = ({address, counterpart}: ParityResource) => [
    `  ${address}`,
    ...indented(
      `${counterpart?.kind ?? 'no mapping'}: ${counterpart?.resource ?? counterpart?.reason ?? ''}`,
      4,
      options,
    ),
  ]
  const withDifferences = (resource: ParityResource) => [
    ...line(resource),
    ...resource.differences.flatMap(difference => differenceLines(difference, options)),
  ]
  return [
    ['ACCEPTED', of('accepted').flatMap(withDifferences)],
    ['UNKNOWN, EACH', of('unknown').flatMap(withDifferences)],
    ['SAME', of('same').flatMap(line)],
    ['ONLY HERE, FOR A REASON', onlyHereLines(report, 'accepted')],
    [
      'PARAMETERS',
      Object.entries(report.parameters).map(([name, value]) => `  ${name}: ${valueText(value)}`),
    ],
  ]
}

function verdictLine(report: ParityReport, options: ParityTextOptions): string {
  const {paint} = options
  const text = verdictText(report)
  const [mark, colour] = report.verdict === 'same' ? ['✔', paint.green] : ['✖', paint.red]
  return indented(`${mark} ${text}`, 0, options).map(colour).join('\n')
}
