import type {Evidence} from '../results.js'
import {visible, visibleJson} from '../visible.js'

/** A file of a run's folder, by its name in the folder. */
export interface RunTextFile {
  readonly name: string
  readonly text: string
}

/** Which kinds of evidence lie in which file; logs have a file each. */
const fileOfKind = {
  'tasks.json': ['service', 'task'],
  'targets.json': ['target'],
  'build.json': ['build'],
} as const satisfies Record<string, readonly Evidence['kind'][]>

/** The names of the files that hold lists of evidence. */
export const evidenceLists = Object.keys(fileOfKind) as readonly (keyof typeof fileOfKind)[]

/**
 * The evidence of a run as files: three lists, and one text file a log with its title as the first line. A log is looked
 * at in a terminal: what would act there is written as it can be seen.
 */
export function evidenceFiles(evidence: readonly Evidence[]): readonly RunTextFile[] {
  const lists = evidenceLists.flatMap(name => {
    const kinds: readonly Evidence['kind'][] = fileOfKind[name]
    const found = evidence.filter(({kind}) => kinds.includes(kind))
    return found.length === 0 ? [] : [{name, text: `${visibleJson(found, {indent: 2})}\n`}]
  })
  const logs = evidence
    .filter(({kind}) => kind === 'log' || kind === 'custom-resource')
    .map(({kind, title, lines}, index) => ({
      name: `logs/${String(index + 1).padStart(2, '0')}-${slugOf(title)}.log`,
      text: `${[`# ${kind}: ${title}`, ...lines].map(visible).join('\n')}\n`,
    }))
  return [...lists, ...logs]
}

/** What `evidenceFiles` wrote into a log file; undefined when it was something else. */
export function evidenceOfLog(text: string): Evidence | undefined {
  const [head = '', ...lines] = text.trimEnd().split('\n')
  const [, kind, title = ''] = /^# (log|custom-resource): (.*)$/.exec(head) ?? []
  return kind === 'log' || kind === 'custom-resource' ? {kind, title, lines} : undefined
}

/** What file systems everywhere take, of the part before the address of the log. */
function slugOf(title: string): string {
  const words = title.split(',')[0] ?? title
  return words
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60)
}
