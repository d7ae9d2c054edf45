import {expect, test} from 'vitest'
import {imageBuildSeconds, typicalSeconds} from '../../../src/durations.js'
import {secondsOf} from '../../../src/rehearsal/engine/provider-request.js'
import {hasSchemaProvider} from '../../../src/rehearsal/resources/by-schema/index.js'
import type {ResourceProvider} from '../../../src/rehearsal/resources/resource-provider.js'
import {typesWithSchema} from '../../../src/rehearsal/resources/resource-schema.js'
import {startBuild} from '../../../src/rehearsal/services/codebuild/builds.js'
import {providerFor} from '../../../src/rehearsal/services/providers.js'
import {buildFixture} from './codebuild/build-account.js'

const unknown = typicalSeconds('No::Such::Type')

/** All providers but those by schema, which may take the time of unknown types. */
const kinds: ResourceProvider[] = [...typesWithSchema(), 'AWS::CloudFormation::CustomResource']
  .filter(type => !hasSchemaProvider(type))
  .flatMap(type => providerFor(type) ?? [])

test('every kind takes the time of the table that the plan adds up, or has a life of its own that decides', () => {
  const own = kinds.filter(({seconds}) => seconds !== undefined)
  expect(own.map(({type}) => type).sort()).toEqual([
    'AWS::CloudFormation::CustomResource',
    'AWS::CloudFront::Distribution',
    'AWS::ECS::Service',
    'AWS::ElasticLoadBalancingV2::LoadBalancer',
  ])
  expect(own.every(({stabilized}) => stabilized !== undefined)).toBe(true)
  const timed = kinds.filter(kind => !own.includes(kind))
  const untimed = timed.flatMap(({type}) => (typicalSeconds(type) === unknown ? type : []))
  expect(untimed, 'types without a row in the table of src/durations.ts').toEqual([])
  expect(timed.map(secondsOf)).toEqual(timed.map(({type}) => typicalSeconds(type)))
})

test.each([
  ['source', {}],
  ['import', {CONTAINER_IMAGES_BUCKET: 'prebuilt'}],
] as const)(
  'an image build (%s) takes as long as the plan says, 15 %% more or less',
  async (mode, environment) => {
    const base = await buildFixture({environment})
    try {
      const build = startBuild(base.world, base.region, base.project, {overrides: [], initiator: 'test'})
      await base.live(imageBuildSeconds[mode] * 1.2)
      const seconds = ((build.endedAt ?? Number.NaN) - build.startedAt) / 1000
      expect(Math.abs(seconds - imageBuildSeconds[mode])).toBeLessThanOrEqual(0.15 * imageBuildSeconds[mode])
    } finally {
      await base.close()
    }
  },
)
