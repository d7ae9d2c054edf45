import {createHash} from 'node:crypto'
import {afterEach, describe, expect, it} from 'vitest'
import {readChecksums, readManifest} from '../../../../src/environment/image-set.js'
import {codeBuildOperations} from '../../../../src/rehearsal/services/codebuild/operations.js'
import {imagesOf, pushImage} from '../../../../src/rehearsal/services/ecr/images.js'
import {emptyBucket} from '../../../../src/rehearsal/services/s3/buckets.js'
import {bytesOf, storedObject} from '../../../../src/rehearsal/services/s3/object-store.js'
import {call, secondsUntil} from '../ecs/fixtures.js'
import {type BuildFixture, buildFixture} from './build-account.js'

const projectName = 'demo-container-build'
const tarball = (key: string) => `v1/mcp-gateway-${key}.tar.gz`
const allow = (Action: string, Resource: string) => ({Effect: 'Allow', Action, Resource})
const mayRead = [
  allow('s3:ListBucket', 'arn:aws:s3:::images'),
  allow('s3:GetObject', 'arn:aws:s3:::images/v1/*'),
]
const mayWrite = [allow('s3:PutObject', 'arn:aws:s3:::images/v1/*')]

let open: BuildFixture | undefined
afterEach(async () => {
  await open?.close()
  open = undefined
})

/** A project with images in its repositories, and a bucket. */
async function account(options: Parameters<typeof buildFixture>[0]) {
  const context = await buildFixture(options)
  open = context
  const {world, region} = context
  world.account.buckets.images = emptyBucket('images', region.name, 0)
  const codebuild = codeBuildOperations(world)
  const objects = world.account.buckets.images?.objects ?? {}
  return {
    ...context,
    objects,
    text: (key: string) => {
      const object = objects[key]
      return object === undefined ? undefined : bytesOf(object).toString('utf8')
    },
    write: (key: string, text: string) => {
      objects[key] = storedObject(world, Buffer.from(text))
    },
    repository: (name: string) => {
      const found = world.resource(region, 'AWS::ECR::Repository', `demo-${name}`)
      if (!found) throw new Error(`no ${name}`)
      return found
    },
    /** Runs a build to its end. */
    run: async (variables: Record<string, string> = {}) => {
      const overrides = Object.entries(variables).map(([name, value]) => ({name, value}))
      const started = await codebuild.StartBuild?.(
        {projectName, environmentVariablesOverride: overrides},
        call,
      )
      const id = started?.build?.id ?? ''
      let seconds = 0
      // The end of the build before wakes a function, for which time stands still.
      for (; region.builds[id]?.status === 'IN_PROGRESS'; seconds += 1) await context.live(1)
      const described = await codebuild.BatchGetBuilds?.({ids: [id]}, call)
      const [build] = described?.builds ?? []
      const [, stream] = id.split(':')
      const streams = world.resource(region, 'AWS::Logs::LogGroup', `/aws/codebuild/${projectName}`)?.data
        .streams
      return {build, seconds, log: JSON.stringify((streams as any)?.[stream ?? ''] ?? streams)}
    },
  }
}

describe('an import', () => {
  const environment = {CONTAINER_IMAGES_BUCKET: 'images', CONTAINER_IMAGES_PREFIX: 'v1/'}

  it('takes about three minutes and pushes what the tarballs hold', async () => {
    const {write, run, repository} = await account({
      environment: {...environment, IMAGE_SET: 'set-42'},
      statements: mayRead,
    })
    write(tarball('registry'), 'made elsewhere')
    write(tarball('keycloak'), 'made elsewhere')
    const {build, seconds, log} = await run()
    expect(build?.buildStatus).toBe('SUCCEEDED')
    expect(seconds).toBeGreaterThan(150)
    expect(seconds).toBeLessThan(210)
    expect(log).toContain('the tarballs are taken unchecked')
    expect(imagesOf(repository('registry'))).toMatchObject([{tags: ['set-42', 'latest']}])
  })

  it('pushes nothing and names the tarballs that are missing', async () => {
    const {write, run, repository} = await account({environment, statements: mayRead})
    write(tarball('registry'), '')
    const {build} = await run()
    expect(build).toMatchObject({
      buildStatus: 'FAILED',
      exportedEnvironmentVariables: [{name: 'FAILED_IMAGES', value: 'keycloak'}],
    })
    expect(build?.phases?.find(({phaseType}) => phaseType === 'BUILD')).toMatchObject({
      phaseStatus: 'FAILED',
      contexts: [
        {
          statusCode: 'COMMAND_EXECUTION_ERROR',
          message: 'Error while executing command: bash /tmp/build-images.sh. Reason: exit status 1',
        },
      ],
    })
    expect(imagesOf(repository('registry'))).toEqual([])
  })

  it('refuses a tarball that is not the one in SHA256SUMS', async () => {
    const {write, run, repository} = await account({environment, statements: mayRead})
    const sum = createHash('sha256').update('whole').digest('hex')
    for (const key of ['registry', 'keycloak']) write(tarball(key), key === 'registry' ? 'whole' : 'damaged')
    write(
      'v1/SHA256SUMS',
      ['registry', 'keycloak'].map(key => `${sum}  mcp-gateway-${key}.tar.gz\n`).join(''),
    )
    const {build, log} = await run()
    expect(build?.exportedEnvironmentVariables).toEqual([{name: 'FAILED_IMAGES', value: 'keycloak'}])
    expect(log).toContain('s3://images/v1/mcp-gateway-keycloak.tar.gz does not match SHA256SUMS')
    // Together with what is there already the other one would be no set.
    expect(imagesOf(repository('registry'))).toEqual([])
  })

  it.each([
    ['list', [mayRead[1]], 'ListObjectsV2'],
    ['read', [mayRead[0]], 'GetObject'],
    [
      'read another prefix only',
      [mayRead[0], allow('s3:GetObject', 'arn:aws:s3:::images/v2/*')],
      'GetObject',
    ],
  ])('fails when its role may not %s', async (_, statements, operation) => {
    const {write, run} = await account({environment, statements: statements.flatMap(one => one ?? [])})
    for (const key of ['registry', 'keycloak']) write(tarball(key), '')
    const {build, log} = await run()
    expect(build?.buildStatus).toBe('FAILED')
    expect(log).toContain(`An error occurred (AccessDenied) when calling the ${operation} operation`)
  })
})

describe('an export', () => {
  const to = {EXPORT_BUCKET: 'images', EXPORT_PREFIX: 'v1/'}
  const environment = {UPSTREAM_VERSION: 'v1.0.7'}

  it('takes three to four minutes and writes a set that an import takes', async () => {
    const {run, text, objects, repository} = await account({
      environment,
      statements: [...mayWrite, ...mayRead],
    })
    await run()
    const images = imagesOf(repository('keycloak')).length
    const {build, seconds, log} = await run(to)
    expect(build?.buildStatus).toBe('SUCCEEDED')
    expect(log).toContain('Exporting to s3://images/v1/')
    expect(seconds).toBeGreaterThan(175)
    expect(seconds).toBeLessThan(245)
    expect(imagesOf(repository('keycloak'))).toHaveLength(images)

    const sums = readChecksums(text('v1/SHA256SUMS') ?? '')
    const manifest = readManifest(text('v1/manifest.json') ?? '')
    expect(manifest).toMatchObject({
      complete: true,
      version: 'v1.0.7',
      sourceCommit: expect.stringMatching(/^[0-9a-f]{40}$/),
    })
    for (const {key, sha256, bytes, digest} of typeof manifest === 'object' ? manifest.images : []) {
      const object = objects[tarball(key)]
      expect(
        createHash('sha256')
          .update(object ? bytesOf(object) : '')
          .digest('hex'),
      ).toBe(sha256)
      expect(sums.get(`mcp-gateway-${key}.tar.gz`)).toBe(sha256)
      expect(object).toMatchObject({size: bytes, checksum: 'SHA256'})
      expect(imagesOf(repository(key)).map(image => image.digest)).toContain(digest)
    }

    const imported = await run({CONTAINER_IMAGES_BUCKET: 'images', CONTAINER_IMAGES_PREFIX: 'v1/'})
    expect(imported.build?.buildStatus).toBe('SUCCEEDED')
    expect(imported.log).not.toContain('unchecked')
    // What the images say of themselves has come along.
    expect(imagesOf(repository('registry')).at(-1)?.origin?.version).toBe('v1.0.7')
  })

  it('says that it is not complete while it continues, and writes one image after another', async () => {
    const {text, objects, codebuild, ...base} = await accountWithImages()
    await codebuild.StartBuild?.({projectName, environmentVariablesOverride: variablesOf(to)}, call)
    const seen = new Set<number>()
    secondsUntil(base, () => {
      const written = Object.keys(objects).filter(key => key.endsWith('.tar.gz')).length
      seen.add(written)
      if (written === 1)
        expect(JSON.parse(text('v1/manifest.json') ?? '')).toMatchObject({complete: false, images: []})
      return Object.values(base.region.builds).every(({status}) => status !== 'IN_PROGRESS')
    })
    expect([...seen]).toEqual([0, 1, 2])
  })

  it('leaves half a set that says so when it is stopped', async () => {
    const {text, objects, codebuild, ...base} = await accountWithImages()
    await codebuild.StartBuild?.({projectName, environmentVariablesOverride: variablesOf(to)}, call)
    secondsUntil(base, () => Object.keys(objects).some(key => key.endsWith('.tar.gz')))
    const [id = ''] = Object.keys(base.region.builds)
    await codebuild.StopBuild?.({id}, call)
    base.pass(600)
    expect(Object.keys(objects).sort()).toHaveLength(2)
    expect(JSON.parse(text('v1/manifest.json') ?? '').complete).toBe(false)
  })

  it('fails at once when its role may not write, and names what S3 says', async () => {
    const {run, objects} = await account({environment, statements: []})
    await run()
    const {build, log} = await run(to)
    expect(build?.buildStatus).toBe('FAILED')
    expect(log).toContain('An error occurred (AccessDenied) when calling the PutObject operation')
    expect(log).toContain('Not written: s3://images/v1/manifest.json')
    expect(objects).toEqual({})
  })

  it('names the image whose tarball may not be written', async () => {
    const statements = [
      ...mayWrite,
      {
        Effect: 'Deny',
        Action: 's3:PutObject',
        Resource: 'arn:aws:s3:::images/v1/mcp-gateway-keycloak.tar.gz',
      },
    ]
    const {run, text} = await account({environment, statements})
    await run()
    const {build} = await run(to)
    expect(build?.exportedEnvironmentVariables).toEqual([{name: 'FAILED_IMAGES', value: 'keycloak'}])
    expect(JSON.parse(text('v1/manifest.json') ?? '').complete).toBe(false)
  })

  it('writes nothing when an image is not there, or is of another build than the rest', async () => {
    const {run, objects, repository, world} = await account({environment, statements: mayWrite})
    pushImage(world, repository('registry'), 'latest', {version: 'v1', revision: 'ab'})
    const missing = await run(to)
    expect(missing.build?.exportedEnvironmentVariables).toEqual([{name: 'FAILED_IMAGES', value: 'keycloak'}])
    pushImage(world, repository('keycloak'), 'latest', {version: 'v2', revision: 'ab'})
    const other = await run(to)
    expect(other.build?.exportedEnvironmentVariables).toEqual([{name: 'FAILED_IMAGES', value: 'keycloak'}])
    expect(other.log).toContain('Image keycloak is version and commit: v2 ab')
    expect(objects).toEqual({})
  })

  it('answers no stack, because none waits for it', async () => {
    const {codebuild, puts, live} = await accountWithImages()
    await codebuild.StartBuild?.({projectName, environmentVariablesOverride: variablesOf(to)}, call)
    await live(300)
    expect(puts).toEqual([])
  })

  async function accountWithImages() {
    const made = await account({environment, statements: mayWrite})
    const origin = {version: 'v1.0.7', revision: 'ab'}
    for (const key of ['registry', 'keycloak']) pushImage(made.world, made.repository(key), 'latest', origin)
    return {...made, codebuild: codeBuildOperations(made.world)}
  }
})

function variablesOf(values: Record<string, string>) {
  return Object.entries(values).map(([name, value]) => ({name, value}))
}
