import {readdirSync, readFileSync} from 'node:fs'
import {expect, test} from 'vitest'
import {imageBuildSeconds, typicalSeconds} from '../../../src/durations.js'
import {secondsOf} from '../../../src/rehearsal/engine/kind-request.js'
import {kindOf} from '../../../src/rehearsal/kinds/index.js'
import type {Kind} from '../../../src/rehearsal/kinds/kind.js'
import {startBuild} from '../../../src/rehearsal/simulation/builds.js'
import {buildScene} from '../simulation/build-scene.js'

const folder = new URL('../../../src/rehearsal/kinds/', import.meta.url)
const unknown = typicalSeconds('No::Such::Type')

/** All kinds, by the types that their sources name. */
const kinds: Kind[] = [
  ...new Set(
    readdirSync(folder)
      .filter(name => name.endsWith('.ts'))
      .flatMap(name => readFileSync(new URL(name, folder), 'utf8').match(/AWS::\w+::\w+/g) ?? []),
  ),
].flatMap(type => kindOf(type) ?? [])

test('every kind takes the time of the table that the plan adds up, or has a life of its own that decides', () => {
  expect(kinds.length).toBeGreaterThan(50)
  const own = kinds.filter(({seconds}) => seconds !== undefined)
  expect(own.map(({type}) => type).sort()).toEqual([
    'AWS::CloudFormation::CustomResource',
    'AWS::CloudFront::Distribution',
    'AWS::ECS::Service',
    'AWS::ElasticLoadBalancingV2::LoadBalancer',
  ])
  expect(own.every(({settled}) => settled !== undefined)).toBe(true)
  const timed = kinds.filter(kind => !own.includes(kind))
  expect(timed.filter(({type}) => typicalSeconds(type) === unknown)).toEqual([])
  expect(timed.map(secondsOf)).toEqual(timed.map(({type}) => typicalSeconds(type)))
})

test.each([
  ['source', {}],
  ['import', {CONTAINER_IMAGES_BUCKET: 'prebuilt'}],
] as const)(
  'an image build (%s) takes as long as the plan says, 15 %% more or less',
  async (mode, environment) => {
    const base = await buildScene({environment})
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
