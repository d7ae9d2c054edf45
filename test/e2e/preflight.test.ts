import {CreateSecretCommand, DeleteSecretCommand, SecretsManagerClient} from '@aws-sdk/client-secrets-manager'
import {afterAll, describe, expect, test} from 'vitest'
import {checkIds} from '../../src/steps/preflight/checks.js'
import {InProcessRehearsal} from './in-process.js'

/** One account through the evening before a class. */
describe('preflight', () => {
  const rehearsal = new InProcessRehearsal()
  const verdicts = (checks: any[], verdict: string) =>
    checks.filter(check => check.verdict === verdict).map(({id}) => id)
  afterAll(() => rehearsal.remove())

  test('passes in an empty account', async () => {
    const {code, json, stderr} = await rehearsal.rehearse('preflight')
    expect(stderr).toContain('Run preflight checks: done')
    expect(code).toBe(0)
    const {environment, account, alias, region, ok, checks} = json()
    expect({environment, alias, region, ok}).toEqual({
      environment: 'mcp-gateway',
      alias: null,
      region: 'us-west-2',
      ok: true,
    })
    expect(account).toMatch(/^\d{12}$/)
    expect(verdicts(checks, 'pass')).toEqual(checkIds.filter(id => id !== 'cloudfront'))
    expect(verdicts(checks, 'skip')).toEqual(['cloudfront'])
  })

  test('finds a quota that is too small and a secret that is pending deletion, and says what to do', async () => {
    const account = await rehearsal.join()
    const secrets = new SecretsManagerClient(account.clientConfig)
    const SecretId = 'mcp-gateway-secret-key'
    await secrets.send(new CreateSecretCommand({Name: SecretId, SecretString: 'x'}))
    await secrets.send(new DeleteSecretCommand({SecretId}))
    account.leave()
    const {code, stdout} = await rehearsal.run([
      'preflight',
      '--rehearse',
      '--rehearse-quota',
      'L-0263D0A3=2',
    ])
    expect(code).toBe(3)
    expect(stdout).toContain(
      '✖ BLOCKED      Elastic IP addresses  the templates create 3, and the quota leaves room for 2 (0 of 2 in use).',
    )
    expect(stdout).toMatch(/--quota-code L-0263D0A3 --desired-value 3 --region us-west-2 --endpoint-url \S+`/)
    expect(stdout).toContain('mcp-gateway-secret-key is pending deletion')
    expect(stdout).toMatch(/`aws secretsmanager restore-secret --secret-id mcp-gateway-secret-key/)
    expect(stdout).toContain(
      `✖ Deploying mcp-gateway would fail: ${checkIds.length - 3} of ${checkIds.length} checks passed, 2 blocked, 1 not made.`,
    )
  })

  test('keeps deploy from beginning, and deploy lists both', async () => {
    const {code, json} = await rehearsal.rehearse('deploy', '--yes')
    expect(code).toBe(3)
    const {error} = json()
    expect(error.code).toBe('PREFLIGHT_BLOCKED')
    expect(error.message).toMatch(/\(elastic-ips\): the templates .*\(secrets\): The templates /s)
    const {regions, buckets} = await rehearsal.account()
    expect(Object.keys(regions['us-west-2'].stacks)).toEqual([])
    expect(buckets).toEqual({})
  })

  test('is silent about what --skip-check names', async () => {
    const env = {MCPGW_SKIP_CHECK: 'elastic-ips\nsecrets'}
    const {code, json} = await rehearsal.run(['preflight', '--rehearse', '--json'], env)
    expect(code).toBe(0)
    expect(verdicts(json().checks, 'skip')).toEqual(['elastic-ips', 'cloudfront', 'secrets'])
    const wrong = await rehearsal.rehearse('preflight', '--skip-check', 'eips')
    expect(wrong.code).toBe(2)
    expect(wrong.json().error).toMatchObject({
      code: 'UNKNOWN_CHECK',
      message: '--skip-check: preflight has no check eips.',
      hint: expect.stringContaining('elastic-ips'),
    })
  })

  test('names the permission that is missing, of the deployment and of its own calls', async () => {
    const faults = ['deny cloudformation:CreateStack', 'deny ecr:DescribeRepositories'].join('\n')
    const env = {MCPGW_REHEARSE_FAULT: faults, MCPGW_SKIP_CHECK: 'elastic-ips\nsecrets'}
    const {code, json} = await rehearsal.run(['preflight', '--rehearse', '--json'], env)
    expect(code).toBe(3)
    const {checks} = json()
    expect(checks.find(({id}: any) => id === 'permissions')).toMatchObject({
      verdict: 'block',
      detail: expect.stringMatching(/:user\/rehearsal do not allow cloudformation:CreateStack\.$/),
    })
    expect(checks.find(({id}: any) => id === 'repositories')).toMatchObject({
      verdict: 'warn',
      detail: expect.stringContaining('Not checked: This identity may not call ecr:DescribeRepositories'),
    })
  })
})
