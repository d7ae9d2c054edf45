import type {DiagnosisResult} from '../results.js'
import {visible, visibleIn} from '../visible.js'
import {foldText} from './fold.js'

/** Which resource of which stack: `demo / DataStack / Writer (AWS::RDS::DBInstance)`. */
export function placeText(place: Pick<DiagnosisResult, 'stack' | 'logicalId' | 'type'>): string {
  const {stack, logicalId, type} = place
  return stack === logicalId ? `stack ${stack}` : `${stack} / ${logicalId} (${type})`
}

/**
 * The first real failure as soon as it is known: what failed, AWS's words, what they mean, what to do.
 * @param columns where lines that are longer would be cut off
 */
export function causeLines(diagnosis: DiagnosisResult, columns?: number): string[] {
  const {status, reason, meaning, advice, template} = visibleIn(diagnosis)
  const width = columns === undefined ? undefined : {width: columns, whole: false}
  return [
    ...labelled('First failure: ', `${placeText(diagnosis)} ${status}`, width),
    ...labelled('Why:   ', reason, width),
    ...(meaning === null ? [] : labelled('Means: ', meaning, width)),
    ...(template === null ? [] : labelled('Where: ', template, width)),
    ...(advice === null ? [] : labelled('Try:   ', advice, width)),
  ]
}

/** Columns of the labels, and of the space before what does not fit beside them. */
const labelColumns = 7

/** A label of seven or more characters and its text, as `foldText` breaks it; in one line when it is not to be broken. */
export function labelled(
  label: string,
  text: string,
  lines: {width: number; whole: boolean} | undefined,
): string[] {
  const line = visible(text)
  if (lines === undefined) return [label + line]
  // A longer label leaves less room in the first line: something as long as the rest of it is there meanwhile.
  const excess = label.length - labelColumns
  const {width, whole} = lines
  const parts = foldText('-'.repeat(excess) + line, {width: width - labelColumns, whole})
  return parts.map((part, index) =>
    index === 0 ? label + part.slice(excess) : ' '.repeat(labelColumns) + part,
  )
}
