import {createHash} from 'node:crypto'
import {gunzipSync} from 'node:zlib'
import {afterAll, afterEach, beforeAll, beforeEach, describe, expect, test} from 'vitest'
import {readManifest} from '../../src/environment/image-set.js'
import {ImageBuild, imageKeys} from './stub-tools.js'

const to = {EXPORT_BUCKET: 'images', EXPORT_PREFIX: 'v1/'}
const tarball = (key: string) => `mcp-gateway-${key}.tar.gz`
const sha256 = (bytes: string | Buffer) => createHash('sha256').update(bytes).digest('hex')

let build: ImageBuild

const puts = () => build.calls.flatMap(call => /put-object --bucket images --key (\S+)/.exec(call)?.[1] ?? [])
const manifest = () => JSON.parse(build.read('bucket/v1/manifest.json'))

describe('an export', () => {
  let finished: Awaited<ReturnType<ImageBuild['run']>>
  beforeAll(async () => {
    build = new ImageBuild()
    // The environment itself imported its images, from elsewhere.
    finished = await build.run({...to, CONTAINER_IMAGES_BUCKET: 'images', CONTAINER_IMAGES_PREFIX: 'v0/'})
  })
  afterAll(() => {
    build.remove()
  })

  test('ends well and pushes nothing', () => {
    expect(finished.output).toContain('Exporting to s3://images/v1/')
    expect(finished.output).toContain(`All ${imageKeys.length} images are in place.`)
    expect(finished.code).toBe(0)
    expect(build.pushes).toEqual([])
  })

  test("writes whole images, under a name that is no repository's", () => {
    expect(gunzipSync(build.bytes(`bucket/v1/${tarball('keycloak')}`)).toString()).toBe(
      'layers of mcp-gateway-keycloak:latest\nand the rest\n',
    )
  })

  test('writes the manifest first, as unfinished, and last of all', () => {
    const order = puts()
    expect(order[0]).toBe('v1/manifest.json')
    expect(order.slice(1, 9).sort()).toEqual(imageKeys.map(key => `v1/${tarball(key)}`).sort())
    expect(order.slice(9)).toEqual(['v1/SHA256SUMS', 'v1/manifest.json'])
  })

  test('has S3 keep the checksum of every file', () => {
    const calls = build.calls.filter(call => call.includes('put-object'))
    expect(calls.filter(call => !call.endsWith('--checksum-algorithm SHA256'))).toEqual([])
  })

  test('says in the manifest and in SHA256SUMS what it wrote', () => {
    expect(build.read('bucket/v1/SHA256SUMS')).toBe(
      imageKeys.map(key => `${sha256(build.bytes(`bucket/v1/${tarball(key)}`))}  ${tarball(key)}\n`).join(''),
    )
    expect(manifest()).toEqual({
      format: 1,
      complete: true,
      version: 'v1.0.7',
      sourceCommit: '0123456789abcdef0123456789abcdef01234567',
      architecture: 'linux/amd64',
      exportedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
      images: imageKeys.map(key => ({
        key,
        tarball: tarball(key),
        bytes: build.bytes(`bucket/v1/${tarball(key)}`).length,
        sha256: sha256(build.bytes(`bucket/v1/${tarball(key)}`)),
        digest: `sha256:${String(key.length).padStart(64, '0')}`,
        builtAt: '2026-01-02T03:04:05.678901234Z',
      })),
    })
  })

  test('writes what an import reads', async () => {
    const {code, output} = await build.run({
      CONTAINER_IMAGES_BUCKET: 'images',
      CONTAINER_IMAGES_PREFIX: 'v1/',
    })
    expect(output).not.toContain('unchecked')
    expect(code).toBe(0)
    expect(build.pushes).toHaveLength(8)
  })
})

test('an export says what is in each image, as far as that is known', async () => {
  build = new ImageBuild()
  const packages = ['mcp==1.23.3', 'torch @ https://download.pytorch.org/whl/cpu/torch-2.9.1%2Bcpu.whl']
  build.write('packages-registry', `${packages.join('\n')}\n-e file:///app\nbad"==1\n`)
  build.write('models-registry', `${'a'.repeat(64)}  all-MiniLM-L6-v2/model.safetensors\n`)
  build.write('base-registry', 'quay.io/python:3\n')
  build.write('base-digest', `sha256:${'b'.repeat(64)}\n`)
  const {code} = await build.run(to)
  const read = readManifest(build.read('bucket/v1/manifest.json'))
  build.remove()
  expect(code).toBe(0)
  const [registry, ...others] = typeof read === 'string' ? [] : read.images
  expect(registry).toMatchObject({
    packages,
    models: {'all-MiniLM-L6-v2/model.safetensors': 'a'.repeat(64)},
    base: `quay.io/python:3@sha256:${'b'.repeat(64)}`,
  })
  expect(others).toHaveLength(7)
  for (const other of others) expect(Object.keys(other)).not.toContain('packages')
})

describe('an export that does not go well', () => {
  beforeEach(() => {
    build = new ImageBuild()
  })
  afterEach(() => {
    build.remove()
  })

  test('writes nothing when an image cannot be pulled, and names it', async () => {
    build.write('refuse', '2 docker pull --quiet --platform linux/amd64 registry.test/demo-mcpgw:latest\n')
    const {code} = await build.run(to)
    expect(code).toBe(1)
    expect(build.read('failed-images')).toBe('mcpgw\n')
    expect(puts()).toEqual([])
  })

  test('fails when an image is saved by half, and does not upload it', async () => {
    build.write('half', 'keycloak')
    const {code, output} = await build.run(to)
    expect(output).toContain('[keycloak] no space left')
    expect(code).toBe(1)
    expect(build.read('failed-images')).toBe('keycloak\n')
    expect(puts()).not.toContain(`v1/${tarball('keycloak')}`)
    expect(manifest()).toMatchObject({complete: false, images: []})
  })

  test('uploads again what was refused once', async () => {
    build.write(
      'refuse',
      `1 --key v1/${tarball('registry')}\n1 --key v1/SHA256SUMS\n1 --key v1/manifest.json\n`,
    )
    const {code, output} = await build.run(to)
    expect(output).toContain('[registry] denied: try again')
    expect(code).toBe(0)
    expect(manifest().complete).toBe(true)
  })

  test('names the images whose upload is refused twice, and takes back an earlier manifest', async () => {
    build.write('bucket/v1/manifest.json', '{"complete": true}')
    build.write('refuse', `2 --key v1/${tarball('registry')}\n2 --key v1/${tarball('mcpgw')}\n`)
    const {code, output} = await build.run(to)
    expect(output).toContain('[registry] Not written: s3://images/v1/mcp-gateway-registry.tar.gz')
    expect(code).toBe(1)
    expect(build.read('failed-images')).toBe('registry mcpgw\n')
    expect(manifest().complete).toBe(false)
  })

  test('finds out that it may not write before it saves anything', async () => {
    build.write('refuse', '99 put-object\n')
    build.write(
      'refusal',
      'An error occurred (AccessDenied) when calling the PutObject operation: Access Denied',
    )
    const {code, output} = await build.run(to)
    expect(output).toContain('An error occurred (AccessDenied) when calling the PutObject operation')
    expect(output).toContain('Not written: s3://images/v1/manifest.json')
    expect(code).toBe(1)
    expect(build.calls.join('\n')).not.toContain('docker save')
  })

  test('fails when the manifest cannot be written at the end', async () => {
    build.write('refuse', '2 --key v1/SHA256SUMS\n')
    expect((await build.run(to)).code).not.toBe(0)
    expect(manifest().complete).toBe(false)
  })

  test('refuses images of different builds', async () => {
    build.write('version-keycloak', 'v1.0.6\n')
    build.write('commit-mcpgw', 'fedcba9876543210\n')
    const {code, output} = await build.run(to)
    expect(output).toContain('Image keycloak is version and commit: v1.0.6 0123456789')
    expect(code).toBe(1)
    expect(build.read('failed-images')).toBe('keycloak mcpgw\n')
    expect(puts()).toEqual([])
  })

  test('takes the version from the images, and knows none where they have none', async () => {
    build.write('version', '\n')
    build.write('commit', '\n')
    expect(await build.run({...to, UPSTREAM_VERSION: 'v9'})).toMatchObject({code: 0})
    expect(manifest()).toMatchObject({version: null, sourceCommit: null, complete: true})
  })

  test('refuses a version that would break the manifest', async () => {
    build.write('version-registry', 'v1", "complete": true\n')
    const {code, output} = await build.run(to)
    expect(output).toContain('[registry] Not a version and a commit')
    expect(code).toBe(1)
  })
})
