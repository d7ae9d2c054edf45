import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {type ImageManifest, imageKeys, tarballOf} from '../../../src/environment/image-set.js'
import {type FoundSet, judgeSet, type SetFile} from '../../../src/steps/images/judge-set.js'

const version = 'v1.0.7'
const sumOf = (key: string) => Buffer.from(key).toString('hex').padEnd(64, '0')

const manifest: ImageManifest = {
  format: 1,
  complete: true,
  version,
  sourceCommit: '0123456789abcdef',
  architecture: 'linux/amd64',
  exportedAt: '2026-01-02T03:04:05Z',
  images: imageKeys.map(key => ({
    key,
    tarball: tarballOf(key),
    bytes: key.length * 1000,
    sha256: sumOf(key),
    digest: `sha256:${sumOf(key)}`,
    builtAt: '2026-01-02T03:04:05Z',
  })),
}

/** A set as an export leaves it. */
function whole(): {
  files: Map<string, SetFile>
  manifest: FoundSet['manifest']
  checksums: Map<string, string> | undefined
} {
  return {
    files: new Map(imageKeys.map(key => [tarballOf(key), {bytes: key.length * 1000, sha256: sumOf(key)}])),
    manifest,
    checksums: new Map(imageKeys.map(key => [tarballOf(key), sumOf(key)])),
  }
}

const place = {bucket: 'images', prefix: 'v1/'}
const judge = (set: Omit<FoundSet, 'place'>, wanted = version) => judgeSet({place, ...set}, wanted)

type Damage = (set: ReturnType<typeof whole>, key: string) => void
const change = (set: ReturnType<typeof whole>, key: string, file: Partial<SetFile>) => {
  const found = set.files.get(tarballOf(key))
  if (found) set.files.set(tarballOf(key), {...found, ...file})
}

/** What may happen to one tarball, and what is said about it. */
const damages: [string, RegExp, Damage][] = [
  ['missing', /^It is missing\./, (set, key) => set.files.delete(tarballOf(key))],
  ['empty', /^It is empty\./, (set, key) => change(set, key, {bytes: 0})],
  [
    'of another size',
    /^It has 7 bytes, and manifest\.json says \d+000\./,
    (set, key) => change(set, key, {bytes: 7}),
  ],
  [
    'of another content',
    /^Its content is not what was exported\./,
    (set, key) => change(set, key, {sha256: 'f'.repeat(64)}),
  ],
  [
    'not in the manifest',
    /^manifest\.json does not name it\./,
    (set, key) => {
      const {images} = set.manifest as ImageManifest
      set.manifest = {...manifest, images: images.filter(image => image.key !== key)}
    },
  ],
  [
    'not in SHA256SUMS',
    /^SHA256SUMS does not name it, so that an import refuses it\./,
    (set, key) => set.checksums?.delete(tarballOf(key)),
  ],
  [
    'another one in SHA256SUMS',
    /^SHA256SUMS and manifest\.json disagree about it/,
    (set, key) => set.checksums?.set(tarballOf(key), 'f'.repeat(64)),
  ],
]

describe('a set as it was exported', () => {
  test('is good, complete, and of its version', () => {
    expect(judge(whole())).toMatchObject({
      ...place,
      ok: true,
      complete: true,
      version,
      expectedVersion: version,
      sourceCommit: '0123456789abcdef',
      exportedAt: '2026-01-02T03:04:05Z',
      reason: null,
    })
    expect(judge(whole()).images.map(({checkedBy, ok}) => [checkedBy, ok])).toEqual(
      imageKeys.map(() => ['sha256', true]),
    )
  })

  test('is good by its sizes where S3 keeps no checksum of whole objects, as after a copy', () => {
    const set = whole()
    for (const key of imageKeys) change(set, key, {sha256: undefined})
    expect(judge(set)).toMatchObject({ok: true, images: imageKeys.map(() => ({checkedBy: 'size'}))})
  })

  test.each(damages)('is not complete with a tarball that is %s', (_, reason, damage) => {
    fc.assert(
      fc.property(fc.subarray([...imageKeys], {minLength: 1}), keys => {
        const set = whole()
        for (const key of keys) damage(set, key)
        const result = judge(set)
        expect(result).toMatchObject({ok: false, complete: false})
        expect(
          result.images
            .filter(({ok}) => !ok)
            .map(({name}) => name)
            .sort(),
        ).toEqual([...keys].sort())
        for (const {ok, reason: said} of result.images) {
          if (!ok) expect(said).toMatch(reason)
          else expect(said).toBeNull()
        }
      }),
      {numRuns: 20},
    )
  })

  test('is complete and not good when it is of another version than wanted', () => {
    expect(judge(whole(), 'v1.0.8')).toMatchObject({
      ok: false,
      complete: true,
      version,
      expectedVersion: 'v1.0.8',
      reason: 'Its images are version v1.0.7, and v1.0.8 is wanted.',
    })
  })

  test.each([
    [{...manifest, complete: false, images: []}, false, /^Its export is in progress or was interrupted\./],
    [{...manifest, architecture: 'linux/arm64'}, true, /^Its images are for linux\/arm64/],
    ['it is not a JSON object', false, /^manifest\.json cannot be read: it is not a JSON object\./],
  ])('is not good with the manifest %j', (broken, complete, reason) => {
    expect(judge({...whole(), manifest: broken})).toMatchObject({
      ok: false,
      complete,
      reason: expect.stringMatching(reason),
    })
  })

  test('is not good without SHA256SUMS, which an import checks it by', () => {
    const result = judge({...whole(), checksums: undefined})
    expect(result).toMatchObject({
      ok: false,
      complete: true,
      reason: expect.stringContaining('SHA256SUMS is missing'),
    })
  })
})

describe('a set without a manifest', () => {
  test('is complete by the names of its files, and nobody knows its version', () => {
    const set = {...whole(), manifest: undefined, checksums: undefined}
    expect(judge(set)).toMatchObject({
      ok: true,
      complete: true,
      version: null,
      exportedAt: null,
      reason: null,
    })
    expect(judge(set).images.map(({checkedBy}) => checkedBy)).toEqual(imageKeys.map(() => 'name'))
  })

  test('is held to SHA256SUMS when that is there', () => {
    const set = {...whole(), manifest: undefined}
    expect(judge(set)).toMatchObject({ok: true, images: imageKeys.map(() => ({checkedBy: 'sha256'}))})
    change(set, 'mcpgw', {sha256: 'f'.repeat(64)})
    expect(judge(set).images.filter(({ok}) => !ok)).toMatchObject([{name: 'mcpgw'}])
  })

  test('is not complete when a file is missing', () => {
    const set = {...whole(), manifest: undefined, checksums: undefined}
    set.files.delete(tarballOf('keycloak'))
    expect(judge(set)).toMatchObject({ok: false, complete: false})
  })

  test('is nothing when there is nothing', () => {
    const result = judge({files: new Map(), manifest: undefined, checksums: undefined})
    expect(result).toMatchObject({ok: false, complete: false, version: null})
    expect(result.images.every(({bytes}) => bytes === null)).toBe(true)
  })
})
