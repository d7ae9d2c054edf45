import {afterEach, describe, expect, it} from 'vitest'
import {codeBuildOperations} from '../../../../src/rehearsal/services/codebuild/operations.js'
import {imagesOf} from '../../../../src/rehearsal/services/ecr/images.js'
import {call, secondsUntil} from '../ecs/fixtures.js'
import {type BuildFixture, buildFixture} from './build-account.js'

let open: BuildFixture | undefined
afterEach(async () => {
  await open?.close()
  open = undefined
})

async function project() {
  open = await buildFixture()
  return {...open, codebuild: codeBuildOperations(open.world)}
}

const projectName = 'demo-container-build'

describe('a build from source', () => {
  it('takes about nine minutes and leaves an image where its role may push', async () => {
    const {codebuild, region, world, ...base} = await project()
    const started = await codebuild.StartBuild?.({projectName}, call)
    expect(started?.build).toMatchObject({
      buildNumber: 1,
      buildStatus: 'IN_PROGRESS',
      currentPhase: 'SUBMITTED',
      buildComplete: false,
    })
    expect(started?.build?.logs).toBeUndefined()
    const id = started?.build?.id ?? ''
    const seconds = secondsUntil({...base, region, world}, () => region.builds[id]?.status === 'SUCCEEDED')
    expect(seconds).toBeGreaterThan(450)
    expect(seconds).toBeLessThan(630)
    const tags = world
      .resourcesOf(region, 'AWS::ECR::Repository')
      .map(repository => [repository.physicalId, imagesOf(repository).flatMap(image => image.tags)])
    expect(tags).toEqual([
      ['demo-registry', [expect.stringMatching(/^sha-[0-9a-f]{12}$/), 'latest']],
      ['demo-keycloak', [expect.stringMatching(/^sha-[0-9a-f]{12}$/), 'latest']],
      ['other', []],
    ])
    const described = await codebuild.BatchGetBuilds?.({ids: [id, 'none:1']}, call)
    expect(described?.buildsNotFound).toEqual(['none:1'])
    expect(described?.builds?.[0]).toMatchObject({
      buildComplete: true,
      currentPhase: 'COMPLETED',
      environment: {privilegedMode: true},
      logs: {groupName: `/aws/codebuild/${projectName}`, streamName: id.split(':')[1]},
    })
    expect(described?.builds?.[0]?.phases?.map(({phaseType}) => phaseType)).toEqual([
      'SUBMITTED',
      'QUEUED',
      'PROVISIONING',
      'DOWNLOAD_SOURCE',
      'INSTALL',
      'PRE_BUILD',
      'BUILD',
      'POST_BUILD',
      'UPLOAD_ARTIFACTS',
      'FINALIZING',
      'COMPLETED',
    ])
    const log = world.resource(region, 'AWS::Logs::LogGroup', `/aws/codebuild/${projectName}`)
    expect(log?.owner).toBeUndefined()
    expect(JSON.stringify(log?.data.streams)).toContain('All 2 images are in place.')
  })

  it('is given back to whoever asks again with the same token', async () => {
    const {codebuild, pass} = await project()
    const order = {projectName, idempotencyToken: 'one'}
    const first = await codebuild.StartBuild?.(order, call)
    pass(10)
    const again = await codebuild.StartBuild?.(order, call)
    expect(again?.build?.id).toBe(first?.build?.id)
    const other = await codebuild.StartBuild?.({projectName}, call)
    const listed = await codebuild.ListBuildsForProject?.({projectName}, call)
    expect(listed?.ids).toEqual([other?.build?.id, first?.build?.id])
  })

  it('can be stopped', async () => {
    const {codebuild, region, pass} = await project()
    const started = await codebuild.StartBuild?.({projectName}, call)
    const id = started?.build?.id ?? ''
    pass(100)
    await codebuild.StopBuild?.({id}, call)
    pass(600)
    expect(region.builds[id]).toMatchObject({status: 'STOPPED', currentPhase: 'COMPLETED'})
  })

  it('of a project that does not exist is refused', async () => {
    const {codebuild, world} = await project()
    expect(() => codebuild.StartBuild?.({projectName: 'none'}, call)).toThrow(
      `Project cannot be found: arn:aws:codebuild:us-west-2:${world.account.id}:project/none`,
    )
  })
})
