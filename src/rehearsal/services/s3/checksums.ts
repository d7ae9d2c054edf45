import {createHash} from 'node:crypto'
import {crc32} from 'node:zlib'
import type {StoredObject} from '../../account/account.js'
import {AwsError} from '../../wire/errors.js'
import {bytesOf, md5} from './object-store.js'

/** What a client says about the bytes that it sent. */
export interface Checksums {
  ChecksumCRC32?: string
  ChecksumSHA1?: string
  ChecksumSHA256?: string
}

interface SentChecksums extends Checksums {
  ContentMD5?: string
}

const calculations: Readonly<Record<keyof Checksums, (body: Uint8Array) => string>> = {
  ChecksumCRC32: body => {
    const sum = Buffer.alloc(4)
    sum.writeUInt32BE(crc32(body))
    return sum.toString('base64')
  },
  ChecksumSHA1: body => createHash('sha1').update(body).digest('base64'),
  ChecksumSHA256: body => createHash('sha256').update(body).digest('base64'),
}

/**
 * Holds bytes to the checksums that came with them and returns those, as the answer repeats them. CRC32C and
 * CRC64NVME, which clients send only when told to, are not looked at.
 * Source: S3 user guide, "Checking object integrity"; S3 API reference, "Error responses".
 * @throws AwsError BadDigest.
 */
export function checkedSums(input: SentChecksums, body: Uint8Array): Checksums {
  if (input.ContentMD5 !== undefined && input.ContentMD5 !== Buffer.from(md5(body), 'hex').toString('base64'))
    throw badDigest('Content-MD5', 'what we received')
  const sums: Checksums = {}
  for (const name of Object.keys(calculations) as (keyof Checksums)[]) {
    const sent = input[name]
    if (sent === undefined) continue
    if (sent !== calculations[name](body))
      throw badDigest(name.replace('Checksum', ''), 'the calculated checksum')
    sums[name] = sent
  }
  return sums
}

/**
 * The checksum of a stored object, for clients that ask for it: SHA-256 when it came with one, else CRC32, which SDKs
 * and the AWS CLI send unless told otherwise.
 */
export function sumsOf(object: StoredObject): Checksums & {ChecksumType?: 'FULL_OBJECT'} {
  const algorithm = algorithmOf(object)
  if (algorithm === undefined) return {}
  const name = `Checksum${algorithm}` as const
  return {[name]: calculations[name](bytesOf(object)), ChecksumType: 'FULL_OBJECT'}
}

/**
 * What the checksum of a stored object is calculated by. One uploaded in parts has none: that would be a checksum of
 * checksums, which no client compares.
 */
export function algorithmOf(object: StoredObject): 'CRC32' | 'SHA256' | undefined {
  return object.etag.includes('-') ? undefined : (object.checksum ?? 'CRC32')
}

function badDigest(name: string, other: string): AwsError {
  return new AwsError('BadDigest', `The ${name} you specified did not match ${other}.`)
}
