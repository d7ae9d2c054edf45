import {expect, test} from 'vitest'
import {healthChecks, preflightChecks} from '../../src/report/checks.js'
import {markdownOf} from '../../src/report/checks-markdown.js'
import {junitOf} from '../../src/report/junit.js'
import type {Health, PreflightResult} from '../../src/results.js'

const health: Health = {
  healthy: false,
  services: [
    {
      name: 'demo-auth',
      cluster: 'c',
      desired: 1,
      running: 1,
      pending: 0,
      rollout: 'COMPLETED',
      ok: true,
      reason: null,
    },
    {
      ...{name: 'demo-mcpgw', cluster: 'c', desired: 1, running: 0, pending: 0, rollout: 'FAILED', ok: false},
      reason: 'said "<b>\u001B[31mno\u0000</b>" & left | `x`',
    },
  ],
  targetGroups: [],
  endpoints: [],
  links: [{name: 'log in', ok: false, reason: 'refused', hint: 'Ask an administrator.'}],
  resources: [
    {
      name: 'Buckets',
      logicalId: null,
      type: 'AWS::S3::Bucket',
      physicalId: null,
      stack: null,
      ok: null,
      reason: 'denied',
      hint: 'Allow it.',
    },
  ],
  resourcesChecked: 12,
}

const preflight = {
  environment: 'demo',
  checks: [
    {id: 'a', title: 'Account', verdict: 'pass', detail: 'It is one.', advice: null},
    {id: 'b', title: 'Quotas', verdict: 'warn', detail: 'Nearly full.', advice: 'Ask for more.'},
    {id: 'c', title: 'Names', verdict: 'block', detail: 'Taken.', advice: 'Take another.'},
    {id: 'd', title: 'Domain', verdict: 'skip', detail: 'None was given.', advice: null},
  ],
} as unknown as PreflightResult

test('what verify looked at is a suite a kind of thing, and foreign words are text in it', () => {
  expect(junitOf(healthChecks(health, 'demo'))).toMatchInlineSnapshot(`
    "<?xml version="1.0" encoding="UTF-8"?>
    <testsuites name="mcpgw verify demo" tests="5" failures="2" errors="0">
      <testsuite name="mcpgw verify demo: services" tests="2" failures="1" errors="0" skipped="0">
        <testcase classname="services" name="demo-auth"/>
        <testcase classname="services" name="demo-mcpgw">
          <failure message="said &quot;&lt;b&gt;\\x1b[31mno\\x00&lt;/b&gt;&quot; &amp; left | \`x\`" type="check">said &quot;&lt;b&gt;\\x1b[31mno\\x00&lt;/b&gt;&quot; &amp; left | \`x\`</failure>
        </testcase>
      </testsuite>
      <testsuite name="mcpgw verify demo: links" tests="1" failures="1" errors="0" skipped="0">
        <testcase classname="links" name="log in">
          <failure message="refused" type="check">refused
    Ask an administrator.</failure>
        </testcase>
      </testsuite>
      <testsuite name="mcpgw verify demo: resources" tests="2" failures="0" errors="0" skipped="1">
        <testcase classname="resources" name="Buckets">
          <skipped message="denied"/>
        </testcase>
        <testcase classname="resources" name="12 resources are as they were made"/>
      </testsuite>
    </testsuites>"
  `)
})

test('a check of preflight passes, fails, is skipped, or passes with a word of warning', () => {
  expect(junitOf(preflightChecks(preflight))).toMatchInlineSnapshot(`
    "<?xml version="1.0" encoding="UTF-8"?>
    <testsuites name="mcpgw preflight demo" tests="4" failures="1" errors="0">
      <testsuite name="mcpgw preflight demo: preflight" tests="4" failures="1" errors="0" skipped="1">
        <testcase classname="preflight" name="Account">
          <system-out>It is one.</system-out>
        </testcase>
        <testcase classname="preflight" name="Quotas">
          <system-out>Nearly full.
    Ask for more.</system-out>
        </testcase>
        <testcase classname="preflight" name="Names">
          <failure message="Taken." type="check">Taken.
    Take another.</failure>
        </testcase>
        <testcase classname="preflight" name="Domain">
          <skipped message="None was given."/>
        </testcase>
      </testsuite>
    </testsuites>"
  `)
})

test('the page in Markdown tells what is wrong first, and no word of others is a mark in it', () => {
  expect(markdownOf(healthChecks(health, 'demo'))).toMatchInlineSnapshot(`
    "## mcpgw verify demo

    2 of 5 checks passed.

    | check | result | what was found | what to do |
    |---|---|---|---|
    | services: demo-mcpgw | failed | said "\\<b>\\\\x1b\\[31mno\\\\x00\\</b>" & left \\| \`x\` |  |
    | links: log in | failed | refused | Ask an administrator. |
    | resources: Buckets | not looked at | denied | Allow it. |"
  `)
  expect(
    markdownOf(preflightChecks(preflight))
      .split('\n')
      .slice(4)
      .map(line => line.split('|')[2]?.trim()),
  ).toEqual(['result', '---', 'failed', 'warning', 'not looked at'])
})
