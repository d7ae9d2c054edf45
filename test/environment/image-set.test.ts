import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {
  exportPlace,
  exportVariables,
  type ImageManifest,
  readChecksums,
  readManifest,
} from '../../src/environment/image-set.js'

const manifest: ImageManifest = {
  format: 1,
  complete: true,
  version: 'v1.0.7',
  sourceCommit: null,
  architecture: 'linux/amd64',
  exportedAt: '2026-01-02T03:04:05Z',
  images: [
    {
      key: 'registry',
      tarball: 'mcp-gateway-registry.tar.gz',
      bytes: 1,
      sha256: 'a'.repeat(64),
      digest: `sha256:${'b'.repeat(64)}`,
      builtAt: '2026-01-02T03:04:05.678901234Z',
    },
  ],
}

describe('a manifest', () => {
  test('is read as it was written; what was added to it later does no harm', () => {
    expect(readManifest(JSON.stringify(manifest))).toEqual(manifest)
    const {format, ...rest} = manifest
    expect(readManifest(JSON.stringify({...rest, format, added: 'later'}))).toEqual(manifest)
  })

  test('tells what is in an image when it says so, and is none when it says so in another way', () => {
    const withContent = (content: object) =>
      readManifest(
        JSON.stringify({...manifest, images: manifest.images.map(image => ({...image, ...content}))}),
      )
    const content = {base: 'python@sha256:00', packages: ['mcp==1.23.3'], models: {'model.safetensors': '00'}}
    expect(withContent(content)).toMatchObject({images: [content]})
    for (const broken of [{base: 1}, {packages: 'mcp'}, {packages: [1]}, {models: []}, {models: {a: 1}}])
      expect(withContent(broken), JSON.stringify(broken)).toBe('a member is missing or of the wrong type')
  })

  test.each([
    ['', 'it is not a JSON object'],
    ['{"format": 1', 'it is not a JSON object'],
    ['[]', 'it is not a JSON object'],
    ['null', 'it is not a JSON object'],
    ['{"format": 2}', 'its format is 2, and this mcpgw knows format 1'],
    ['{}', 'its format is undefined, and this mcpgw knows format 1'],
  ])('is none when it is %j', (text, why) => {
    expect(readManifest(text)).toBe(why)
  })

  test('is none without any of its members, or with one of another kind', () => {
    const withoutOne = (value: object) => {
      const names = Object.keys(value)
      return names.flatMap(name => [
        Object.fromEntries(Object.entries(value).filter(([other]) => other !== name)),
        {...value, [name]: {}},
      ])
    }
    const [image = {}] = manifest.images
    const broken = [
      ...withoutOne(manifest).filter(({format}) => format === 1),
      ...withoutOne(image).map(one => ({...manifest, images: [one]})),
      {...manifest, images: [null]},
    ]
    expect(broken.length).toBeGreaterThan(20)
    for (const value of broken)
      expect(readManifest(JSON.stringify(value))).toBe('a member is missing or of the wrong type')
  })

  test('never makes the reader throw', () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), text => void readManifest(text)))
  })
})

describe('a list of checksums', () => {
  const sum = fc.stringMatching(/^[0-9a-f]{64}$/)
  const name = fc.stringMatching(/^[A-Za-z0-9._-]{1,20}$/)

  test('is read as sha256sum writes it, for text and for binary files, with either end of line', () => {
    fc.assert(
      fc.property(
        fc.dictionary(name, sum),
        fc.constantFrom(' ', '*'),
        fc.constantFrom('\n', '\r\n'),
        (sums, mark, end) => {
          const text = Object.entries(sums)
            .map(([file, hex]) => `${hex} ${mark}${file}${end}`)
            .join('')
          expect(Object.fromEntries(readChecksums(text))).toEqual({...sums})
        },
      ),
    )
  })

  test('leaves out what is no checksum', () => {
    expect([...readChecksums(`# comment\n${'a'.repeat(63)}  short\n${'A'.repeat(64)}  capital\n`)]).toEqual(
      [],
    )
  })
})

test('the variables of an export say where it goes, and those of another build say nothing', () => {
  const place = {bucket: 'images', prefix: 'v1/'}
  expect(exportPlace(exportVariables(place))).toEqual(place)
  expect(exportPlace({EXPORT_BUCKET: '', EXPORT_PREFIX: ''})).toBeUndefined()
  expect(exportPlace({CONTAINER_IMAGES_BUCKET: 'images'})).toBeUndefined()
})
