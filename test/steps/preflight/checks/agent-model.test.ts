import {beforeEach, describe, expect, it} from 'vitest'
import {McpgwError} from '../../../../src/errors.js'
import type {DeployContext} from '../../../../src/steps/deploy/context.js'
import type {FakeAws} from '../../../helpers/fake-aws.js'
import {emptyAws, finding, stands} from '../fixture.js'

const id = 'agent-model'
const model = 'anthropic.claude-haiku-4-5-20251001-v1:0'
const fine = {isLegacy: false, endsAt: undefined, isAgreed: true, isAuthorized: true}
let aws: FakeAws

beforeEach(() => {
  aws = emptyAws()
})

describe('agent-model', () => {
  it('passes when the account has the model where the profile leads', async () => {
    expect(await finding(id, aws)).toEqual({verdict: 'pass', detail: `us.${model}`})
  })

  it('asks for the model alone where no profile is wanted', async () => {
    const parameters = {AgentInferenceProfile: ''}
    aws.profiles.clear()
    expect(await finding(id, aws, {parameters})).toEqual({verdict: 'pass', detail: model})
  })

  it('takes the profile of the region', async () => {
    Object.assign(aws, {region: 'eu-west-1'})
    expect(await finding(id, aws)).toMatchObject({
      verdict: 'warn',
      detail: expect.stringContaining(`no inference profile eu.${model} in eu-west-1`),
      advice: expect.stringContaining('--set AgentInferenceProfile=global'),
    })
    aws.profiles.add(`global.${model}`)
    const parameters = {AgentInferenceProfile: 'global'}
    expect(await finding(id, aws, {parameters})).toMatchObject({verdict: 'pass'})
  })

  it.each([
    ['nested', ['demo']],
    ['individual', ['demo-network', 'demo-data', 'demo-compute', 'demo-services']],
  ] as const)('judges what an existing environment has, outside the US (%s)', async (layout, names) => {
    Object.assign(aws, {region: 'eu-west-1'})
    aws.profiles.add(`eu.${model}`)
    const has = (parameters: Record<string, string>) => (context: DeployContext) => {
      for (const name of names) stands(name, 'UPDATE_COMPLETE', layout)(context)
      for (const each of context.existingStacks ?? []) Object.assign(each.stack.parameters, parameters)
    }
    const old = {AgentModelId: model, AgentInferenceProfile: 'us'}
    aws.profiles.delete(`us.${model}`)
    expect(await finding(id, aws, {layout}, has(old))).toMatchObject({
      verdict: 'warn',
      detail: expect.stringContaining(`no inference profile us.${model} in eu-west-1`),
      advice: expect.stringContaining('--set AgentInferenceProfile=eu:'),
    })
    // From before there was a choice: an update gives it the default of the templates.
    expect(await finding(id, aws, {layout}, has({}))).toMatchObject({verdict: 'warn'})
    const advised = {AgentInferenceProfile: 'eu'}
    expect(await finding(id, aws, {layout, parameters: advised}, has(old))).toMatchObject({verdict: 'pass'})
    expect(await finding(id, aws, {layout}, has({...old, ...advised}))).toMatchObject({
      verdict: 'pass',
      detail: `eu.${model}`,
    })
    expect(await finding(id, aws, {layout, replace: true}, has(old))).toMatchObject({verdict: 'pass'})
  })

  it.each([
    ['the region has no such model', undefined, /^Amazon Bedrock has no model anthropic/],
    [
      'AWS retires it',
      {...fine, isLegacy: true, endsAt: Date.UTC(2027, 4, 1)},
      /, and ends it on 2027-05-01:/,
    ],
    ['nobody has agreed to its terms', {...fine, isAgreed: false}, /has not agreed to the terms of/],
    ['the account may not have it', {...fine, isAuthorized: false}, /may not use/],
  ])('warns when %s', async (_, access, detail) => {
    aws.modelAccess = access
    expect(await finding(id, aws)).toMatchObject({
      verdict: 'warn',
      detail: expect.stringMatching(detail),
      advice: expect.stringMatching(/`aws bedrock list-/),
    })
  })

  it('warns where Bedrock has no address, instead of calling AWS unreachable', async () => {
    aws.models.access = async () => {
      throw new McpgwError('No.', {code: 'UNREACHABLE', exitCode: 1})
    }
    expect(await finding(id, aws)).toMatchObject({
      verdict: 'warn',
      detail: expect.stringContaining('does not answer in us-west-2'),
    })
  })
})
