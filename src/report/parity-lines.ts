import type {ParityDifference} from '../results.js'
import {foldText} from './fold.js'
import type {Paint} from './paint.js'
import {nameOf, valueText} from './parity-groups.js'
import {apart} from './parity-values.js'

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
    ...placeLines(`${mark} ${nameOf(difference)}`, options),
    ...indented(shown(terraform, options), 10, options, 'Terraform  '),
    ...indented(shown(here, options), 10, options, 'ours       '),
    ...(reason === null ? [] : indented(reason, 10, options)),
  ]
}

/** Attribute and property, one below the other where they do not fit side by side; neither is broken, to be copied. */
function placeLines(text: string, {columns}: ParityTextOptions): string[] {
  const line = `      ${text}`
  return columns === undefined || line.length <= columns
    ? [line]
    : line.split(/ (?=→ )/).map((part, index) => (index === 0 ? part : `        ${part}`))
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

/** Columns that a text has at least, however narrow the terminal is. */
const narrowest = 20
/** Columns before what does not fit into the first line: nothing of others stands where lines of ours begin. */
const hangingIndent = 7

/**
 * A text below another one, as `foldText` breaks it.
 * @param label stands before the first line, whatever blanks are in it
 */
export function indented(
  text: string,
  indent: number,
  {columns}: Pick<ParityTextOptions, 'columns'>,
  label = '',
): string[] {
  if (columns === undefined) return [' '.repeat(indent) + label + text]
  const hanging = Math.max(hangingIndent, indent + (label.length || 2))
  const [first = '', ...rest] = foldText(text, {width: Math.max(narrowest, columns - hanging), whole: true})
  return [' '.repeat(indent) + label + first, ...rest.map(line => ' '.repeat(hanging) + line)]
}
