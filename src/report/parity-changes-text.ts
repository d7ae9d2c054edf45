import type {PlanChanges} from '../results.js'
import {countOf, valueText} from './parity-groups.js'
import {indented, type ParityTextOptions} from './parity-lines.js'

/** Attributes of one resource that are shown; `--verbose` and `--json` have all. */
const mostAttributes = 5

/** What came, went and changed between two plans, and what the mapping lacks for it. */
export function changesText(changes: PlanChanges, options: ParityTextOptions): string {
  const {came, went, changed, variables, partial} = changes
  const {paint} = options
  const part = (title: string, lines: readonly string[]) =>
    lines.length === 0 ? [] : [paint.bold(title), ...lines]
  return [
    paint.bold('SINCE THE OLDER PLAN'),
    ...partial.flatMap(({detail}) =>
      indented(`${paint.red('✖')} The older plan is only part of one: ${detail}`, 2, options),
    ),
    ...indented(summary(changes), 2, options),
    ...part(
      `CAME (${came.length})`,
      came.map(one => placed(one)),
    ),
    ...part(
      `WENT (${went.length})`,
      went.map(one => placed(one)),
    ),
    ...part(
      `CHANGED (${changed.length})`,
      changed.flatMap(resource => changedLines(resource, options)),
    ),
    ...part(
      `VARIABLES (${variables.length})`,
      variables.map(
        ({variable, change, known}) =>
          `  ${variable} ${change}${known || change === 'went' ? '' : ', and parity/variables.yaml does not know it'}`,
      ),
    ),
  ].join('\n')
}

function summary({plan, came, went, changed}: PlanChanges): string {
  const unmapped = came.filter(({mapped}) => mapped === null).length
  const without =
    unmapped === 0 ? '' : ` ${countOf(unmapped, 'new address has', 'new addresses have')} no mapping.`
  return `${countOf(plan.resources, 'resource')} then; ${came.length} came, ${went.length} went, ${changed.length} changed.${without}`
}

function placed({address, mapped}: PlanChanges['came'][number]): string {
  return `  ${address}  ${mapped === null ? 'no mapping' : `→ ${mapped}`}`
}

function changedLines(
  {address, attributes}: PlanChanges['changed'][number],
  options: ParityTextOptions,
): string[] {
  const shown = options.verbose ? attributes : attributes.slice(0, mostAttributes)
  const more = attributes.length - shown.length
  return [
    `  ${address}`,
    ...shown.flatMap(({attribute, before, after}) =>
      indented(`${attribute}: ${valueText(before)} → ${valueText(after)}`, 6, options),
    ),
    ...(more > 0 ? [`      and ${more} more`] : []),
  ]
}
