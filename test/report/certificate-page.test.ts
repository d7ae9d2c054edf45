import {describe, expect, it} from 'vitest'
import {certificatePage} from '../../src/report/certificate-page.js'
import type {Certificate} from '../../src/results.js'

const place = {account: '123456789012', region: 'us-west-2', time: 'real time'} as const
const certificate: Certificate = {
  environment: 'class',
  removed: [{stack: 'class', status: 'DELETE_COMPLETE', durationSeconds: 791.4}],
  cleaned: [{kind: 'log-group', name: '/ecs/class-registry'}],
  kept: [],
  durationSeconds: 808.2,
  proof: {
    at: '2026-01-02T03:18:29.000Z',
    certified: true,
    stacks: [
      {name: 'class', id: 'arn:aws:cloudformation:us-west-2:1:stack/class/1', status: 'DELETE_COMPLETE'},
    ],
    lookedFor: [{kind: 'ec2:vpc', action: 'ec2:DescribeVpcs', listed: 2, found: 0}],
    pending: [{kind: 'kms:key', name: '0a1b', reason: 'KMS waits.', until: '2026-01-09T03:05:11.000Z'}],
  },
}

describe('the page of a certificate', () => {
  it('says whose, where, when, what was removed, how long, and what was looked for', () => {
    const page = certificatePage(certificate, place)
    for (const said of [
      ...['Nothing remains of class', '123456789012', 'us-west-2', '2026-01-02T03:18:29.000Z', '13m28s'],
      ...['/ecs/class-registry', 'DELETE_COMPLETE', 'ec2:DescribeVpcs', '2026-01-09', 'KMS waits.'],
    ])
      expect(page).toContain(said)
    expect(page).not.toContain('Rehearsal')
    expect(page).not.toContain('What stays on purpose')
  })

  it('says what stays, what it costs, and of when the prices are', () => {
    const snapshot = {
      kind: 'rds:cluster-snapshot',
      name: 'last',
      reason: 'It stays.',
      owner: null,
      kept: true,
      command: null,
    }
    const kept = [{...snapshot, cost: {usd: 0.021, per: 'GiB and month', asOf: 2025}}]
    const page = certificatePage({...certificate, kept}, place)
    expect(page).toContain('nothing was found but what stays on purpose and what AWS removes by itself')
    expect(page).toContain('about 0.021 USD a GiB and month')
    expect(page).toMatch(/approximate: list prices of us-west-2 as they were in 2025/)
    expect(certificatePage({...certificate, kept: [{...snapshot, cost: null}]}, place)).toContain(
      'its price is not known here',
    )
  })

  it('says that a rehearsal is one', () => {
    expect(certificatePage(certificate, {...place, time: 'account time'})).toContain('not of AWS')
  })

  it('shows what others wrote as text, whatever is in it', () => {
    const evil = `"><script>alert(1)</script>&<img src='x'>\u202e\u001b[2J`
    const stack = {name: evil, id: evil, status: evil}
    const page = certificatePage(
      {
        ...certificate,
        environment: evil,
        cleaned: [{kind: evil, name: evil}],
        removed: [{stack: evil, status: evil, durationSeconds: 1}],
        kept: [{kind: evil, name: evil, reason: evil, owner: evil, kept: true, command: evil, cost: null}],
        proof: {
          ...certificate.proof,
          at: evil,
          stacks: [stack],
          lookedFor: [{kind: evil, action: evil, listed: 1, found: 0}],
          pending: [{kind: evil, name: evil, reason: evil, until: null}],
        },
      },
      {account: evil, region: evil, time: 'real time'},
    )
    for (const acting of ['<script', '<img', '\u202e', '\u001b']) expect(page).not.toContain(acting)
    expect(page).toContain(
      '&lt;script&gt;alert(1)&lt;/script&gt;&amp;&lt;img src=&#39;x&#39;&gt;\\u202e\\x1b',
    )
  })

  it('loads nothing and runs nothing', () => {
    const page = certificatePage(certificate, place)
    expect(page).not.toMatch(/https?:|url\(|@import|<script|<link|<img|\son\w+=/)
    expect(page).toContain("default-src 'none'")
  })
})
