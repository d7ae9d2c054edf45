import {readFileSync} from 'node:fs'
import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import {imageKeys, readChecksums, readManifest, tarballOf} from '../../src/environment/image-set.js'
import {startBuild} from '../../src/rehearsal/services/codebuild/builds.js'
import {pushImage} from '../../src/rehearsal/services/ecr/images.js'
import {emptyBucket} from '../../src/rehearsal/services/s3/buckets.js'
import {bytesOf, storedObject} from '../../src/rehearsal/services/s3/object-store.js'
import {type BuildFixture, buildFixture} from '../rehearsal/services/codebuild/build-account.js'
import {ImageBuild, imageKeys as scriptKeys} from './stub-tools.js'

const export_ = {EXPORT_BUCKET: 'images', EXPORT_PREFIX: 'v1/'}
const import_ = {CONTAINER_IMAGES_BUCKET: 'images', CONTAINER_IMAGES_PREFIX: 'v1/'}
const files = ['manifest.json', 'SHA256SUMS', ...imageKeys.map(tarballOf)]

/** Every value by what kind of text it is, in order: two documents of one format give the same. */
function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shapeOf)
  if (typeof value === 'object' && value !== null)
    return Object.entries(value).map(([name, member]) => [name, shapeOf(member)])
  if (typeof value !== 'string') return value === null ? 'null' : typeof value
  if (/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(value)) return 'seconds'
  if (/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+Z$/.test(value)) return 'fractions of seconds'
  if (/^(sha256:)?[0-9a-f]{40,64}$/.test(value)) return value.replace(/[0-9a-f]+$/, '') + value.length
  return value
}

/** The embedded account, with the eight repositories and their images, and a bucket that the build may use. */
async function embeddedAccount(): Promise<BuildFixture> {
  const allow = (Action: string, Resource: string) => ({Effect: 'Allow', Action, Resource})
  const fixture = await buildFixture({
    statements: [
      allow('ecr:PutImage', 'arn:aws:ecr:*:repository/demo-*'),
      allow('s3:*', 'arn:aws:s3:::images'),
      allow('s3:*', 'arn:aws:s3:::images/v1/*'),
    ],
  })
  const {world, region, make} = fixture
  const revision = '0123456789abcdef0123456789abcdef01234567'
  for (const key of scriptKeys) {
    const name = `demo-${key}`
    const repository =
      world.resource(region, 'AWS::ECR::Repository', name) ??
      make('AWS::ECR::Repository', {RepositoryName: name})
    pushImage(world, repository, 'latest', {version: 'v1.0.7', revision})
  }
  world.account.buckets.images = emptyBucket('images', region.name, world.now)
  return fixture
}

async function runInAccount(fixture: BuildFixture, variables: Record<string, string>, whenHalf?: () => void) {
  const {world, region, project} = fixture
  const overrides = Object.entries(variables).map(([name, value]) => ({name, value}))
  const build = startBuild(world, region, project, {overrides, initiator: 'test'})
  while (build.status === 'IN_PROGRESS') {
    await fixture.live(2)
    const written = Object.keys(world.account.buckets.images?.objects ?? {}).length
    if (written > 1 && written < files.length) whenHalf?.()
  }
  return build
}

describe('what the script writes and what the embedded account writes', () => {
  let account: BuildFixture
  let script: ImageBuild
  let unfinished: string | undefined
  const inAccount = (file: string) => {
    const object = account.world.account.buckets.images?.objects[`v1/${file}`]
    return object && bytesOf(object)
  }
  const inBoth = (file: string) => [script.read(`bucket/v1/${file}`), inAccount(file)?.toString('utf8') ?? '']

  beforeAll(async () => {
    account = await embeddedAccount()
    script = new ImageBuild()
    expect((await script.run(export_)).code).toBe(0)
    const build = await runInAccount(account, export_, () => {
      unfinished = inAccount('manifest.json')?.toString('utf8')
    })
    expect(build.status).toBe('SUCCEEDED')
  })
  afterAll(async () => {
    script.remove()
    await account.close()
  })

  test('are the same files', () => {
    expect(Object.keys(account.world.account.buckets.images?.objects ?? {}).sort()).toEqual(
      files.map(file => `v1/${file}`).sort(),
    )
    for (const file of files) expect(script.read(`bucket/v1/${file}`), file).not.toBe('')
  })

  test('are manifests of one form, which mcpgw reads', () => {
    const [ours = '', theirs = ''] = inBoth('manifest.json')
    expect(readManifest(ours)).toMatchObject({complete: true, version: 'v1.0.7'})
    expect(readManifest(theirs)).toMatchObject({complete: true, version: 'v1.0.7'})
    // The images are in the order of the repositories there.
    const sorted = (text: string) => {
      const manifest = JSON.parse(text)
      manifest.images.sort((a: {key: string}, b: {key: string}) => a.key.localeCompare(b.key))
      return shapeOf(manifest)
    }
    expect(sorted(theirs)).toEqual(sorted(ours))
  })

  test('are manifests of one form while the export continues, too', async () => {
    const half = new ImageBuild()
    half.write('half', 'keycloak')
    expect((await half.run(export_)).code).toBe(1)
    const ours = half.read('bucket/v1/manifest.json')
    half.remove()
    expect(readManifest(ours)).toMatchObject({complete: false, version: 'v1.0.7', images: []})
    expect(shapeOf(JSON.parse(unfinished ?? ''))).toEqual(shapeOf(JSON.parse(ours)))
  })

  test('are lists of checksums that mcpgw reads to the last line', () => {
    for (const text of inBoth('SHA256SUMS')) {
      const sums = readChecksums(text)
      expect([...sums.keys()].sort()).toEqual(imageKeys.map(tarballOf).sort())
      expect(text.trim().split('\n')).toHaveLength(sums.size)
    }
  })

  test('can be imported by each other', async () => {
    const other = new ImageBuild()
    for (const file of files) other.write(`bucket/v1/${file}`, inAccount(file) ?? Buffer.alloc(0))
    const imported = await other.run(import_)
    other.remove()
    expect(imported.output).not.toContain('unchecked')
    expect(imported.code).toBe(0)

    const bucket = emptyBucket('images', 'us-west-2', 0)
    for (const file of files)
      bucket.objects[`v1/${file}`] = storedObject(account.world, script.bytes(`bucket/v1/${file}`))
    account.world.account.buckets.images = bucket
    expect((await runInAccount(account, import_)).status).toBe('SUCCEEDED')
  })
})

test('the script knows the images of the eight services', () => {
  const text = readFileSync(new URL('../../cloudformation/functions/images.sh', import.meta.url), 'utf8')
  const keys = Array.from(text.matchAll(/^ {2}'([a-z-]+)\|/gm), ([, key]) => key)
  expect(keys).toEqual(scriptKeys)
  expect([...keys].sort()).toEqual([...imageKeys].sort())
})
