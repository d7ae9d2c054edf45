import {createHash} from 'node:crypto'
import {beforeEach, describe, expect, it} from 'vitest'
import {s3Operations} from '../../../../src/rehearsal/services/s3/operations.js'
import {callIn} from '../../helpers/call.js'
import {testWorld} from '../../helpers/world.js'

const here = callIn('us-west-2')
const Body = new TextEncoder().encode('123456789')
const digest = (algorithm: string) => createHash(algorithm).update(Body).digest('base64')
/** The check value of CRC-32 in every catalogue: CBF43926 for the digits 1 to 9. */
const crc32 = Buffer.from('CBF43926', 'hex').toString('base64')
const object = {Bucket: 'demo', Key: 'k'}
let s3: ReturnType<typeof s3Operations>

beforeEach(() => {
  s3 = s3Operations(testWorld().world)
  s3.CreateBucket({Bucket: 'demo', CreateBucketConfiguration: {LocationConstraint: 'us-west-2'}}, here)
})

describe('a checksum sent with an object', () => {
  it.each([
    ['ChecksumCRC32', crc32],
    ['ChecksumSHA1', digest('sha1')],
    ['ChecksumSHA256', digest('sha256')],
  ])('%s is repeated in the answer when it fits', (name, sum) => {
    expect(s3.PutObject({...object, Body, [name]: sum}, here)).toMatchObject({[name]: sum})
  })

  it.each([
    ['ChecksumCRC32', 'The CRC32 you specified did not match the calculated checksum.'],
    ['ChecksumSHA1', 'The SHA1 you specified did not match the calculated checksum.'],
    ['ChecksumSHA256', 'The SHA256 you specified did not match the calculated checksum.'],
    ['ContentMD5', 'The Content-MD5 you specified did not match what we received.'],
  ])('%s that does not fit is refused, and nothing is stored', (name, message) => {
    const put = () => s3.PutObject({...object, Body, [name]: 'AAAAAA=='}, here)
    expect(put).toThrow(expect.objectContaining({code: 'BadDigest', status: 400, message}))
    expect(s3.ListObjectsV2({Bucket: 'demo'}, here).KeyCount).toBe(0)
  })

  it('is compared for a part as well', () => {
    const {UploadId} = s3.CreateMultipartUpload(object, here)
    const put = (ChecksumCRC32: string) =>
      s3.UploadPart({...object, UploadId, PartNumber: 1, Body, ChecksumCRC32}, here)
    expect(() => put('AAAAAA==')).toThrow(expect.objectContaining({code: 'BadDigest'}))
    expect(put(crc32)).toMatchObject({ChecksumCRC32: crc32})
  })
})

describe('the checksum of an object that is there', () => {
  beforeEach(() => {
    s3.PutObject({...object, Body}, here)
  })

  it('is told to whoever asks, with the object or without', () => {
    const told = {ChecksumCRC32: crc32, ChecksumType: 'FULL_OBJECT'}
    expect(s3.GetObject({...object, ChecksumMode: 'ENABLED'}, here)).toMatchObject(told)
    expect(s3.HeadObject({...object, ChecksumMode: 'ENABLED'}, here)).toMatchObject(told)
  })

  it('is not told to others, nor with a part of the object', () => {
    const part = {...object, ChecksumMode: 'ENABLED', Range: 'bytes=0-1'} as const
    expect(s3.GetObject(object, here)).not.toHaveProperty('ChecksumCRC32')
    expect(s3.GetObject(part, here)).not.toHaveProperty('ChecksumCRC32')
  })
})
