import type {Evidence} from '../results.js'
import {visible} from '../visible.js'

/** Most telling first: how something ended, its own last log lines, then what others say about it. */
const order: readonly Evidence['kind'][] = ['build', 'task', 'log', 'custom-resource', 'target', 'service']

/** So many lines of one piece: its end says most of a log, its beginning of everything else. */
const linesOf: Record<Evidence['kind'], number> = {
  build: 3,
  task: 3,
  log: 4,
  'custom-resource': 4,
  target: 2,
  service: 3,
}

/** What fits in two lines of most terminals. */
const longestLine = 180
/** What is left of the end of a longer one: AWS says there what was not found. */
const endLength = 70

/** The most telling lines of the evidence, each piece under its title: at most `most` lines in all. */
export function evidenceLines(evidence: readonly Evidence[], most: number): string[] {
  const lines: string[] = []
  const sorted = order.flatMap(kind => evidence.filter(each => each.kind === kind))
  // Of many pieces of a kind the first says most; the others come when there is room.
  const first = sorted.filter((each, index) => sorted.findIndex(({kind}) => kind === each.kind) === index)
  for (const each of [...first, ...sorted.filter(other => !first.includes(other))]) {
    const shown = shownOf(each)
    if (lines.length + shown.length + 1 > most) continue
    lines.push(`  ${short(each.title)}:`, ...shown.map(line => `    ${short(line)}`))
  }
  return lines
}

function shownOf({kind, lines}: Evidence): readonly string[] {
  if (kind !== 'log' && kind !== 'custom-resource') return lines.slice(0, linesOf[kind])
  const own = lines.filter(line => !isBookkeeping(line))
  return (own.length > 0 ? own : lines).slice(-linesOf[kind])
}

/** What CodeBuild and Lambda themselves write into every log, around what the program says. */
function isBookkeeping(line: string): boolean {
  return (
    /^\[Container\] (?:[\d/]+ [\d:.]+ )?(?:Entering phase|Phase complete:|Phase context status code: +Message: *$)/.test(
      line,
    ) || /^(?:INIT_START|START|END|REPORT) /.test(line)
  )
}

function short(text: string): string {
  const line = visible(text)
  if (line.length <= longestLine) return line
  return `${line.slice(0, longestLine - endLength - 1)}…${line.slice(-endLength)}`
}
