/** The terminal while something is drawn on it: whatever else is written then is held back until the drawing ends. */
interface Screen {
  /** Ends the drawing, writes out what was held back, and shows the cursor. */
  release(): void
}

let screen: Screen | undefined
let notice: string | undefined

export function screenBegins(drawn: Screen): void {
  screen = drawn
  notice = undefined
}

export function screenEnds(): void {
  screen = undefined
  notice = undefined
}

/** Shows a line below the drawing, from the next drawing on. @returns false when nothing is drawn */
export function noticeOnScreen(text: string): boolean {
  notice = text
  return screen !== undefined
}

/** What stands below the drawing. */
export function noticeLines(): readonly string[] {
  return screen === undefined || notice === undefined ? [] : ['', notice]
}

/**
 * Gives the terminal back at once: a process that leaves now would take what was held back with it.
 * @returns false when nothing was drawn
 */
export function leaveScreen(): boolean {
  const wasDrawn = screen !== undefined
  screen?.release()
  return wasDrawn
}
