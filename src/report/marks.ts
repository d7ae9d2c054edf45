/** What stands before a line, in shapes that differ without colours. */
export interface Marks {
  readonly done: string
  readonly failed: string
  readonly running: string
  readonly waiting: string
  readonly skipped: string
}

/** Text by default (Unicode 16: none has the property Emoji_Presentation), and one column wide: no font of emoji is needed. */
const drawn: Marks = {done: '✔', failed: '✖', running: '▸', waiting: '·', skipped: '–'}
const typed: Marks = {done: '+', failed: 'x', running: '>', waiting: '.', skipped: '-'}

/** Terminals whose fonts have letters and little else. */
const plainTerminals = /^(linux|vt\d+|ansi|cons25)/

/** The marks that a terminal can show, by its kind and by the character set of its user. */
export function marksFor(env: NodeJS.ProcessEnv): Marks {
  const locale = env.LC_ALL || env.LC_CTYPE || env.LANG || ''
  const isOtherSet = locale.includes('.') && !/utf-?8/i.test(locale)
  return plainTerminals.test(env.TERM ?? '') || isOtherSet ? typed : drawn
}
