import type {ParityDifference} from '../results.js'
import type {Paint} from './paint.js'
import {nameOf, valueText} from './parity-groups.js'
import {apart} from './parity-values.js'
import {wrap} from './wrap.js'

/** How the comparison is shown. */
export interface ParityTextOptions {
  readonly paint: Paint
  /** Whether everything is listed, and values are whole. */
  readonly verbose: boolean
  /** How wide the terminal is; lines stay whole where there is none. */
  readonly columns: number | undefined
}

/** Characters of a value that are shown; `--verbose` and `--json` have all. */
const longestValue = 240
/** Characters of a value that is not taken apart. */
const longestWhole = 60

export function differenceLines(difference: ParityDifference, options: ParityTextOptions): string[] {
  const {verdict, reason} = difference
  const {terraform, here} = options.verbose ? difference : shortened(difference)
  const mark = verdict === 'different' || verdict === 'missing' ? options.paint.red('✖') : verdict
  return [
    `      ${mark} ${nameOf(difference)}`,
    ...indented(`Terraform  ${shown(terraform, options)}`, 10, options),
    ...indented(`ours       ${shown(here, options)}`, 10, options),
    ...(reason === null ? [] : indented(reason, 10, options)),
  ]
}

/** Long values without what is the same in both. */
function shortened({terraform, here}: ParityDifference): Pick<ParityDifference, 'terraform' | 'here'> {
  const isLong = [terraform, here].some(value => valueText(value).length > longestWhole)
  const [left, right] = isLong ? apart(terraform, here) : [terraform, here]
  return {terraform: left, here: right}
}

function shown(value: unknown, {verbose}: ParityTextOptions): string {
  const text = valueText(value)
  if (verbose || text.length <= longestValue) return text
  return `${text.slice(0, longestValue)}… (${text.length.toLocaleString('en-US')} characters)`
}

/** Columns before what does not fit into the first line: nothing of others stands where lines of ours begin. */
const hangingIndent = 7

/** A text below another one, as `wrap` breaks it. */
export function indented(
  text: string,
  indent: number,
  {columns}: Pick<ParityTextOptions, 'columns'>,
): string[] {
  if (columns === undefined) return [' '.repeat(indent) + text]
  const hanging = Math.max(hangingIndent, indent + 2)
  return wrap(text, {width: Math.max(20, columns - hanging), whole: true}).map(
    (line, index) => ' '.repeat(index === 0 ? indent : hanging) + line,
  )
}
