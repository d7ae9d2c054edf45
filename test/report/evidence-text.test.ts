import {describe, expect, it} from 'vitest'
import {evidenceLines} from '../../src/report/evidence-text.js'
import type {Evidence} from '../../src/results.js'

const task = (name: string): Evidence => ({kind: 'task', title: `Task ${name}`, lines: ['STOPPED', 'exit 1']})
const log: Evidence = {kind: 'log', title: 'Log', lines: ['1', '2', '3', '4', '5', '6']}
const service: Evidence = {kind: 'service', title: 'Service', lines: ['a', 'b', 'c', 'd']}

describe('the lines of evidence', () => {
  it('have what says most first: how it ended, the end of its log, what others say', () => {
    expect(evidenceLines([service, log, task('1')], 40)).toEqual([
      '  Task 1:',
      '    STOPPED',
      '    exit 1',
      '  Log:',
      '    3',
      '    4',
      '    5',
      '    6',
      '  Service:',
      '    a',
      '    b',
      '    c',
    ])
  })

  it('are no more than there is room for, and have one of each kind before the second of any', () => {
    const lines = evidenceLines([task('1'), task('2'), log, service], 12)
    expect(lines).toHaveLength(12)
    expect(lines.filter(line => line.endsWith(':'))).toEqual(['  Task 1:', '  Log:', '  Service:'])
  })

  it("leave out CodeBuild's and Lambda's bookkeeping, unless there is nothing else", () => {
    const of = (...lines: string[]) => evidenceLines([{kind: 'log', title: 'Log', lines}], 12).slice(1)
    const phase = '[Container] 2026/11/27 18:15:02.000000 Entering phase POST_BUILD'
    expect(of('Image registry: FAILED', phase, 'REPORT RequestId: 1')).toEqual(['    Image registry: FAILED'])
    expect(of(phase)).toEqual([`    ${phase}`])
  })

  it('are cut in the middle when they are long', () => {
    const [, line = ''] = evidenceLines(
      [{kind: 'task', title: 'T', lines: [`begin ${'x'.repeat(300)} end`]}],
      12,
    )
    expect(line).toMatch(/^ {4}begin x+…x+ end$/)
    expect(line).toHaveLength(184)
  })
})
