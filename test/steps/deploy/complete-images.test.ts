import {beforeEach, expect, it} from 'vitest'
import type {Build} from '../../../src/aws/builds.js'
import type {Clock} from '../../../src/clock.js'
import {McpgwError} from '../../../src/errors.js'
import {completeImages} from '../../../src/steps/deploy/complete-images.js'
import type {DeployContext} from '../../../src/steps/deploy/context.js'
import {deployContext, listener} from '../../helpers/contexts.js'
import {FakeAws} from '../../helpers/fake-aws.js'
import {virtualClock} from '../../helpers/virtual-clock.js'

/** How long a build takes here, on the clock. */
const buildMs = 60_000

let clock: Clock
let aws: FakeAws
let context: DeployContext
let heard: ReturnType<typeof listener>
beforeEach(() => {
  clock = virtualClock()
  aws = new FakeAws(clock)
  context = deployContext(aws, clock, {layout: 'individual'})
  heard = listener()
  aws.missingImages.add('demo-registry')
  aws.builds.start = async (project, variables) => {
    aws.calls.push(`start ${project} ${JSON.stringify(variables)}`)
    aws.build = running('demo-container-build:2')
    return aws.build
  }
  aws.builds.describe = async () => {
    if (aws.build && clock.now() >= (aws.build.startedAt ?? 0) + buildMs) end(aws.build)
    return aws.build
  }
})

/** The build ends, and has made every image, unless a test says otherwise. */
let end: (build: Build) => void
beforeEach(() => {
  end = build => {
    aws.build = ended(build, 'SUCCEEDED')
    aws.missingImages.clear()
  }
})

function running(id: string, environment: Record<string, string> = {}): Build {
  const startedAt = clock.now()
  return {
    id,
    number: 2,
    status: 'IN_PROGRESS',
    currentPhase: 'BUILD',
    complete: false,
    startedAt,
    phases: [{name: 'BUILD'}],
    environment,
  }
}

function ended(build: Build, status: string): Build {
  const phases = [{name: 'BUILD', status, seconds: 60, message: status === 'FAILED' ? 'exit 1' : undefined}]
  const logs = {group: 'builds', stream: '2'}
  return {...build, status, complete: true, endedAt: clock.now(), phases, logs}
}

const signal = new AbortController().signal
const complete = () => completeImages(context, {tell: heard.tell, signal}, new Set())
const failure = () => complete().catch((error: unknown) => error)

it('starts no build when every image is there', async () => {
  aws.missingImages.clear()
  await complete()
  expect(aws.calls).toEqual([])
  expect(heard.events).toEqual([])
  expect(context.build).toBeUndefined()
})

it('builds again when an image is missing, with a note, and waits for the end', async () => {
  const begin = clock.now()
  await complete()
  expect(aws.calls).toEqual(['start demo-container-build {}'])
  expect(heard.notes()).toEqual([
    'The stacks are complete, and images are missing (demo-registry): building them again',
  ])
  expect(heard.events.filter(({kind}) => kind === 'build-phase').length).toBeGreaterThan(1)
  expect(clock.now() - begin).toBe(buildMs)
  expect(context.build).toMatchObject({id: 'demo-container-build:2', status: 'SUCCEEDED'})
})

it('says that a build continues as long as it does', async () => {
  let underway = ''
  const describe = aws.builds.describe
  aws.builds.describe = async id => {
    underway = context.record.underway
    return describe(id)
  }
  await complete()
  expect(underway).toBe('running')
  expect(context.record.underway).toBe('ended')
})

it('follows a build that runs instead of starting another one', async () => {
  aws.build = running('demo-container-build:1')
  await complete()
  expect(aws.calls).toEqual([])
  expect(context.build?.id).toBe('demo-container-build:1')
})

it('does not take an export for a build', async () => {
  aws.build = running('demo-container-build:1', {EXPORT_BUCKET: 'images'})
  await complete()
  expect(aws.calls).toEqual(['start demo-container-build {}'])
})

it('fails when the image is missing still, whatever the build says', async () => {
  end = build => {
    aws.build = ended(build, 'SUCCEEDED')
  }
  const error = await failure()
  expect(error).toBeInstanceOf(McpgwError)
  expect(error).toMatchObject({
    code: 'IMAGES_MISSING',
    exitCode: 1,
    message:
      'The image build demo-container-build:2 ended SUCCEEDED, and images are missing still: demo-registry. The stack of the services was left as it is.',
    hint: "The build's log says why. Correct the cause, then run `mcpgw deploy --environment demo`, which builds the images again.",
    resource: 'demo-container-build',
    logs: 'CloudWatch Logs, group builds, stream 2',
  })
})

it('says in which phase the build failed, and what CodeBuild says', async () => {
  end = build => {
    aws.build = ended(build, 'FAILED')
  }
  expect(await failure()).toMatchObject({
    message:
      'The image build demo-container-build:2 ended FAILED in phase BUILD, and images are missing still: demo-registry. CodeBuild says: exit 1. The stack of the services was left as it is.',
  })
})

it('continues when nobody may look at the images', async () => {
  aws.repositories.hasImage = async () => {
    throw new McpgwError('No.', {code: 'ACCESS_DENIED', exitCode: 1})
  }
  await complete()
  expect(aws.calls).toEqual([])
  expect(heard.notes()).toEqual(['Whether all images are there cannot be read: No.'])
})
