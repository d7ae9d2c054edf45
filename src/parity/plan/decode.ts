import {isUtf8} from 'node:buffer'
import {gunzipSync} from 'node:zlib'
import {damagedArchive, noText} from './refusals.js'

/** Bytes of a text after it was unpacked; a plan with more would not fit into the memory that Node has. */
const mostUnpackedBytes = 512 * 1024 * 1024

/**
 * The text in a file as shells write it, in UTF-8 without a byte order mark. Shells write UTF-8, with a mark or without;
 * UTF-16, which is what `>` of Windows PowerShell makes of every output; any of these may be compressed with gzip.
 *
 * @param name how messages call the file
 * @throws McpgwError where it is none of these
 */
export function decode(bytes: Uint8Array, name: string): Uint8Array {
  if (beginsWith(bytes, [0x1f, 0x8b])) return decode(unpacked(bytes, name), name)
  const encoding = utf16Of(bytes)
  if (encoding !== undefined) return Buffer.from(utf16Text(bytes, encoding, name))
  if (!isUtf8(bytes)) throw noText(name)
  return beginsWith(bytes, [0xef, 0xbb, 0xbf]) ? bytes.subarray(3) : bytes
}

function unpacked(bytes: Uint8Array, name: string): Uint8Array {
  try {
    return gunzipSync(bytes, {maxOutputLength: mostUnpackedBytes})
  } catch {
    throw damagedArchive(name)
  }
}

/** Takes the byte order mark away, and refuses what the encoding does not have. */
function utf16Text(bytes: Uint8Array, encoding: string, name: string): string {
  try {
    return new TextDecoder(encoding, {fatal: true}).decode(bytes)
  } catch {
    throw noText(name)
  }
}

export function beginsWith(bytes: Uint8Array, beginning: readonly number[]): boolean {
  return beginning.every((byte, index) => bytes[index] === byte)
}

/** Without a mark UTF-16 is told by its zeros: JSON begins with two characters of ASCII. */
function utf16Of(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  if (beginsWith(bytes, [0xff, 0xfe])) return 'utf-16le'
  if (beginsWith(bytes, [0xfe, 0xff])) return 'utf-16be'
  const [first, second, third, fourth] = bytes
  if (first === undefined || second === undefined) return undefined
  if (first !== 0 && second === 0 && third !== 0 && (fourth ?? 0) === 0) return 'utf-16le'
  if (first === 0 && second !== 0 && (third ?? 0) === 0 && fourth !== 0) return 'utf-16be'
  return undefined
}
