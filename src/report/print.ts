import {visibleJson, visibleLines} from '../visible.js'
import {foldLines} from './fold.js'
import {columnsOf, type Sized} from './terminal-size.js'

/**
 * Lines for people, folded between words where the stream is a terminal. Nothing but our own line ends and colours acts
 * upon it.
 */
export function printText(stream: NodeJS.WritableStream & Partial<Sized>, text: string): void {
  if (text === '') return
  const {isTTY = false, columns = 0, rows = 0} = stream
  const width = columnsOf({isTTY, columns, rows})
  const lines = visibleLines(text)
  stream.write(`${width === undefined ? lines : foldLines(lines, width)}\n`)
}

/** What people copy or a shell reads: each line as it is, however long. */
export function printWhole(stream: NodeJS.WritableStream, text: string): void {
  if (text !== '') stream.write(`${visibleLines(text)}\n`)
}

/** The one document of `--json`. */
export function printJson(stream: NodeJS.WritableStream, document: unknown): void {
  stream.write(`${visibleJson(document, {indent: 2})}\n`)
}
