import {visibleJson, visibleLines} from '../visible.js'

/** Lines for people. Nothing but our own line ends and colours acts upon a terminal. */
export function printText(stream: NodeJS.WritableStream, text: string): void {
  if (text !== '') stream.write(`${visibleLines(text)}\n`)
}

/** The one document of `--json`. */
export function printJson(stream: NodeJS.WritableStream, document: unknown): void {
  stream.write(`${visibleJson(document, {indent: 2})}\n`)
}
