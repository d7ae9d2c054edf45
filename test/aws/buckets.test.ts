import {describe, expect, it} from 'vitest'
import {awsAnswering, identity, type WireAnswer, type WireCall, xml} from './wire.js'

const s3Error = (code: string, status: number): WireAnswer => ({
  ...xml(`<Error><Code>${code}</Code><Message>${code}</Message></Error>`),
  status,
})

/** S3 answers; STS is asked once for the account. */
const buckets = async (answer: (call: WireCall, index: number) => WireAnswer, region?: string) => {
  const {aws, calls} = await awsAnswering(
    call => (call.operation === 'GetCallerIdentity' ? identity : answer(call, s3Calls(calls).length - 1)),
    region,
  )
  return {buckets: aws.buckets, s3: () => s3Calls(calls)}
}

const s3Calls = (calls: WireCall[]) => calls.filter(({operation}) => operation === '')

describe('exists', () => {
  it.each([
    [200, 'ours'],
    [404, 'absent'],
    [403, 'other-account'],
  ])('answers HTTP %i with "%s"', async (status, expected) => {
    const {buckets: sut, s3} = await buckets(() => ({status}))
    expect(await sut.exists('name')).toBe(expected)
    expect(s3()[0]?.headers['x-amz-expected-bucket-owner']).toBe('123456789012')
  })

  it('tells why by a GET where HEAD, which has no body, is refused for another reason', async () => {
    const {buckets: sut, s3} = await buckets(({method}) =>
      method === 'HEAD' ? {status: 400} : s3Error('ExpiredToken', 400),
    )
    await expect(sut.exists('name')).rejects.toMatchObject({code: 'CREDENTIALS_EXPIRED'})
    expect(s3().map(({method}) => method)).toEqual(['HEAD', 'GET'])
  })

  it('throws what says nothing about the bucket', async () => {
    const {buckets: sut} = await buckets(() => ({status: 400}))
    await expect(sut.exists('name')).rejects.toMatchObject({code: 'AWS_ERROR'})
  })
})

describe('create', () => {
  it('makes a private, encrypted, tagged bucket that is read through TLS only', async () => {
    const {buckets: sut, s3} = await buckets(() => ({}))
    await sut.create('name', 'eu-west-1', {'mcpgw:environment': 'demo'})
    expect(s3().map(({method, path}) => `${method} ${path}`)).toEqual([
      'PUT /name/',
      'PUT /name/?tagging=',
      'PUT /name/?publicAccessBlock=',
      'PUT /name/?encryption=',
      'PUT /name/?policy=',
    ])
    expect(s3()[0]?.body).toContain('<LocationConstraint>eu-west-1</LocationConstraint>')
    expect(s3()[4]?.body).toContain('"aws:SecureTransport":"false"')
    expect(s3()[1]?.body).toContain('<Key>mcpgw:environment</Key><Value>demo</Value>')
  })

  it('tells whether it came to its end', async () => {
    const policy = {...xml('{"Statement":[]}'), status: 200}
    expect(await (await buckets(() => policy)).buckets.isProtected('name')).toBe(true)
    const {buckets: open} = await buckets(() => s3Error('NoSuchBucketPolicy', 404))
    expect(await open.isProtected('name')).toBe(false)
  })

  it('does not name the region us-east-1', async () => {
    const {buckets: sut, s3} = await buckets(() => ({}), 'us-east-1')
    await sut.create('name', 'us-east-1', {})
    expect(s3()[0]?.body).toBe('')
  })

  it('adopts a bucket that is ours already', async () => {
    const {buckets: sut, s3} = await buckets((_call, index) =>
      index === 0 ? s3Error('BucketAlreadyOwnedByYou', 409) : {},
    )
    await sut.create('name', 'eu-west-1', {})
    expect(s3()).toHaveLength(5)
  })

  it("says that a stranger's bucket has the name", async () => {
    const {buckets: sut} = await buckets(() => s3Error('BucketAlreadyExists', 409))
    await expect(sut.create('name', 'eu-west-1', {})).rejects.toMatchObject({
      code: 'BUCKET_TAKEN',
      hint: expect.stringContaining('--template-bucket'),
    })
  })
})

it('puts an object with its type, and finds it or not', async () => {
  const {buckets: sut, s3} = await buckets(({method, path}) =>
    method === 'HEAD' && path.endsWith('absent') ? {status: 404} : {},
  )
  await sut.put('name', 'a/main.yaml', 'text', 'application/yaml')
  expect(s3()[0]).toMatchObject({method: 'PUT', path: '/name/a/main.yaml?x-id=PutObject'})
  expect(s3()[0]?.headers['content-type']).toBe('application/yaml')
  expect(await sut.has('name', 'present')).toBe(true)
  expect(await sut.has('name', 'absent')).toBe(false)
})

it('reads tags; a bucket without any has none', async () => {
  const {buckets: sut} = await buckets((_call, index) =>
    index === 0
      ? xml('<Tagging><TagSet><Tag><Key>a</Key><Value>b</Value></Tag></TagSet></Tagging>')
      : s3Error('NoSuchTagSet', 404),
  )
  expect(await sut.tags('name')).toEqual({a: 'b'})
  expect(await sut.tags('name')).toEqual({})
})

describe('empty', () => {
  const versions = (count: number) =>
    xml(
      `<ListVersionsResult>${'<Version><Key>k</Key><VersionId>v</VersionId></Version>'.repeat(count)}<DeleteMarker><Key>d</Key><VersionId>m</VersionId></DeleteMarker></ListVersionsResult>`,
    )
  const nothing = xml('<ListVersionsResult></ListVersionsResult>')

  it('removes versions and delete markers until nothing is listed', async () => {
    let pages = 0
    const {buckets: sut, s3} = await buckets(({method}) => {
      if (method === 'POST') return xml('<DeleteResult/>')
      pages++
      return pages <= 2 ? versions(2) : nothing
    })
    expect(await sut.empty('name', 'prefix/')).toBe(6)
    expect(s3().map(({method}) => method)).toEqual(['GET', 'POST', 'GET', 'POST', 'GET'])
    expect(s3()[0]?.path).toContain('prefix=prefix%2F')
    expect(s3()[1]?.body).toContain('<Key>d</Key><VersionId>m</VersionId>')
  })

  it('fails when an object cannot be deleted, instead of trying for ever', async () => {
    const {buckets: sut} = await buckets(({method}) =>
      method === 'POST'
        ? xml('<DeleteResult><Error><Key>k</Key><Code>AccessDenied</Code></Error></DeleteResult>')
        : versions(1),
    )
    await expect(sut.empty('name')).rejects.toMatchObject({
      code: 'BUCKET_NOT_EMPTIED',
      message: '1 of 2 objects in the bucket name could not be deleted, first k: AccessDenied',
    })
  })

  it('finds a missing bucket empty, and deletes it without complaint', async () => {
    const {buckets: sut} = await buckets(() => s3Error('NoSuchBucket', 404))
    expect(await sut.empty('name')).toBe(0)
    await expect(sut.delete('name')).resolves.toBeUndefined()
  })
})

it('fails to delete a bucket that holds something', async () => {
  const {buckets: sut} = await buckets(() => s3Error('BucketNotEmpty', 409))
  await expect(sut.delete('name')).rejects.toMatchObject({code: 'AWS_ERROR'})
})
