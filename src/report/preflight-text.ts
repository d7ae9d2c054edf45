import {pastingNote} from '../aws/command-line.js'
import type {CheckResult, PreflightResult} from '../results.js'
import type {Paint} from './paint.js'

/** A mark that reads the same without colours, and the word that goes with it. */
const marks = {
  pass: {mark: '✔', word: 'ok'},
  warn: {mark: '▲', word: 'warning'},
  block: {mark: '✖', word: 'BLOCKED'},
  skip: {mark: '·', word: 'not checked'},
} satisfies Record<CheckResult['verdict'], {mark: string; word: string}>

/** What `preflight` prints: a line for each check, with what to do below those that want something, and the verdict. */
export function preflightText(
  result: PreflightResult,
  {paint, deploy, endpoint}: {paint: Paint; deploy: string; endpoint: string | undefined},
): string {
  const {checks} = result
  const titles = width(checks.map(({title}) => title))
  const words = width(checks.map(({verdict}) => marks[verdict].word))
  const lines = checks.flatMap(({title, verdict, detail, advice, id}) => {
    const {mark, word} = marks[verdict]
    const head = `${colourOf(verdict, paint)(`${mark} ${word.padEnd(words)}`)}  ${title.padEnd(titles)}  ${detail}`
    if (advice === null) return [head]
    const indent = ' '.repeat(words + titles + 6)
    return [
      head,
      `${indent}${advice}`,
      ...(verdict === 'block' ? [`${indent}${paint.dim(`--skip-check ${id} goes on without it.`)}`] : []),
    ]
  })
  const note = checks.some(({advice}) => advice?.includes('aws ')) ? pastingNote(endpoint) : undefined
  return [lines.join('\n'), note, verdictOf(result, paint, deploy)].filter(Boolean).join('\n\n')
}

function verdictOf({checks, environment, ok}: PreflightResult, paint: Paint, deploy: string): string {
  const count = (verdict: CheckResult['verdict']) => checks.filter(check => check.verdict === verdict).length
  const counts = [
    `${count('pass')} of ${checks.length} checks passed`,
    ...(['warn', 'block', 'skip'] as const)
      .filter(verdict => count(verdict) > 0)
      .map(verdict => `${count(verdict)} ${{warn: 'warned', block: 'blocked', skip: 'not made'}[verdict]}`),
  ].join(', ')
  if (!ok) return paint.red(`✖ Deploying ${environment} would fail: ${counts}.`)
  return `${paint.green(`✔ Nothing stands against deploying ${environment}: ${counts}.`)}\nNext: ${deploy}`
}

function colourOf(verdict: CheckResult['verdict'], paint: Paint): (text: string) => string {
  return {pass: paint.green, warn: paint.yellow, block: paint.red, skip: paint.dim}[verdict]
}

function width(texts: readonly string[]): number {
  return Math.max(...texts.map(text => text.length))
}
