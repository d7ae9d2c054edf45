import {createHash} from 'node:crypto'
import {describe, expect, it} from 'vitest'
import {awsAnswering, type WireAnswer, type WireCall, xml} from './wire.js'

const contents = async (answer: (call: WireCall, index: number) => WireAnswer) => {
  const {aws, calls} = await awsAnswering(answer)
  return {sut: aws.bucketContents, calls}
}

const s3Error = (code: string, status: number): WireAnswer => ({
  ...xml(`<Error><Code>${code}</Code><Message>${code}</Message></Error>`),
  status,
})

const object = (key: string, more = '') =>
  `<Contents><Key>${key}</Key><LastModified>2026-01-02T03:04:05.000Z</LastModified><Size>7</Size>${more}</Contents>`
const page = (body: string) => xml(`<ListBucketResult>${body}</ListBucketResult>`)

describe('region', () => {
  it('is what S3 says, and undefined for a bucket that does not exist', async () => {
    const {sut} = await contents(() => ({headers: {'x-amz-bucket-region': 'eu-west-1'}}))
    expect(await sut.region('images')).toBe('eu-west-1')
    const {sut: absent} = await contents(() => ({status: 404}))
    expect(await absent.region('images')).toBeUndefined()
    const {sut: closed} = await contents(() => ({status: 403}))
    await expect(closed.region('images')).rejects.toMatchObject({code: 'ACCESS_DENIED'})
  })
})

describe('list', () => {
  it('gives the objects of all pages directly under the prefix', async () => {
    const {sut, calls} = await contents((_, index) =>
      index === 0
        ? page(`${object('v1/a')}<NextContinuationToken>more</NextContinuationToken>`)
        : page(object('v1/b')),
    )
    const modifiedAt = Date.UTC(2026, 0, 2, 3, 4, 5)
    expect(await sut.list('images', 'v1/')).toEqual([
      {key: 'v1/a', bytes: 7, modifiedAt, hasSha256: false},
      {key: 'v1/b', bytes: 7, modifiedAt, hasSha256: false},
    ])
    expect(calls.map(({path}) => new URL(`http://x${path}`).searchParams.get('continuation-token'))).toEqual([
      null,
      'more',
    ])
    expect(calls[0]?.path).toMatch(/delimiter=%2F.*prefix=v1%2F/)
  })

  it.each([
    ['', false],
    ['<ChecksumAlgorithm>CRC32</ChecksumAlgorithm><ChecksumType>FULL_OBJECT</ChecksumType>', false],
    ['<ChecksumAlgorithm>SHA256</ChecksumAlgorithm><ChecksumType>COMPOSITE</ChecksumType>', false],
    ['<ChecksumAlgorithm>SHA256</ChecksumAlgorithm><ChecksumType>FULL_OBJECT</ChecksumType>', true],
    ['<ChecksumAlgorithm>SHA256</ChecksumAlgorithm>', true],
  ])('with %j says that there is a SHA-256 of the whole: %s', async (more, hasSha256) => {
    const {sut} = await contents(() => page(object('v1/a', more)))
    expect(await sut.list('images', 'v1/')).toMatchObject([{hasSha256}])
  })

  it('is empty for a bucket that does not exist, and not when it may not be listed', async () => {
    const {sut} = await contents(() => s3Error('NoSuchBucket', 404))
    expect(await sut.list('images', '')).toEqual([])
    const {sut: closed} = await contents(() => s3Error('AccessDenied', 403))
    await expect(closed.list('images', '')).rejects.toMatchObject({code: 'ACCESS_DENIED'})
  })
})

describe('text', () => {
  it('is what the file holds, and undefined where there is none', async () => {
    const {sut} = await contents(() => ({body: 'words'}))
    expect(await sut.text('images', 'v1/manifest.json')).toBe('words')
    const {sut: absent} = await contents(() => s3Error('NoSuchKey', 404))
    expect(await absent.text('images', 'v1/manifest.json')).toBeUndefined()
    const {sut: closed} = await contents(() => s3Error('AccessDenied', 403))
    await expect(closed.text('images', 'v1/manifest.json')).rejects.toMatchObject({code: 'ACCESS_DENIED'})
  })
})

describe('sha256', () => {
  const sum = createHash('sha256').update('words')
  const hex = sum.copy().digest('hex')
  const base64 = sum.copy().digest('base64')

  it('is in hex, of the whole object, and asked for', async () => {
    const {sut, calls} = await contents(() => ({headers: {'x-amz-checksum-sha256': base64}}))
    expect(await sut.sha256('images', 'v1/a')).toBe(hex)
    expect(calls[0]?.headers['x-amz-checksum-mode']).toBe('ENABLED')
  })

  it.each([
    {},
    {'x-amz-checksum-crc32': 'AAAAAA=='},
    {'x-amz-checksum-sha256': base64, 'x-amz-checksum-type': 'COMPOSITE'},
    {'x-amz-checksum-sha256': `${base64}-8`},
  ])('is undefined when S3 answers %j', async headers => {
    const {sut} = await contents(() => ({headers: headers as Record<string, string>}))
    expect(await sut.sha256('images', 'v1/a')).toBeUndefined()
  })
})
