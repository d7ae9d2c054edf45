import {beforeEach, describe, expect, test} from 'vitest'
import {digestOf, pushImage} from '../../../../src/rehearsal/services/ecr/images.js'
import {ecrOperations} from '../../../../src/rehearsal/services/ecr/operations.js'
import {call, fixture} from '../ecs/fixtures.js'

const repositoryName = 'demo-registry'
let ecr: ReturnType<typeof ecrOperations>
let older: string
let newer: string

beforeEach(() => {
  const {world, make} = fixture()
  const repository = make('AWS::ECR::Repository', {RepositoryName: repositoryName})
  ecr = ecrOperations(world)
  older = pushImage(world, repository, ['set-1', 'latest']).digest
  newer = pushImage(world, repository, ['set-2', 'latest']).digest
})

const get = (...tags: string[]) =>
  ecr.BatchGetImage?.({repositoryName, imageIds: tags.map(imageTag => ({imageTag}))}, call)
const images = async (...tags: string[]) => (await get(...tags))?.images ?? []
const digestBehind = async (tag: string) => (await images(tag))[0]?.imageId?.imageDigest
const put = async (imageManifest: string | undefined, imageTag: string) =>
  ecr.PutImage?.({repositoryName, imageManifest, imageTag}, call)

describe('BatchGetImage', () => {
  test('gives an image once for each of its names, and tells which do not exist', async () => {
    const answer = await get('set-2', 'latest', 'set-3')
    expect(answer?.images?.map(({imageId}) => imageId)).toEqual([
      {imageDigest: newer, imageTag: 'set-2'},
      {imageDigest: newer, imageTag: 'latest'},
    ])
    expect(answer?.failures).toEqual([
      {
        imageId: {imageTag: 'set-3'},
        failureCode: 'ImageNotFound',
        failureReason: 'Requested image not found',
      },
    ])
  })

  test('gives the manifest of which the digest is the checksum', async () => {
    const [image] = await images('set-1')
    expect(digestOf(image?.imageManifest ?? '')).toBe(older)
    expect(image?.imageManifestMediaType).toBe('application/vnd.docker.distribution.manifest.v2+json')
  })
})

describe('PutImage', () => {
  test('moves a tag back to an image that is there', async () => {
    expect(await digestBehind('latest')).toBe(newer)
    const [image] = await images('set-1')
    const answer = await put(image?.imageManifest, 'latest')
    expect(answer?.image?.imageId).toEqual({imageDigest: older, imageTag: 'latest'})
    expect(await digestBehind('latest')).toBe(older)
    expect(await digestBehind('set-2')).toBe(newer)
  })

  test('refuses a tag that the image has, and an image whose layers nobody pushed', async () => {
    const [image] = await images('set-1')
    await expect(put(image?.imageManifest, 'set-1')).rejects.toMatchObject({
      code: 'ImageAlreadyExistsException',
    })
    await expect(put('{}', 'latest')).rejects.toMatchObject({code: 'LayersNotFoundException'})
  })
})
