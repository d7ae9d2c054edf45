import {afterEach, describe, expect, test} from 'vitest'
import {catalogue} from '../../../src/rehearsal/faults/catalogue.js'
import {setFault} from '../../../src/rehearsal/faults/setting.js'
import type {BuildRecord} from '../../../src/rehearsal/services/codebuild/build-record.js'
import {codeBuildOperations} from '../../../src/rehearsal/services/codebuild/operations.js'
import {imagesOf, repositoryType} from '../../../src/rehearsal/services/ecr/images.js'
import {type BuildFixture, buildFixture} from '../services/codebuild/build-account.js'
import {call} from '../services/ecs/fixtures.js'

let open: BuildFixture | undefined
afterEach(async () => {
  await open?.close()
  open = undefined
})

const projectName = 'demo-container-build'

/** A build that begins under these faults, a while later. */
async function build(faults: readonly string[], minutes = 20) {
  open = await buildFixture({code: 'exports.handler = async () => {}'})
  const {world, region, live} = open
  for (const fault of faults) setFault(world, fault)
  const codebuild = codeBuildOperations(world)
  const start = async () => (await codebuild.StartBuild?.({projectName}, call))?.build?.id ?? ''
  const id = await start()
  await live(minutes * 60)
  const describeIt = async () => (await codebuild.BatchGetBuilds?.({ids: [id]}, call))?.builds?.[0]
  const tagged = () =>
    world
      .resourcesOf(region, repositoryType)
      .filter(repository => imagesOf(repository).length > 0)
      .map(({physicalId}) => physicalId)
  return {
    build: (await describeIt()) ?? {},
    record: region.builds[id] as BuildRecord,
    tagged,
    start,
    live,
    region,
  }
}

describe('end-build', () => {
  test('as its example says: one image fails, none is pushed, and the next build is well', async () => {
    const first = await build([catalogue['end-build'].example])
    expect(first.build).toMatchObject({buildStatus: 'FAILED'})
    expect(first.record.exported).toEqual([{name: 'FAILED_IMAGES', value: 'registry'}])
    expect(first.tagged()).toEqual([])
    const again = await first.start()
    await first.live(1200)
    expect(first.region.builds[again]?.status).toBe('SUCCEEDED')
    expect(first.tagged()).toEqual(['demo-registry', 'demo-keycloak'])
  })

  const phaseWith = async (fault: string, minutes?: number) => {
    const {build: found, tagged} = await build([fault], minutes)
    const ended = found.phases?.find(({phaseStatus}) => phaseStatus && phaseStatus !== 'SUCCEEDED')
    const last = found.phases?.at(-1)?.phaseType
    return {
      status: found.buildStatus,
      phase: ended?.phaseType,
      phaseStatus: ended?.phaseStatus,
      context: ended?.contexts?.[0]?.statusCode,
      last,
      images: tagged().length,
    }
  }

  test('with FAILED runs no command', async () => {
    expect(await phaseWith('end-build status=FAILED')).toEqual({
      status: 'FAILED',
      phase: 'BUILD',
      phaseStatus: 'FAILED',
      context: 'COMMAND_EXECUTION_ERROR',
      last: 'COMPLETED',
      images: 0,
    })
  })

  test('with FAILED in a phase before the commands goes to its end without them', async () => {
    expect(await phaseWith('end-build status=FAILED phase=DOWNLOAD_SOURCE')).toMatchObject({
      status: 'FAILED',
      phase: 'DOWNLOAD_SOURCE',
      context: 'CLIENT_ERROR',
      images: 0,
    })
    const types = open && Object.values(open.region.builds)[0]?.phases.map(({name}) => name)
    expect(types).toEqual([
      'SUBMITTED',
      'QUEUED',
      'PROVISIONING',
      'DOWNLOAD_SOURCE',
      'FINALIZING',
      'COMPLETED',
    ])
  })

  test('with FAULT is a failure of CodeBuild itself', async () => {
    expect(await phaseWith('end-build status=FAULT')).toMatchObject({
      status: 'FAULT',
      phase: 'PROVISIONING',
      phaseStatus: 'FAULT',
      context: 'INTERNAL_SERVICE_ERROR',
      images: 0,
    })
  })

  test('with STOPPED is as if somebody had stopped it', async () => {
    expect(await phaseWith('end-build status=STOPPED phase=PRE_BUILD')).toMatchObject({
      status: 'STOPPED',
      phase: 'PRE_BUILD',
      phaseStatus: 'STOPPED',
    })
  })

  test('with TIMED_OUT takes as long as the project allows', async () => {
    const found = await phaseWith('end-build status=TIMED_OUT', 29.9)
    expect(found.status).toBe('IN_PROGRESS')
    await open?.live(12)
    const [timedOut] = Object.values(open?.region.builds ?? {})
    expect(timedOut).toMatchObject({status: 'TIMED_OUT'})
    expect(((timedOut?.endedAt ?? 0) - (timedOut?.startedAt ?? 0)) / 60_000).toBeCloseTo(30, 5)
  })

  test('with SUCCEEDED leaves an image out, and nobody says so', async () => {
    const found = await build(['end-build status=SUCCEEDED image=keycloak'])
    expect(found.build).toMatchObject({buildStatus: 'SUCCEEDED'})
    expect(found.tagged()).toEqual(['demo-registry'])
  })

  test('lets a build of another project alone', async () => {
    expect((await build(['end-build other status=FAULT'])).build).toMatchObject({buildStatus: 'SUCCEEDED'})
  })
})
