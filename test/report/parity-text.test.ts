import {describe, expect, test} from 'vitest'
import {paint} from '../../src/report/paint.js'
import {parityMarkdown} from '../../src/report/parity-markdown.js'
import {parityText} from '../../src/report/parity-text.js'
import type {ParityReport} from '../../src/results.js'
import {visibleLines} from '../../src/visible.js'
import {forged, hostile, wrongsOf} from '../hostile/hostile-text.js'
import {report, reportAgainst} from './parity-report.js'

const plain = paint({stream: process.stdout, noColor: true})

function text(of: Partial<ParityReport> = {}, options: {verbose?: boolean; columns?: number} = {}): string {
  const {verbose = false, columns} = options
  return parityText({...report, ...of}, {paint: plain, verbose, columns})
}

/** A section, by its title. */
const section = (all: string, title: string) =>
  all.split('\n\n').find(part => part.startsWith(`${title}\n`)) ?? ''

describe('the comparison in words', () => {
  test('begins with the totals and ends with the verdict', () => {
    const parts = text().split('\n\n')
    expect(parts[0]?.split('\n')).toEqual([
      'The templates of mcp-gateway in region us-east-1 beside a plan of OpenTofu 1.12.6: 8 resources.',
      '  same       1',
      '  accepted   2  differ for a reason (--verbose)',
      '  different  2',
      '  missing    2',
      '  unknown    1  until an apply',
      '  only here  2  not among them',
    ])
    expect(parts.at(-1)).toBe(
      '✖ 2 resources differ, 2 are missing in the templates, 1 address has no mapping, 1 is only here without a reason.',
    )
  })

  test('says first that a plan is only part of one, and at the end that nothing is proved', () => {
    const partial = [{code: 'errored', detail: 'Planning failed before its end.'}]
    const parts = text({partial, verdict: 'partial'}).split('\n\n')
    expect(parts[0]).toBe('✖ THIS PLAN IS ONLY PART OF ONE\n  Planning failed before its end.')
    expect(parts.at(-1)).toMatch(
      /^✖ The plan is only part of one, so that this is no proof of parity; 2 resources/,
    )
  })

  test('groups what differs by stack and resource, with both values', () => {
    expect(section(text(), 'DIFFERENT').split('\n').slice(0, 16)).toEqual([
      'DIFFERENT',
      'compute',
      '  compute.MainAlb',
      '    aws_lb.main',
      '      ✖ idle_timeout → IdleTimeout',
      '          Terraform  60',
      '          ours       120',
      '      ✖ drop (only in Terraform)',
      '          Terraform  true',
      '          ours       none',
      '      ✖ Scheme (only here)',
      '          Terraform  none',
      `          ours       {"a":["${'x'.repeat(233)}… (310 characters)`,
      'network',
      '  network.Listener',
      '    aws_lb_listener.web',
    ])
  })

  test('says of what is missing whether the mapping or the templates lack it', () => {
    expect(section(text(), 'DIFFERENT')).toContain(
      '    aws_wafv2_web_acl.main\n      ✖ No pattern of parity/mapping.yaml takes this address.',
    )
    expect(section(text(), 'DIFFERENT')).toContain(
      '    aws_sns_topic.alarms\n      ✖ The templates have no such resource.',
    )
  })

  test('says that a state fills in what is unknown, unless one was given', () => {
    expect(section(text(), 'UNKNOWN UNTIL AN APPLY')).toMatch(
      /aws_ecs_task_definition +1 +1\n.*--tf-state FILE/s,
    )
    expect(section(text({withState: true}), 'UNKNOWN UNTIL AN APPLY')).toContain(
      'The state does not know them either.',
    )
  })

  test('names what is out of date, and variables', () => {
    expect(section(text(), 'OUT OF DATE').split('\n').slice(1)).toEqual([
      '  network.Vpc, tags: accepted, and no longer different (Named otherwise.).',
      '  aws_eip.gone[*]: no address matches it.',
    ])
    expect(section(text(), 'VARIABLES THAT THE TEMPLATES DO NOT TAKE')).toContain(
      '  vpc_cidr → VpcCidr: it is no /16.',
    )
  })

  test('lists everything with --verbose, values whole', () => {
    expect(text()).not.toContain('One task.')
    const all = text({}, {verbose: true})
    for (const words of [
      'One task.',
      'CloudFormation cannot adopt it.',
      'aws_vpc.this',
      'compute.Build',
      'x'.repeat(300),
    ])
      expect(all).toContain(words)
  })

  test('tells what came, went and changed since an older plan', () => {
    const since = section(text(reportAgainst), 'SINCE THE OLDER PLAN')
    expect(since.split('\n').slice(1)).toEqual([
      '  ✖ The older plan is only part of one: Planning failed before its end.',
      '  7 resources then; 1 came, 1 went, 1 changed. 1 new address has no mapping.',
      'CAME (1)',
      '  aws_wafv2_web_acl.main  no mapping',
      'WENT (1)',
      '  aws_eip.nat[0]  → network.NatEip1',
      'CHANGED (1)',
      '  aws_lb.main',
      ...['a', 'b', 'c', 'd', 'e'].map(name => `      ${name}: 1 → none`),
      '      and 1 more',
      'VARIABLES (2)',
      '  enable_waf came, and parity/variables.yaml does not know it',
      '  old went',
    ])
  })

  test('is good when nothing differs, and says what it could not know', () => {
    const totals = {same: 7, accepted: 0, different: 0, unknown: 1, missing: 0, onlyHere: 0}
    expect(text({totals, verdict: 'same', resources: [], onlyHere: []}).split('\n\n').at(-1)).toBe(
      '✔ Nothing differs but what is accepted with a reason, as far as the plan tells (1 unknown).',
    )
  })

  test('fits into 60 columns but for what people copy', () => {
    const lines = text({}, {columns: 60}).split('\n')
    expect(
      lines.filter(line => line.length > 60 && line.trim().includes(' ') && !line.includes('xxx')),
    ).toEqual([])
  })
})

describe('hostile text in a report', () => {
  const bad: ParityReport = JSON.parse(
    JSON.stringify(reportAgainst, (name, value) =>
      typeof value === 'string' &&
      ['terraform', 'here', 'before', 'after', 'reason', 'detail', 'attribute', 'version'].includes(name)
        ? `${value}${hostile}`
        : value,
    ),
  )

  test.each([undefined, 60])('acts upon no terminal, and forges no line (columns %s)', columns => {
    const shown = visibleLines(text(bad, {verbose: true, ...(columns === undefined ? {} : {columns})}))
    expect(shown).toContain(forged)
    expect(wrongsOf(shown, 'pipe')).toEqual([])
  })

  test('is no HTML, link or cell in the page', () => {
    const page = parityMarkdown(bad)
    expect(wrongsOf(page, 'pipe')).toEqual([])
    const outside = page.replaceAll(/`[^`\n]*`/g, '')
    expect(outside).not.toMatch(/(?<!\\)<script|(?<!\\)\[FORGED/)
  })
})

describe('the page', () => {
  test('has a table for each part, whose rows have as many cells as its head', () => {
    const page = parityMarkdown({
      ...reportAgainst,
      resources: report.resources.map(one => ({
        ...one,
        differences: one.differences.map(each => ({
          ...each,
          terraform: 'a|b`c',
          reason: each.reason && 'a | b `c|d`',
        })),
      })),
    })
    for (const title of [
      'Totals',
      'Since the older plan',
      'Different or missing',
      'Accepted differences',
      'Not in the templates',
      'Only in the templates',
      'Unknown until an apply',
      'Variables that the templates do not take',
      'Out of date',
    ])
      expect(page).toContain(`## ${title}\n\n| `)
    const tables = page.split('\n\n').filter(part => part.startsWith('|'))
    for (const table of tables) {
      const bars = table
        .trim()
        .split('\n')
        .map(line => line.match(/(?<!\\)\|/g)?.length)
      expect(new Set(bars).size, table).toBe(1)
    }
  })
})
