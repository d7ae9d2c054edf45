import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import {imageKeys} from '../../src/environment/image-set.js'
import {services} from '../../src/environment/services.js'
import {existingStacksInProcess} from './existing-stacks.js'
import type {Finished} from './mcpgw.js'

const {rehearsal} = await existingStacksInProcess()

describe('an update to other images that fails when they are there, and is rolled back', () => {
  let failed: Finished

  const region = async () => (await rehearsal.account()).regions['us-west-2']
  const builds = async () => Object.values<any>((await region()).builds)
  /** The tags of the image that the services run. */
  const served = async () => {
    const images = Object.values<any>((await region()).resources)
      .filter(({type}) => type === 'AWS::ECR::Repository')
      .map(({data}) => data.images.find(({tags}: any) => tags.includes('latest')).tags)
    expect(images).toHaveLength(imageKeys.length)
    return [...new Set(images.map((tags: string[]) => tags.find(tag => tag.startsWith('set-'))))]
  }
  let before: unknown[]

  beforeAll(async () => {
    before = await served()
    failed = await rehearsal.rehearse(
      ...['deploy', '--yes', '--no-verify'],
      ...['--set', 'GitHubBranch=v1.0.6', '--set', 'ServiceCpu=2048'],
      ...['--set', 'ServiceMemory=4096', '--rehearse-fault', 'fail-update RegistryService once'],
    )
  })
  afterAll(() => rehearsal.remove())

  test('built them, and failed', async () => {
    expect(failed.code).toBe(1)
    expect(before).toEqual([expect.stringMatching(/^set-[0-9a-f]{12}$/)])
    expect((await builds()).map(({status}) => status)).toEqual(['SUCCEEDED', 'SUCCEEDED'])
  })

  test('comes back to those of before without a build', async () => {
    const stacks = Object.values<any>((await region()).stacks)
    expect(stacks.map(({status}) => status).sort()).toContain('UPDATE_ROLLBACK_COMPLETE')
    expect(stacks.map(({status}) => status)).not.toContain('UPDATE_ROLLBACK_FAILED')
    expect(await served()).toEqual(before)
  })

  test('succeeds the next time without a build, too, and the services run what it asks for', async () => {
    const again = await rehearsal.rehearse(
      ...['deploy', '--yes', '--no-verify', '--set', 'GitHubBranch=v1.0.6'],
    )
    expect(again.code).toBe(0)
    expect(await builds()).toHaveLength(2)
    expect(await served()).not.toEqual(before)
    // Nothing of the services themselves has changed.
    expect(again.json()).toMatchObject({build: null, apiCalls: {'ecs:UpdateService': services.length}})
  })
})
