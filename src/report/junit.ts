import {visible} from '../visible.js'
import type {CheckReport, ReportedCheck} from './checks.js'

/**
 * A report as JUnit writes it, with the elements and attributes of the schema that Jenkins publishes (junit-10.xsd of its xUnit
 * plugin), which GitLab, GitHub actions and Azure read as well: a suite a group, a case a check. JUnit knows no warning: a check that
 * warned has passed, and its output says why.
 */
export function junitOf({title, checks}: CheckReport): string {
  const groups = [...new Set(checks.map(({group}) => group))]
  const suites = groups.map(group =>
    suiteOf(
      title,
      group,
      checks.filter(check => check.group === group),
    ),
  )
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="${text(title)}" ${countsOf(checks)}>`,
    ...suites,
    '</testsuites>',
  ].join('\n')
}

function suiteOf(title: string, group: string, checks: readonly ReportedCheck[]): string {
  const name = text(`${title}: ${group}`)
  return [
    `  <testsuite name="${name}" ${countsOf(checks)} skipped="${count(checks, 'skipped')}">`,
    ...checks.map(caseOf),
    '  </testsuite>',
  ].join('\n')
}

function caseOf(check: ReportedCheck): string {
  const {group, name, verdict, detail, advice} = check
  const head = `    <testcase classname="${text(group)}" name="${text(name)}"`
  const words = [detail, advice].filter(Boolean).map(text).join('\n')
  switch (verdict) {
    case 'failed':
      return `${head}>\n      <failure message="${text(detail)}" type="check">${words}</failure>\n    </testcase>`
    case 'skipped':
      return `${head}>\n      <skipped message="${text(detail)}"/>\n    </testcase>`
    default:
      return words === '' ? `${head}/>` : `${head}>\n      <system-out>${words}</system-out>\n    </testcase>`
  }
}

function countsOf(checks: readonly ReportedCheck[]): string {
  return `tests="${checks.length}" failures="${count(checks, 'failed')}" errors="0"`
}

function count(checks: readonly ReportedCheck[], verdict: ReportedCheck['verdict']): number {
  return checks.filter(check => check.verdict === verdict).length
}

const entities: Readonly<Record<string, string>> = {'&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;'}

/** Words of others as text of XML, which cannot hold control characters at all. */
function text(value: string): string {
  return visible(value).replace(/[&<>"]/g, character => entities[character] ?? '')
}
