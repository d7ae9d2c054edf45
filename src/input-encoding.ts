/** What a file is not, as the end of a sentence that names it. */
export class EncodingError extends Error {
  override name = 'EncodingError'
}

type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be'

/**
 * The text of bytes, without a byte order mark. UTF-8 and UTF-16 are read, the latter as Windows PowerShell's `>` and
 * Notepad write it; nothing else can be told from its bytes, and a letter that is guessed would be a wrong password.
 * @throws EncodingError for anything else, naming what it looks like and what to do
 */
export function decodeText(bytes: Buffer): string {
  if (/^(fffe0000|0000feff)/.test(bytes.toString('hex', 0, 4)))
    throw new EncodingError(`it is in UTF-32: ${saveIt}`)
  const encoding = encodingOf(bytes)
  if (encoding === 'utf-8' && bytes.includes(0)) throw new EncodingError('it is no text')
  try {
    const text = new TextDecoder(encoding, {fatal: true}).decode(bytes)
    // A text has none, and an archive or a picture may look like UTF-16.
    if (text.includes('\0')) throw new EncodingError('it is no text')
    return text
  } catch (error) {
    if (error instanceof EncodingError) throw error
    if (encoding !== 'utf-8') throw new EncodingError(`it is no valid ${encoding.toUpperCase()}: ${saveIt}`)
    throw new EncodingError(
      `line ${lineOfWrong(bytes)} is not in UTF-8, maybe in Windows-1252 or ISO 8859-1: ${saveIt}`,
    )
  }
}

const saveIt = 'save it as UTF-8'

/** By the byte order mark; without one UTF-16 shows in the zeros beside the first letter of any YAML or JSON. */
function encodingOf(bytes: Buffer): Encoding {
  const [first, second] = bytes
  if (first === 0xff && second === 0xfe) return 'utf-16le'
  if (first === 0xfe && second === 0xff) return 'utf-16be'
  if (bytes.length < 4) return 'utf-8'
  const zeros = [...bytes.subarray(0, 4)].map(byte => (byte === 0 ? '0' : 'x')).join('')
  if (zeros === 'x0x0') return 'utf-16le'
  return zeros === '0x0x' ? 'utf-16be' : 'utf-8'
}

/** The first line, from 1, that is no UTF-8. */
function lineOfWrong(bytes: Buffer): number {
  const lineFeed = 0x0a
  let line = 1
  for (let at = 0; at < bytes.length; line += 1) {
    const end = bytes.indexOf(lineFeed, at)
    const piece = bytes.subarray(at, end === -1 ? bytes.length : end)
    // What cannot be read becomes a character of three bytes of its own.
    if (!Buffer.from(piece.toString('utf8')).equals(piece)) return line
    if (end === -1) break
    at = end + 1
  }
  return line
}
