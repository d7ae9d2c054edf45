import {beforeEach, describe, expect, it} from 'vitest'
import {imageKeys} from '../../../../src/environment/image-set.js'
import {failed, McpgwError} from '../../../../src/errors.js'
import type {DeployContext, DeploySettings} from '../../../../src/steps/deploy/context.js'
import {images} from '../../../../src/steps/preflight/checks/images.js'
import {deployContext} from '../../../helpers/contexts.js'
import {ExportingAws} from '../../../helpers/exporting-aws.js'
import {virtualClock} from '../../../helpers/virtual-clock.js'

const place = {bucket: 'images', prefix: 'v1/'}
const imported = {ContainerImagesBucket: 'images', ContainerImagesPrefix: 'v1/'}
let aws: ExportingAws

beforeEach(() => {
  aws = new ExportingAws(virtualClock())
})

/** What the check finds. */
async function check(
  settings: Partial<DeploySettings> = {},
  change: (context: DeployContext) => void = () => {},
) {
  const context = deployContext(aws, virtualClock(), {parameters: imported, ...settings})
  change(context)
  return images.run({...context, planned: []})
}

async function refusalOf(promise: Promise<unknown>): Promise<McpgwError> {
  const error = await promise.catch((reason: unknown) => reason)
  if (!(error instanceof McpgwError)) throw new Error(`expected a McpgwError, got ${String(error)}`)
  return error
}

describe('the images that deploy is given', () => {
  it('are looked at only when they are given', async () => {
    expect(await check({parameters: {}})).toEqual({verdict: 'pass', detail: 'none: the images are built'})
  })

  it('are good when they are complete and of the version that is wanted', async () => {
    aws.writeSet(place)
    expect(await check({parameters: {...imported, GitHubBranch: 'v1.0.7'}})).toEqual({
      verdict: 'pass',
      detail: `s3://images/v1/ holds all ${imageKeys.length} images, of version v1.0.7`,
    })
  })

  it('are good as far as anybody knows when nothing says of which version they are', async () => {
    aws.writeSet(place)
    aws.objects.delete('images/v1/manifest.json')
    expect(await check()).toEqual({
      verdict: 'pass',
      detail: `s3://images/v1/ holds all ${imageKeys.length} images, of an unknown version`,
    })
  })

  it('are refused before anything is changed when a tarball is missing', async () => {
    aws.writeSet(place)
    aws.objects.delete('images/v1/mcp-gateway-mcpgw.tar.gz')
    expect(await refusalOf(check())).toMatchObject({
      code: 'IMAGES_NOT_USABLE',
      exitCode: 3,
      message: 's3://images/v1/ cannot be imported. mcp-gateway-mcpgw.tar.gz: It is missing.',
      hint: expect.stringContaining('mcpgw images export --to s3://images/v1/'),
    })
  })

  it('are refused when they are of another version than given, and the hint says how to mean it', async () => {
    aws.writeSet(place, 'v1.0.6')
    const refusal = await refusalOf(check({parameters: {...imported, GitHubBranch: 'v1.0.7'}}))
    expect(refusal).toMatchObject({code: 'IMAGES_NOT_USABLE'})
    expect(refusal.hint).toContain('--set GitHubBranch=v1.0.6')
    expect(await check({parameters: {...imported, GitHubBranch: 'v1.0.6'}})).toMatchObject({verdict: 'pass'})
  })

  it('are held to the version of what exists, unless that is replaced', async () => {
    aws.writeSet(place, 'v1.0.6')
    const stack = {...(await aws.stacks.describe('demo')), parameters: {GitHubBranch: 'v1.0.7'}}
    const existingStacks = (context: DeployContext) => {
      context.existingStacks = [{stackTarget: {label: 'main'}, layout: 'nested', stack}] as never
    }
    expect(await refusalOf(check({}, existingStacks))).toMatchObject({code: 'IMAGES_NOT_USABLE'})
    expect(await check({replace: true}, existingStacks)).toMatchObject({verdict: 'pass'})
  })

  it('are refused when there is no such bucket', async () => {
    aws.bucketTags.clear()
    expect(await refusalOf(check())).toMatchObject({code: 'NO_SUCH_BUCKET', exitCode: 2})
  })

  it('are warned of when they come from another region', async () => {
    aws.writeSet(place)
    aws.bucketContents.region = async () => 'eu-west-1'
    expect(await check()).toEqual({
      verdict: 'warn',
      detail: `s3://images/v1/ holds all ${imageKeys.length} images, of version v1.0.7. Bucket images is in eu-west-1, not in us-west-2: reading and writing takes longer, and costs transfer`,
      advice: 'Copy them to a bucket in this region before a class.',
    })
  })

  it('are left to the build when only its role may look at them', async () => {
    aws.bucketContents.list = async () => {
      throw failed('ACCESS_DENIED', 'This identity may not call s3:ListBucket.')
    }
    expect(await check()).toEqual({
      verdict: 'skip',
      detail:
        's3://images/v1/ cannot be read, so only the build will notice what is missing: This identity may not call s3:ListBucket.',
    })
    aws.bucketContents.list = async () => {
      throw failed('THROTTLED', 'slow down')
    }
    expect((await refusalOf(check())).code).toBe('THROTTLED')
  })
})
