import {CloudFront, type CloudFrontClientConfig, type DistributionConfig} from '@aws-sdk/client-cloudfront'
import {afterAll, beforeAll, expect, it} from 'vitest'
import {createDistributions} from '../../../../src/aws/distributions.js'
import {handlerTables} from '../../../../src/rehearsal/services/operations.js'
import {type Gateway, gateway} from '../ecs/gateway.js'
import {type Served, served} from '../served.js'

const key = 'mcpgw:environment'
let base: Gateway
let wire: Served
let cloudFront: CloudFront

beforeAll(async () => {
  base = gateway({port: 80})
  wire = await served(handlerTables(base.world))
  cloudFront = new CloudFront(wire.client as CloudFrontClientConfig)
})

afterAll(async () => {
  cloudFront.destroy()
  await wire.close()
})

function distribution(tags: Record<string, string>, FunctionARN?: string) {
  const made = base.make('AWS::CloudFront::Distribution', {
    DistributionConfig: {
      Enabled: true,
      Origins: [{Id: 'a', DomainName: 'a.example.com'}],
      DefaultCacheBehavior: {
        TargetOriginId: 'a',
        FunctionAssociations: FunctionARN === undefined ? [] : [{EventType: 'viewer-request', FunctionARN}],
      },
    },
  })
  made.tags = tags
  return made
}

it('tells which distributions have a tag, over all pages, and what a function is tagged with', async () => {
  const stackId = 'arn:aws:cloudformation:us-west-2:1:stack/demo/1'
  const ours = distribution({[key]: 'demo', 'aws:cloudformation:stack-id': stackId})
  for (let count = 0; count < 101; count++) distribution({[key]: 'other'})
  const name = 'demo-keycloak-viewers'
  const made = base.make('AWS::CloudFront::Function', {Name: name, FunctionCode: 'x', FunctionConfig: {}})
  const distributions = createDistributions({cloudFront: async () => cloudFront})
  expect(await distributions.withTag(key, 'demo')).toEqual([
    {
      arn: expect.stringMatching(new RegExp(`distribution/${ours.physicalId}$`)),
      kind: 'cloudfront:distribution',
      name: ours.physicalId,
      stackId,
    },
  ])
  expect(await distributions.functionNamed(name)).toEqual({
    arn: made.physicalId,
    kind: 'cloudfront:function',
    name,
    tags: {[key]: 'demo'},
  })
  expect(await distributions.functionNamed('another')).toBeUndefined()
})

it('deletes a distribution that is disabled and deployed, and then the function that it used', async () => {
  const name = 'viewers'
  const viewers = base.make('AWS::CloudFront::Function', {Name: name, FunctionCode: 'y', FunctionConfig: {}})
  const {physicalId: Id} = distribution({}, viewers.physicalId)
  const {ETag: ofFunction} = await cloudFront.describeFunction({Name: name})
  await expect(cloudFront.deleteFunction({Name: name, IfMatch: ofFunction})).rejects.toMatchObject({
    name: 'FunctionInUse',
  })
  const {ETag, DistributionConfig: config} = await cloudFront.getDistributionConfig({Id})
  const refusal = {name: 'DistributionNotDisabled'}
  await expect(cloudFront.deleteDistribution({Id, IfMatch: ETag})).rejects.toMatchObject(refusal)
  const off = {...config, Enabled: false} as DistributionConfig
  const {ETag: changed} = await cloudFront.updateDistribution({
    Id,
    IfMatch: ETag,
    DistributionConfig: off,
  })
  // Every edge location has to know it first.
  await expect(cloudFront.deleteDistribution({Id, IfMatch: changed})).rejects.toMatchObject(refusal)
  base.world.account.now += 3_600_000
  await expect(cloudFront.deleteDistribution({Id, IfMatch: ETag})).rejects.toMatchObject({
    name: 'PreconditionFailed',
  })
  await cloudFront.deleteDistribution({Id, IfMatch: changed})
  await expect(cloudFront.getDistribution({Id})).rejects.toMatchObject({name: 'NoSuchDistribution'})
  await cloudFront.deleteFunction({Name: name, IfMatch: ofFunction})
  await expect(cloudFront.describeFunction({Name: name})).rejects.toMatchObject({
    name: 'NoSuchFunctionExists',
  })
})
