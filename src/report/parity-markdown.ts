import type {ParityReport, ParityResource} from '../results.js'
import {codeSpan, markdown} from './markdown.js'
import {differingStacks, grouped, nameOf, troubleOf, valueText} from './parity-groups.js'
import {apart} from './parity-values.js'
import {verdictText} from './parity-verdict.js'

/** Characters of a value in a table: the document of `--json` has all. */
const longestValue = 160

/** The comparison as a page: what is on the screen with `--verbose`, in tables. */
export function parityMarkdown(report: ParityReport): string {
  const {environment, region, plan, partial} = report
  const tool = {terraform: 'Terraform', opentofu: 'OpenTofu', unknown: 'an unknown tool'}[plan.tool]
  return [
    `# Parity of the templates with Terraform`,
    markdown(
      `${plan.resources} resources of a plan of ${tool} ${plan.version ?? ''}, as \`${environment}\` in region ${region}.`,
    ),
    ...partial.map(({detail}) => `**Only part of a plan.** ${markdown(detail)}`),
    markdown(verdictText(report)),
    ...paritySections(report, 2),
  ]
    .join('\n\n')
    .concat('\n')
}

/** The tables, under headings of a level. */
export function paritySections(report: ParityReport, level: number): string[] {
  const sections: [string, string[]][] = [
    ['Totals', totals(report)],
    ['Since the older plan', changes(report)],
    ['Different or missing', different(report)],
    ['Accepted differences', accepted(report)],
    ['Not in the templates', nothing(report)],
    ['Only in the templates', onlyHere(report)],
    ['Unknown until an apply', unknown(report)],
    ['Variables that the templates do not take', variables(report)],
    ['Out of date', outOfDate(report)],
  ]
  return sections
    .filter(([, lines]) => lines.length > 0)
    .map(([title, lines]) => `${'#'.repeat(level)} ${title}\n\n${lines.join('\n')}`)
}

function totals({totals}: ParityReport): string[] {
  return table(
    ['same', 'accepted', 'different', 'missing', 'unknown', 'only here'],
    [
      [totals.same, totals.accepted, totals.different, totals.missing, totals.unknown, totals.onlyHere].map(
        String,
      ),
    ],
  )
}

function changes({against}: ParityReport): string[] {
  if (against === null) return []
  const {came, went, changed, variables} = against
  const place = (mapped: string | null) => (mapped === null ? '**no mapping**' : code(mapped))
  const rows = [
    ...came.map(({address, mapped}) => ['came', code(address), place(mapped)]),
    ...went.map(({address, mapped}) => ['went', code(address), place(mapped)]),
    ...changed.map(({address, attributes}) => [
      'changed',
      code(address),
      attributes
        .map(({attribute, before, after}) => `${code(attribute)}: ${value(before)} → ${value(after)}`)
        .join('<br>'),
    ]),
    ...variables.map(({variable, change, known}) => [
      `variable ${change}`,
      code(variable),
      known || change === 'went' ? '' : '**unknown**',
    ]),
  ]
  return rows.length === 0 ? ['Nothing.'] : table(['', 'address', ''], rows)
}

function different(report: ParityReport): string[] {
  const rows = differingStacks(report).flatMap(({resources}) =>
    resources.flatMap(({name, resources: of}) => of.flatMap(resource => differenceRows(resource, name))),
  )
  return rows.length === 0 ? [] : table(['resource', 'address', 'property', 'Terraform', 'ours'], rows)
}

function differenceRows(resource: ParityResource, name: string): string[][] {
  const trouble = troubleOf(resource)
  const wrong = resource.differences.filter(({verdict}) => verdict === 'different' || verdict === 'missing')
  return [
    ...(trouble === '' ? [] : [[code(name), code(resource.address), words(trouble), '', '']]),
    ...wrong.map(difference => {
      const [terraform, here] = apart(difference.terraform, difference.here)
      return [code(name), code(resource.address), nameOf(difference, code), value(terraform), value(here)]
    }),
  ]
}

/** One row for each reason: what it accepts, and of how many addresses. */
function accepted({resources}: ParityReport): string[] {
  const all = resources.flatMap(({type, address, differences}) =>
    differences
      .filter(({verdict}) => verdict === 'accepted')
      .map(difference => ({type, address, ...difference})),
  )
  const rows = grouped(all, ({reason}) => reason ?? '').map(([reason, of]) => [
    several(of.map(difference => nameOf(difference, code))),
    several(of.map(({terraform}) => value(terraform))),
    several(of.map(({here}) => value(here))),
    several(of.map(({address}) => code(address))),
    words(reason),
  ])
  return rows.length === 0 ? [] : table(['property', 'Terraform', 'ours', 'of', 'reason'], rows)
}

/** So many names, values or addresses are in a cell. */
const mostValues = 3

function several(texts: readonly string[]): string {
  const each = [...new Set(texts)]
  const more = each.length - mostValues
  return [...each.slice(0, mostValues), ...(more > 0 ? [`and ${more} more`] : [])].join('<br>')
}

function nothing({resources}: ParityReport): string[] {
  const mapped = resources.filter(({counterpart}) => counterpart?.kind === 'nothing')
  const rows = grouped(mapped, ({counterpart}) => counterpart?.reason ?? '').map(([reason, of]) => [
    several(of.map(({address}) => code(address))),
    words(reason),
  ])
  return rows.length === 0 ? [] : table(['address', 'reason'], rows)
}

function onlyHere({onlyHere}: ParityReport): string[] {
  const rows = grouped(onlyHere, ({reason}) => reason ?? '**no reason**').map(([reason, of]) => [
    of.map(({stack, logicalId}) => code(`${stack}.${logicalId}`)).join('<br>'),
    [...new Set(of.map(({type}) => code(type)))].join('<br>'),
    of.some(one => one.reason === null) ? reason : words(reason),
  ])
  return rows.length === 0 ? [] : table(['resource', 'type', 'reason'], rows)
}

function unknown({resources}: ParityReport): string[] {
  const rows = resources
    .filter(({verdict}) => verdict === 'unknown')
    .map(({address, differences}) => [
      code(address),
      differences
        .filter(({verdict}) => verdict === 'unknown')
        .map(difference => nameOf(difference, code))
        .join('<br>'),
    ])
  return rows.length === 0 ? [] : table(['address', 'attributes'], rows)
}

function variables({variables}: ParityReport): string[] {
  const rows = variables.map(({variable, parameter, reason}) => [
    code(variable),
    parameter === null ? '' : code(parameter),
    words(reason),
  ])
  return rows.length === 0 ? [] : table(['variable', 'parameter', 'why'], rows)
}

function outOfDate({stale, deadPatterns}: ParityReport): string[] {
  const rows = [
    ...stale.map(({resource, attribute, reason}) => [
      'accepted, no longer different',
      `${code(resource)} ${code(attribute)}`,
      words(reason),
    ]),
    ...deadPatterns.map(pattern => ['pattern without an address', code(pattern), '']),
  ]
  return rows.length === 0 ? [] : table(['what', 'which', 'reason'], rows)
}

function value(of: unknown): string {
  if (of === undefined || of === null) return 'none'
  const text = valueText(of)
  return code(text.length > longestValue ? `${text.slice(0, longestValue)}…` : text)
}

/** As code in a cell of a table, where a bar would end the cell even within code. */
function code(text: string): string {
  return codeSpan(text).replaceAll('|', '\\|')
}

/** Words in a cell of a table. */
function words(text: string): string {
  return markdown(text).replace(/(?<!\\)\|/g, '\\|')
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  return [line(head), `|${head.map(() => '---|').join('')}`, ...rows.map(line)]
}
