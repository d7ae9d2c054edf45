import {describe, expect, it} from 'vitest'
import {quotas} from '../../src/environment/quotas.js'
import {templatesFolder} from '../../src/environment/templates.js'
import {McpgwError} from '../../src/errors.js'
import {readTemplateFolder} from '../../src/input/template-folder.js'
import {silent} from '../../src/progress.js'
import type {DeploySettings} from '../../src/steps/deploy/context.js'
import {deploySurvey} from '../../src/workflows/deploy.js'
import {preflight} from '../../src/workflows/preflight.js'
import {runWorkflow} from '../../src/workflows/run-workflow.js'
import {deployContext, listener} from '../helpers/contexts.js'
import type {FakeAws} from '../helpers/fake-aws.js'
import {virtualClock} from '../helpers/virtual-clock.js'
import {emptyAws} from '../steps/preflight/fixture.js'

const templates = readTemplateFolder(templatesFolder())
const signal = new AbortController().signal
const clock = virtualClock()

const check = (aws: FakeAws, settings: Partial<DeploySettings> = {}) =>
  preflight(deployContext(aws, clock, {templates, ...settings}), {tell: silent, signal})

/** What deploy says before it begins. */
async function survey(aws: FakeAws, settings: Partial<DeploySettings> = {}) {
  const {tell, notes} = listener()
  const context = deployContext(aws, clock, {templates, ...settings})
  const error = await runWorkflow(deploySurvey, context, {clock, tell, signal}).then(
    () => undefined,
    (reason: unknown) => reason,
  )
  if (error !== undefined && !(error instanceof McpgwError)) throw error
  return {error, notes: notes()}
}

describe('preflight', () => {
  it('says whose account it is and passes in an empty one, without changing anything', async () => {
    const aws = emptyAws()
    aws.alias = 'workshop-7'
    const result = await check(aws)
    expect(result).toMatchObject({
      environment: 'demo',
      account: '123456789012',
      alias: 'workshop-7',
      region: 'us-west-2',
      ok: true,
    })
    expect(result.checks.filter(({verdict}) => verdict !== 'pass').map(({id}) => id)).toEqual(['cloudfront'])
    expect(
      result.checks.every(({advice, verdict}) => (advice === null) === !['warn', 'block'].includes(verdict)),
    ).toBe(true)
    expect([...aws.calls, ...aws.stacks.calls]).toEqual([])
  })

  it('makes every check although a stack of somebody else exists', async () => {
    const aws = emptyAws()
    aws.stacks.putStack('demo', 'CREATE_COMPLETE', {tags: {}})
    aws.delegatedTo = []
    const {ok, checks} = await check(aws)
    expect(ok).toBe(false)
    const blocked = checks.filter(({verdict}) => verdict === 'block')
    expect(blocked).toEqual([
      {
        id: 'stacks',
        title: 'Stacks',
        verdict: 'block',
        detail:
          'A stack called demo exists that mcpgw did not make for environment demo (it does not have the tag mcpgw:environment=demo).',
        advice: 'Choose another environment name with --environment.',
      },
    ])
    expect(checks.find(({id}) => id === 'permissions')?.verdict).toBe('pass')
  })

  it('passes on what exists, whatever is left of quotas and names', async () => {
    const aws = emptyAws()
    aws.stacks.putStack('demo', 'CREATE_COMPLETE', {tags: {'mcpgw:environment': 'demo'}})
    for (const {code} of Object.values(quotas)) aws.quotaValues.set(code, 0)
    aws.repositoryNames = ['demo-registry']
    expect((await check(aws)).ok).toBe(true)
  })
})

describe('before deploy begins', () => {
  it('every blocker is listed with what to do, and nothing is changed', async () => {
    const aws = emptyAws()
    aws.quotaValues.set(quotas.vpcs.code, 0)
    aws.secretEntries = [{name: 'demo-secret-key', deletedAt: 1}]
    aws.bucketTags.set('theirs', 'other-account')
    const {error} = await survey(aws, {templateBucket: 'theirs'})
    expect(error).toMatchObject({code: 'PREFLIGHT_BLOCKED', exitCode: 3})
    const blockers = error?.points ?? []
    expect(error?.message).toBe('Deploying demo would fail, and nothing was changed:')
    expect(blockers.map(point => /^.+ \(([\w-]+)\): .+ .+/.exec(point)?.[1])).toEqual([
      'vpcs',
      'secrets',
      'buckets',
    ])
    expect(blockers[1]).toContain('aws secretsmanager restore-secret --secret-id demo-secret-key')
    expect(error?.hint).toContain('--skip-check vpcs')
    expect([...aws.calls, ...aws.stacks.calls]).toEqual([])
  })

  it('names that another deploy has begun to take meanwhile block nothing: it is attached to', async () => {
    const aws = emptyAws()
    let looks = 0
    Object.defineProperty(aws, 'secretEntries', {
      get() {
        looks += 1
        if (looks === 1) {
          aws.stacks.putStack('demo', 'CREATE_IN_PROGRESS', {tags: {'mcpgw:environment': 'demo'}})
        }
        return [{name: 'demo-secret-key'}]
      },
    })
    const {error, notes} = await survey(aws)
    expect(error).toBeUndefined()
    expect(looks).toBeGreaterThan(0)
    expect(notes).toContain('Stack demo exists (CREATE_IN_PROGRESS)')
  })

  it('a refusal that comes alone keeps its code', async () => {
    const aws = emptyAws()
    aws.bucketTags.set('theirs', 'other-account')
    expect((await survey(aws, {templateBucket: 'theirs'})).error).toMatchObject({code: 'BUCKET_NOT_OURS'})
  })

  it('a check that is left out does not block', async () => {
    const aws = emptyAws()
    aws.quotaValues.set(quotas.vpcs.code, 0)
    expect((await survey(aws)).error).toMatchObject({code: 'PREFLIGHT_BLOCKED'})
    expect((await survey(aws, {skippedChecks: ['vpcs']})).error).toBeUndefined()
  })

  it('warnings are told, and deploy continues', async () => {
    const aws = emptyAws()
    aws.quotaValues.set(quotas.fargateVcpus.code, 6)
    const {error, notes} = await survey(aws)
    expect(error).toBeUndefined()
    expect(notes.filter(note => note.startsWith('Fargate vCPUs: 5.5 needed'))).toHaveLength(1)
  })
})
