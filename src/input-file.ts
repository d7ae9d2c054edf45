import {closeSync, constants, fstatSync, openSync, readSync, type Stats} from 'node:fs'
import {setTimeout as sleep} from 'node:timers/promises'
import {decodeText, EncodingError} from './input-encoding.js'

/**
 * Bytes of a file that somebody gives us. A stack has at most 200 parameters of 4,096 bytes, and a template at most a
 * megabyte. Source: CloudFormation user guide, "Understand CloudFormation quotas".
 */
export const mostInputBytes = 1_048_576

/** A value of a parameter has 4,096 bytes at most; in JSON every one of them may take six. */
const longestLineBytes = 6 * 4096

/** Milliseconds that a pipe may take until it is at its end: somebody may have to type a password for it. */
const pipeLimitMs = 60_000
/** Milliseconds between two looks into a pipe: short after something came, because more may be waiting behind it. */
const [shortestLookMs, longestLookMs] = [1, 20]

/** What is wrong with a file, as the end of a sentence that names it. */
export class InputFileError extends Error {
  override name = 'InputFileError'
  /** The line that is too long, from 1, and how it begins; what it holds may be secret. */
  readonly tooLong: {line: number; beginning: string} | undefined

  constructor(message: string, details: Pick<Partial<InputFileError>, 'tooLong' | 'cause'> = {}) {
    super(message, {cause: details.cause})
    this.tooLong = details.tooLong
  }
}

/**
 * The text of a file, without its byte order mark. Never waits, and never reads more than `most` bytes.
 * @throws InputFileError when it is no file (a folder, a pipe), is too large, is no text, or cannot be read
 */
export function readInputFile(file: string, most = mostInputBytes): string {
  return withOpen(file, (descriptor, stats) => {
    // `/dev/null` is how to give nothing.
    if (!stats.isFile() && !stats.isCharacterDevice())
      throw new InputFileError(`it is ${kindOf(stats)}, and a file is wanted`)
    return textOf(wholeOf(descriptor, stats, most))
  })
}

/**
 * As `readInputFile`, but pipes are read to their end as well, as in `--parameters <(decrypt file)`.
 * @throws InputFileError also when whoever writes into the pipe takes longer than a minute
 */
export async function readInput(file: string, most = mostInputBytes): Promise<string> {
  const {descriptor, stats} = opened(file)
  try {
    if (stats.isFile()) return textOf(wholeOf(descriptor, stats, most))
    if (!stats.isFIFO() && !stats.isCharacterDevice())
      throw new InputFileError(`it is ${kindOf(stats)}, and a file is wanted`)
    return textOf(await pipedInto(descriptor, most))
  } finally {
    closeSync(descriptor)
  }
}

/**
 * The bytes of a file or a pipe, whatever they are; `-` is standard input, which is waited for.
 * @throws InputFileError when it is neither, is too large, or cannot be read
 */
export async function readInputBytes(file: string, most: number): Promise<Buffer> {
  if (file === '-') return standardInput(most)
  const {descriptor, stats} = opened(file)
  try {
    // No line is looked for that makes it so large: what is no text may have none.
    if (stats.isFile() && stats.size > most) throw new InputFileError(tooManyBytes(stats.size, most))
    if (stats.isFile()) return wholeOf(descriptor, stats, most)
    if (!stats.isFIFO() && !stats.isCharacterDevice())
      throw new InputFileError(`it is ${kindOf(stats)}, and a file is wanted`)
    return await pipedInto(descriptor, most)
  } finally {
    closeSync(descriptor)
  }
}

async function standardInput(most: number): Promise<Buffer> {
  if (process.stdin.isTTY) throw new InputFileError('it is a terminal, and nothing is piped into it')
  const pieces: Buffer[] = []
  let length = 0
  try {
    for await (const piece of process.stdin) {
      length += piece.length
      if (length > most) throw new InputFileError(`more than ${number(most)} bytes come out of it`)
      pieces.push(piece)
    }
  } catch (error) {
    throw error instanceof InputFileError ? error : unreadable(error)
  }
  return Buffer.concat(pieces, length)
}

function withOpen<T>(file: string, use: (descriptor: number, stats: Stats) => T): T {
  const {descriptor, stats} = opened(file)
  try {
    return use(descriptor, stats)
  } finally {
    closeSync(descriptor)
  }
}

/** Without O_NONBLOCK the opening of a pipe waits for whoever writes into it. */
function opened(file: string): {descriptor: number; stats: Stats} {
  try {
    const descriptor = openSync(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0))
    return {descriptor, stats: fstatSync(descriptor)}
  } catch (error) {
    throw unreadable(error)
  }
}

/** As much as there is, and a byte more than may be. */
function wholeOf(descriptor: number, {size}: Stats, most: number): Buffer {
  if (size > most) throw tooLarge(descriptor, size, most)
  const bytes = Buffer.alloc(most + 1)
  let length = 0
  try {
    for (;;) {
      const read = readSync(descriptor, bytes, length, bytes.length - length, null)
      length += read
      if (read === 0 || length > most) break
    }
  } catch (error) {
    throw unreadable(error)
  }
  // Files of the system say that they are empty.
  if (length > most) throw new InputFileError(`it has more than ${number(most)} bytes`)
  return bytes.subarray(0, length)
}

async function pipedInto(descriptor: number, most: number): Promise<Buffer> {
  const bytes = Buffer.alloc(most + 1)
  const deadline = Date.now() + pipeLimitMs
  let length = 0
  let lookMs = shortestLookMs
  for (;;) {
    try {
      const read = readSync(descriptor, bytes, length, bytes.length - length, null)
      length += read
      lookMs = shortestLookMs
      if (length > most) throw new InputFileError(`more than ${number(most)} bytes come out of it`)
      if (read === 0) return bytes.subarray(0, length)
    } catch (error) {
      if (!isAgain(error)) throw error instanceof InputFileError ? error : unreadable(error)
      if (Date.now() > deadline)
        throw new InputFileError(`nothing has come out of it for ${pipeLimitMs / 1000} seconds`)
      await sleep(lookMs)
      lookMs = Math.min(2 * lookMs, longestLookMs)
    }
  }
}

/** Names the line that makes it so large, where one does. */
function tooLarge(descriptor: number, size: number, most: number): InputFileError {
  const whole = tooManyBytes(size, most)
  const piece = Buffer.alloc(65_536)
  let line = 1
  let beginsAt = 0
  let length = 0
  for (let at = 0; at < size && length <= longestLineBytes; ) {
    const read = readSync(descriptor, piece, 0, piece.length, at)
    if (read === 0) break
    for (let index = 0; index < read && length <= longestLineBytes; index += 1) {
      length = piece[index] === lineFeed ? 0 : length + 1
      if (length > 0) continue
      line += 1
      beginsAt = at + index + 1
    }
    at += read
  }
  if (length <= longestLineBytes) return new InputFileError(whole)
  const beginning = piece.subarray(0, readSync(descriptor, piece, 0, beginningBytes, beginsAt))
  return new InputFileError(whole, {tooLong: {line, beginning: beginning.toString('utf8')}})
}

function tooManyBytes(size: number, most: number): string {
  return `it has ${number(size)} bytes; at most ${number(most)} are read`
}

const lineFeed = 0x0a
/** Enough for the names of two members. */
const beginningBytes = 200

function textOf(bytes: Buffer): string {
  try {
    return decodeText(bytes)
  } catch (error) {
    if (!(error instanceof EncodingError)) throw error
    throw new InputFileError(error.message, {cause: error})
  }
}

function kindOf(stats: Stats): string {
  if (stats.isDirectory()) return 'a folder'
  if (stats.isFIFO()) return 'a pipe'
  return stats.isSocket() ? 'a socket' : 'a device'
}

function unreadable(error: unknown): InputFileError {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const message = error instanceof Error ? error.message : String(error)
  return new InputFileError(reasons[code] ?? message, {cause: error})
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'it does not exist',
  ENOTDIR: 'it does not exist',
  EACCES: 'you may not read it',
  EISDIR: 'it is a folder, and a file is wanted',
  ELOOP: 'its symbolic links lead in a circle',
  ENAMETOOLONG: 'its name is too long',
  ENXIO: 'it is a socket, and a file is wanted',
  EMFILE: 'too many files are open (ulimit -n)',
  ENFILE: 'too many files are open on this machine',
}

function isAgain(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EAGAIN'
}

/** `1,048,576`, in every language of the system. */
function number(count: number): string {
  return count.toLocaleString('en-US')
}
