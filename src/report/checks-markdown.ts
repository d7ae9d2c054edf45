import type {CheckReport, ReportedCheck} from './checks.js'
import {markdown} from './markdown.js'

const words = {passed: 'passed', warned: 'warning', failed: 'failed', skipped: 'not looked at'} as const

/** A report as a page in Markdown: what is wrong first and in full, then how many are well. */
export function markdownOf({title, checks}: CheckReport): string {
  const told = checks.filter(({verdict}) => verdict !== 'passed')
  const passed = checks.length - told.length
  const table = [
    '| check | result | what was found | what to do |',
    '|---|---|---|---|',
    ...['failed', 'warned', 'skipped'].flatMap(one => told.filter(({verdict}) => verdict === one).map(rowOf)),
  ]
  return [
    `## ${markdown(title)}`,
    '',
    `${passed} of ${checks.length} checks passed.`,
    ...(told.length === 0 ? [] : ['', ...table]),
  ].join('\n')
}

function rowOf({group, name, verdict, detail, advice}: ReportedCheck): string {
  const cells = [`${group}: ${name}`, words[verdict], detail, advice]
  // A bar ends a cell, even within back-quotes.
  return `| ${cells.map(cell => markdown(cell).replace(/(?<!\\)\|/g, '\\|')).join(' | ')} |`
}
