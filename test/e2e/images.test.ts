import {CreateBucketCommand, DeleteObjectCommand, S3Client} from '@aws-sdk/client-s3'
import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import {imageKeys} from '../../src/environment/image-set.js'
import {existingStacksInProcess} from './existing-stacks.js'
import {type Finished, Rehearsal} from './mcpgw.js'

const {rehearsal} = await existingStacksInProcess()

describe('images, exported from an environment and imported into the next', () => {
  const place = 's3://class-images/v1.0.7/'
  let exported: Finished

  /** Does something in S3 that mcpgw does not do itself. */
  async function inS3(work: (s3: S3Client) => Promise<unknown>): Promise<void> {
    const {clientConfig, leave} = await rehearsal.join()
    await work(new S3Client({...clientConfig, forcePathStyle: true}))
    leave()
  }

  beforeAll(async () => {
    await inS3(s3 => s3.send(new CreateBucketCommand({Bucket: 'class-images'})))
    // The slash at the end is added.
    exported = await rehearsal.run(['images', 'export', '--rehearse', '--to', place.slice(0, -1)])
  })
  afterAll(() => rehearsal.remove())

  test('export shows its progress, what lies in the bucket, and how to use it', () => {
    expect(exported.code).toBe(0)
    const [all, some] = [imageKeys.length, `[1-${imageKeys.length - 1}]`]
    expect(exported.stderr).toMatch(
      new RegExp(
        `image export BUILD running[^]*${some}/${all} images written[^]*${all}/${all} images written`,
      ),
    )
    expect(exported.stderr).toContain('Revoke write access to the bucket: done')
    expect(exported.stdout).toMatch(/^mcpgw +\d+ bytes +checksum, by S3 +ok +mcp-gateway-mcpgw\.tar\.gz$/m)
    expect(exported.stdout).toContain(
      `✔ ${place} holds all ${imageKeys.length} images of version v1.0.7, commit `,
    )
    expect(exported.stdout).toContain(`mcpgw deploy --rehearse --images ${place}`)
  })

  test('export again finds nothing to do, and the build may write nowhere any more', async () => {
    const again = await rehearsal.rehearse('images', 'export', '--to', place)
    expect(again.code).toBe(0)
    expect(again.json()).toMatchObject({
      environment: 'mcp-gateway',
      operation: 'none',
      build: null,
      set: {ok: true},
    })
    const {stacks, resources} = (await rehearsal.account()).regions['us-west-2']
    const updated = Object.values<any>(stacks).flatMap(({id, events}) =>
      events
        .filter(({status, physicalId}: any) => status === 'UPDATE_COMPLETE' && physicalId !== id)
        .map(({logicalId}: any) => logicalId),
    )
    // Neither the build project nor what waits for its builds was touched.
    expect(new Set(updated)).toEqual(new Set(['ComputeStack', 'ContainerBuildRole']))
    const roles = Object.values<any>(resources).filter(({type}) => type === 'AWS::IAM::Role')
    expect(roles.some(({properties}) => JSON.stringify(properties).includes('class-images'))).toBe(false)
  })

  test('check says that the set is complete and for which version', async () => {
    const checked = await rehearsal.rehearse('images', 'check', '--from', place)
    expect(checked.code).toBe(0)
    expect(checked.json()).toMatchObject({
      bucket: 'class-images',
      prefix: 'v1.0.7/',
      ok: true,
      complete: true,
      version: 'v1.0.7',
      expectedVersion: 'v1.0.7',
      images: Array.from({length: 8}, () => ({checkedBy: 'sha256', ok: true})),
    })
  })

  test('the set outlives its environment: deploy imports it instead of building, and ends healthy', async () => {
    const imported = await rehearsal.rehearse('deploy', '--replace', '--yes', '--images', place)
    expect(imported.json()).toMatchObject({
      operation: 'create',
      build: {status: 'SUCCEEDED', mode: 'import'},
      verification: {healthy: true},
    })
  })

  test('a set that has lost a tarball is found by check, and refused by deploy before anything is made', async () => {
    const Key = 'v1.0.7/mcp-gateway-keycloak.tar.gz'
    await inS3(s3 => s3.send(new DeleteObjectCommand({Bucket: 'class-images', Key})))
    const checked = await rehearsal.run(['images', 'check', '--rehearse', '--from', place])
    expect(checked.code).toBe(1)
    expect(checked.stdout).toMatch(/^keycloak +- +- +WRONG +mcp-gateway-keycloak\.tar\.gz$/m)
    expect(checked.stdout).toContain(
      `✖ ${place} is not complete: 1 of ${imageKeys.length} images are missing or wrong.`,
    )
    const args = ['-e', 'second', '--images', place, '--skip-check', 'elastic-ips']
    const refused = await rehearsal.rehearse('deploy', '--yes', ...args)
    expect(refused.code).toBe(3)
    expect(refused.json().error).toMatchObject({
      code: 'IMAGES_NOT_USABLE',
      message: expect.stringContaining(Key.slice(7)),
    })
    const {regions, buckets} = await rehearsal.account()
    const stacks = Object.values<any>(regions['us-west-2'].stacks).map(({name}) => name)
    expect([...stacks, ...Object.keys(buckets)].filter(name => name.includes('second'))).toEqual([])
  })
})

test('mcpgw images alone says what there is', async () => {
  const rehearsal = new Rehearsal()
  const {code, stderr} = await rehearsal.run(['images'])
  expect(stderr).toMatch(/mcpgw images check.*mcpgw images export/)
  expect(code).toBe(2)
  const {stdout} = await rehearsal.run(['help', 'images'])
  expect(stdout).toMatch(
    /^ {2}images check +Check whether[\s\S]*^ {2}images export +Write the container images/m,
  )
  await rehearsal.remove()
})

test.each([
  [['images', 'export', '--to', 's3://bucket/a*b'], /^--to: .*ContainerImagesExportPrefix/],
  [['images', 'check', 'demo', '--from', 's3://bucket/'], /^mcpgw images check takes no argument demo\./],
])('mcpgw %j is refused before AWS is asked', async (args, message) => {
  const rehearsal = new Rehearsal()
  const refused = await rehearsal.run([...args, '--json'])
  expect(refused.code).toBe(2)
  expect(refused.json().error.message).toMatch(message)
  await rehearsal.remove()
})
