import {expect, it} from 'vitest'
import {cleaned, scrub} from '../../../src/steps/evidence/scrub.js'

it.each([
  ['KC_DB_PASSWORD=hunter2 started', 'KC_DB_PASSWORD=**** started'],
  ['{"admin_password": "a b c", "port": 1}', '{"admin_password": ****, "port": 1}'],
  ['client_secret: s3cr3t, id: 7', 'client_secret: ****, id: 7'],
  ['Authorization: Bearer eyJhbGciOi.J9.abc', 'Authorization: Bearer ****'],
  ['OPENAI_API_KEY=sk-123 and more', 'OPENAI_API_KEY=**** and more'],
  [
    'PUT https://bucket.s3.amazonaws.com/answer?X-Amz-Signature=abc&x=1 failed',
    'PUT https://bucket.s3.amazonaws.com/answer?**** failed',
  ],
])('%j is written as %j', (line, expected) => {
  expect(scrub(line)).toBe(expected)
})

it.each([
  'ResourceNotFoundException: Secrets Manager can’t find the specified secret.',
  'GET /health?probe=1 200',
  'CannotPullContainerError: not found',
  'failed to fetch secret arn:aws:secretsmanager:us-west-2:123456789012:secret:demo-secret-key-a1b2c3 from secrets manager',
  'arn:aws-us-gov:secretsmanager:us-gov-west-1:123456789012:secret:demo/keycloak/database-a1b2c3',
])('%j is left as it is', line => {
  expect(scrub(line)).toBe(line)
})

it('cleans the lines of evidence, and applies the given cleaning to its title too', () => {
  const evidence = {kind: 'log', title: 'of canary', lines: ['token=abc', 'canary']} as const
  expect(cleaned(evidence, text => text.replaceAll('canary', '****'))).toEqual({
    kind: 'log',
    title: 'of ****',
    lines: ['token=****', '****'],
  })
})

it('keeps so much of a line that looking for secrets takes no time, and nothing of a secret at the cut', () => {
  const long = `${'x'.repeat(8180)} password=hunter2 ${'y'.repeat(100_000)}`
  const kept = scrub(long)
  expect(kept.length).toBeLessThan(8200)
  expect(kept).not.toContain('hunter')
  expect(kept.endsWith('…')).toBe(true)
})
