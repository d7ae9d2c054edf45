/** Below this a drawing is no help: a line is cut before it says anything, and the screen scrolls at every change. */
const fewest = {columns: 20, rows: 4}

/** What is known of a stream's size; a terminal that nobody has told its size says 0. */
export type Sized = Pick<NodeJS.WriteStream, 'isTTY' | 'columns' | 'rows'>

/** Whether a stream is a terminal with room for a drawing. Terminals of builds and containers often have none. */
export function canDraw({isTTY, columns, rows}: Sized): boolean {
  return isTTY === true && columns >= fewest.columns && rows >= fewest.rows
}

/** How wide a terminal is; undefined for what is none, or too narrow to break lines for. */
export function columnsOf({isTTY, columns}: Sized): number | undefined {
  return isTTY === true && columns >= fewest.columns ? columns : undefined
}
