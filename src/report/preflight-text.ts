import {pastingNote} from '../aws/command-line.js'
import type {CheckResult, PreflightResult} from '../results.js'
import {visibleIn} from '../visible.js'
import type {Paint} from './paint.js'

/** A mark that reads the same without colours, and the word that goes with it. */
const marks = {
  pass: {mark: '✔', word: 'ok'},
  warn: {mark: '▲', word: 'warning'},
  block: {mark: '✖', word: 'BLOCKED'},
  skip: {mark: '·', word: 'not checked'},
} satisfies Record<CheckResult['verdict'], {mark: string; word: string}>

/** What `preflight` prints: a line for each check, what to do about those that want something, and the verdict. */
export function preflightText(
  told: PreflightResult,
  {paint, endpoint}: {paint: Paint; endpoint: string | undefined},
): string {
  const result = visibleIn(told)
  const {checks} = result
  const titles = width(checks.map(({title}) => title))
  const words = width(checks.map(({verdict}) => marks[verdict].word))
  const lines = checks.map(({title, verdict, detail}) => {
    const {mark, word} = marks[verdict]
    return `${colourOf(verdict, paint)(`${mark} ${word.padEnd(words)}`)}  ${title.padEnd(titles)}  ${detail}`
  })
  const toDo = checks.flatMap(({id, verdict, advice}) =>
    advice === null ? [] : [`${colourOf(verdict, paint)(`${marks[verdict].mark} ${id}:`)} ${advice}`],
  )
  const note = toDo.some(line => line.includes('`aws ')) ? pastingNote(endpoint) : undefined
  const wanted = toDo.length === 0 ? '' : [paint.bold('WHAT TO DO'), note, ...toDo].filter(Boolean).join('\n')
  return [lines.join('\n'), wanted, verdictOf(result, paint)].filter(Boolean).join('\n\n')
}

function verdictOf({checks, environment, ok, next}: PreflightResult, paint: Paint): string {
  const count = (verdict: CheckResult['verdict']) => checks.filter(check => check.verdict === verdict).length
  const counts = [
    `${count('pass')} of ${checks.length} checks passed`,
    ...(['warn', 'block', 'skip'] as const)
      .filter(verdict => count(verdict) > 0)
      .map(verdict => `${count(verdict)} ${{warn: 'warned', block: 'blocked', skip: 'not made'}[verdict]}`),
  ].join(', ')
  if (!ok) {
    const [first] = checks.filter(({verdict}) => verdict === 'block')
    const red = paint.red(`✖ Deploying ${environment} would fail: ${counts}.`)
    return `${red}\nNext: ${next}\n--skip-check ${first?.id} leaves a check out.`
  }
  return `${paint.green(`✔ Nothing blocks deploying ${environment}: ${counts}.`)}\nNext: ${next}`
}

function colourOf(verdict: CheckResult['verdict'], paint: Paint): (text: string) => string {
  return {pass: paint.green, warn: paint.yellow, block: paint.red, skip: paint.dim}[verdict]
}

function width(texts: readonly string[]): number {
  return Math.max(...texts.map(text => text.length))
}
