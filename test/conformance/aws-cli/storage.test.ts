import {createHash, randomBytes} from 'node:crypto'
import {mkdirSync, readFileSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {afterAll, beforeAll, describe, expect, inject, test} from 'vitest'
import {aws, awsError, awsText} from '../clients.js'

const {document, folder} = inject('deployed')

describe('the template bucket', () => {
  const bucket = `mcpgw-${document.environment}-${document.account}-${document.region}`
  const setting = (operation: string) => aws('s3api', operation, '--bucket', bucket)

  test('is listed, and holds the five templates and nothing else', async () => {
    const [buckets, objects] = await Promise.all([
      awsText('s3', 'ls'),
      awsText('s3', 'ls', `s3://${bucket}`, '--recursive'),
    ])
    expect(buckets).toContain(` ${bucket}\n`)
    const names = objects
      .trim()
      .split('\n')
      .map(line => line.split('/').at(-1))
    expect(names.sort()).toEqual(
      ['compute', 'data', 'main', 'network', 'services'].map(name => `${name}-stack.yaml`),
    )
  })

  test('is in the region, closed to the public, encrypted, for TLS only, and tagged', async () => {
    const [location, access, encryption, policy, tagging] = await Promise.all([
      setting('get-bucket-location'),
      setting('get-public-access-block'),
      setting('get-bucket-encryption'),
      setting('get-bucket-policy'),
      setting('get-bucket-tagging'),
    ])
    expect(location).toEqual({LocationConstraint: document.region})
    expect(access.PublicAccessBlockConfiguration).toEqual({
      BlockPublicAcls: true,
      IgnorePublicAcls: true,
      BlockPublicPolicy: true,
      RestrictPublicBuckets: true,
    })
    expect(encryption.ServerSideEncryptionConfiguration.Rules[0]).toMatchObject({
      ApplyServerSideEncryptionByDefault: {SSEAlgorithm: 'AES256'},
    })
    expect(JSON.parse(policy.Policy).Statement).toMatchObject([
      {
        Effect: 'Deny',
        Principal: '*',
        Action: 's3:*',
        Resource: [`arn:aws:s3:::${bucket}`, `arn:aws:s3:::${bucket}/*`],
        Condition: {Bool: {'aws:SecureTransport': 'false'}},
      },
    ])
    expect(tagging.TagSet).toContainEqual({Key: 'mcpgw:environment', Value: document.environment})
  })
})

describe('a bucket made with the AWS CLI', () => {
  const bucket = 'conformance-of-the-aws-cli'
  const local = (name: string) => join(folder, 'storage', name)
  beforeAll(async () => {
    mkdirSync(local(''))
    await awsText('s3', 'mb', `s3://${bucket}`)
  })
  afterAll(async () => {
    await awsText('s3', 'rb', `s3://${bucket}`, '--force')
    expect((await awsError('s3api', 'head-bucket', '--bucket', bucket)).code).toBe('404')
  })

  // Above 8 MiB the AWS CLI uploads and downloads in parts.
  test.each([
    ['small', 1000, /^"[0-9a-f]{32}"$/],
    ['big', 9 * 1024 * 1024 + 1, /^"[0-9a-f]{32}-2"$/],
  ])('gives a %s file back byte for byte', async (name, size, etag) => {
    const bytes = randomBytes(size)
    writeFileSync(local(name), bytes)
    const key = `with space/${name} ü`
    await awsText('s3', 'cp', local(name), `s3://${bucket}/${key}`, '--no-progress')
    const [head] = await Promise.all([
      aws('s3api', 'head-object', '--bucket', bucket, '--key', key),
      awsText('s3', 'cp', `s3://${bucket}/${key}`, local(`${name}-back`), '--no-progress'),
    ])
    expect(head).toMatchObject({ContentLength: size, ETag: expect.stringMatching(etag)})
    expect(readFileSync(local(`${name}-back`)).equals(bytes)).toBe(true)
  })

  test('keeps the SHA-256 that it was told to the bytes, and refuses another', async () => {
    writeFileSync(local('told'), 'told')
    const put = (sum: string) => [
      ...['s3api', 'put-object', '--bucket', bucket, '--key', 'told', '--body', local('told')],
      ...['--checksum-sha256', createHash('sha256').update(sum).digest('base64')],
    ]
    expect((await awsError(...put('something else'))).code).toBe('BadDigest')
    expect(await aws(...put('told'))).toMatchObject({ETag: expect.any(String)})
  })

  test('answers what the scripts of the image build ask: one listing, and a checksum of the whole object', async () => {
    const sum = createHash('sha256').update('image').digest('base64')
    writeFileSync(local('image'), 'image')
    const put = [
      '--body',
      local('image'),
      '--content-type',
      'application/gzip',
      '--checksum-algorithm',
      'SHA256',
    ]
    const keys = ['v1/image.tar.gz', 'v1/below/image.tar.gz', 'v10/image.tar.gz']
    for (const key of keys) await aws('s3api', 'put-object', '--bucket', bucket, '--key', key, ...put)
    const list = (prefix: string) =>
      awsText(
        ...['s3api', 'list-objects-v2', '--bucket', bucket, '--prefix', prefix, '--delimiter', '/'],
        ...['--query', 'Contents[].[Key]', '--output', 'text'],
      )
    expect(await list('v1/')).toBe('v1/image.tar.gz\n')
    expect(await list('nothing/')).toBe('None\n')
    const head = ['s3api', 'head-object', '--bucket', bucket, '--key', 'v1/image.tar.gz']
    expect(await aws(...head, '--checksum-mode', 'ENABLED')).toMatchObject({
      ChecksumSHA256: sum,
      ChecksumType: 'FULL_OBJECT',
    })
    const {Contents} = await aws('s3api', 'list-objects-v2', '--bucket', bucket, '--prefix', 'v1/image')
    expect(Contents).toMatchObject([{ChecksumAlgorithm: ['SHA256'], ChecksumType: 'FULL_OBJECT'}])
  })
})
