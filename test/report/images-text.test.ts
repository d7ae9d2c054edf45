import {describe, expect, test} from 'vitest'
import {imageKeys, tarballOf} from '../../src/environment/image-set.js'
import {imageSetText, imagesExportText} from '../../src/report/images-text.js'
import {formatBytes} from '../../src/report/words.js'
import type {ImageSetResult, ImagesExportResult} from '../../src/results.js'

const plain = {
  red: (text: string) => text,
  green: (text: string) => text,
  yellow: (text: string) => text,
  dim: (text: string) => text,
  bold: (text: string) => text,
}

const set: ImageSetResult = {
  bucket: 'images',
  prefix: 'v1/',
  ok: true,
  complete: true,
  version: 'v1.0.7',
  expectedVersion: 'v1.0.7',
  sourceCommit: '0123456789abcdef',
  exportedAt: '2026-01-02T03:04:05Z',
  images: imageKeys.map(key => ({
    name: key,
    tarball: tarballOf(key),
    bytes: 412_345_678,
    checkedBy: 'sha256',
    ok: true,
    reason: null,
  })),
  reason: null,
}

describe('a set of images', () => {
  test('is shown with what each image was checked by, and for which version it is', () => {
    const lines = imageSetText(set, plain).split('\n')
    expect(lines[0]).toMatch(/^IMAGE +SIZE +CHECKED BY +TARBALL$/)
    expect(lines[1]).toMatch(/^auth-server +412 MB +checksum, by S3 +ok +mcp-gateway-auth-server\.tar\.gz$/)
    expect(lines.at(-1)).toBe(
      `✔ s3://images/v1/ holds all ${imageKeys.length} images of version v1.0.7, commit 0123456789ab, exported 2026-01-02T03:04:05Z.`,
    )
  })

  test('of which nobody knows the version says so', () => {
    expect(imageSetText({...set, version: null, sourceCommit: null, exportedAt: null}, plain)).toContain(
      `✔ s3://images/v1/ holds all ${imageKeys.length} images; nothing in the set says of which version.`,
    )
  })

  test('that is not good says what is wrong with which image, and with the whole', () => {
    const [first, ...rest] = set.images
    const missing = {
      ...first,
      bytes: null,
      ok: false,
      reason: 'It is missing.',
    } as (typeof set.images)[number]
    const text = imageSetText({...set, ok: false, complete: false, images: [missing, ...rest]}, plain)
    expect(text).toMatch(/^auth-server +- +- +WRONG/m)
    expect(text).toContain('✖ auth-server: It is missing.')
    expect(text).toContain(
      `✖ s3://images/v1/ is not complete: 1 of ${imageKeys.length} images are missing or wrong.`,
    )
    const other = imageSetText({...set, ok: false, reason: 'Its images are version v1.0.6.'}, plain)
    expect(other).toContain('✖ The set: Its images are version v1.0.6.')
    expect(other).toContain('✖ s3://images/v1/ is not to be used as it is.')
  })
})

describe('an export', () => {
  const result: ImagesExportResult = {
    environment: 'demo',
    account: '123456789012',
    region: 'us-west-2',
    operation: 'export',
    build: {id: 'demo:1', status: 'SUCCEEDED', durationSeconds: 220},
    set,
    durationSeconds: 300,
    apiCalls: {'s3:GetObject': 2, 's3:ListObjectsV2': 26},
  }
  const options = {
    paint: plain,
    verbose: false,
    clock: {},
    commandLine: (command: string) => `mcpgw ${command}`,
  }

  test('ends with the command that imports what it wrote', () => {
    const text = imagesExportText(result, options)
    expect(text.split('\n')[0]).toBe('The images of demo were exported (5m00s, the build alone 3m40s).')
    expect(text).toMatch(/NEXT\nImport them {2}mcpgw deploy --images s3:\/\/images\/v1\/$/)
  })

  test('says when it only followed, or had nothing to do, and which calls it made when asked', () => {
    expect(imagesExportText({...result, operation: 'attached'}, options)).toContain(
      'were exported, by an export that ran already',
    )
    expect(imagesExportText({...result, operation: 'none', build: null}, options)).toContain(
      'had been exported there already: nothing had to be done (5m00s).',
    )
    expect(imagesExportText(result, {...options, verbose: true})).toMatch(
      /AWS CALLS\n {3}26 {2}s3:ListObjectsV2\n {4}2 {2}s3:GetObject$/,
    )
  })
})

test.each([
  [0, '0 bytes'],
  [999, '999 bytes'],
  [1_000, '1 kB'],
  [999_499, '999 kB'],
  [1_000_000, '1 MB'],
  [9_876_543_210, '9877 MB'],
  [12_345_678_901, '12 GB'],
])('%i bytes are %s', (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text)
})
