import {describe, expect, it} from 'vitest'
import {preflightText} from '../../src/report/preflight-text.js'
import type {CheckResult, PreflightResult} from '../../src/results.js'

const plain = (text: string) => text
const paint = {red: plain, green: plain, yellow: plain, dim: plain, bold: plain}

const good: CheckResult = {id: 'vpcs', title: 'VPCs', verdict: 'pass', detail: '1 to create', advice: null}
const unknown: CheckResult = {
  ...good,
  id: 'cloudfront',
  title: 'CloudFront',
  verdict: 'skip',
  detail: 'who knows',
}
const tight: CheckResult = {
  ...good,
  id: 'fargate',
  title: 'Fargate',
  verdict: 'warn',
  detail: 'tight',
  advice: 'Ask.',
}
const bad: CheckResult = {
  ...good,
  id: 'secrets',
  title: 'Secret names',
  verdict: 'block',
  detail: 'taken',
  advice: 'Run `aws secretsmanager delete-secret`.',
}

function text(checks: CheckResult[], endpoint?: string): string {
  const ok = checks.every(({verdict}) => verdict !== 'block')
  const account = {environment: 'demo', account: '1', alias: null, region: 'r'}
  const result: PreflightResult = {...account, ok, checks, next: 'Run `mcpgw deploy`.'}
  return preflightText(result, {paint, endpoint})
}

describe('what preflight prints', () => {
  it('is a line for each check, aligned, with a mark and a word that need no colour', () => {
    expect(text([good, unknown])).toBe(
      [
        '✔ ok           VPCs        1 to create',
        '· not checked  CloudFront  who knows',
        '',
        '✔ Nothing blocks deploying demo: 1 of 2 checks passed, 1 not made.',
        'Next: Run `mcpgw deploy`.',
      ].join('\n'),
    )
  })

  it('says below what to do, and how it ends', () => {
    expect(text([good, tight, bad])).toBe(
      [
        '✔ ok       VPCs          1 to create',
        '▲ warning  Fargate       tight',
        '✖ BLOCKED  Secret names  taken',
        '',
        'WHAT TO DO',
        '▲ fargate: Ask.',
        '✖ secrets: Run `aws secretsmanager delete-secret`.',
        '',
        '✖ Deploying demo would fail: 1 of 3 checks passed, 1 warned, 1 blocked.',
        'Next: Run `mcpgw deploy`.',
        '--skip-check secrets leaves a check out.',
      ].join('\n'),
    )
  })

  it('says what to know about commands that go to this machine, where there are any', () => {
    const endpoint = 'http://127.0.0.1:4566'
    expect(text([bad], endpoint)).toContain('mcpgw rehearse --port 4566')
    expect(text([tight], endpoint)).not.toContain('mcpgw rehearse')
  })
})
