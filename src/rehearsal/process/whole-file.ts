import {randomUUID} from 'node:crypto'
import {closeSync, linkSync, openSync, readFileSync, renameSync, rmSync, writeSync} from 'node:fs'

/** A killed process leaves its draft of `file` behind. An earlier version named drafts after its pid. */
export function isDraftOf(file: string, other: string): boolean {
  return other.startsWith(`${file}.`) && /^([0-9a-f-]{36}|\d+)\.tmp$/.test(other.slice(file.length + 1))
}

/** A file in the making: no reader of `file` sees anything of it before it is whole. */
export class Draft {
  readonly #file: string
  readonly #path: string
  #fd: number | undefined

  constructor(file: string) {
    this.#file = file
    this.#path = `${file}.${randomUUID()}.tmp`
    // Generated passwords are part of an account, and the lock tells where it answers: both are for their owner alone.
    this.#fd = openSync(this.#path, 'wx', 0o600)
  }

  /** Adds to the end. */
  write(text: string): void {
    if (this.#fd === undefined) throw new Error(`${this.#path} is closed`)
    const bytes = Buffer.from(text)
    for (let written = 0; written < bytes.length; ) written += writeSync(this.#fd, bytes, written)
  }

  /** Takes the place of the file. */
  replace(): void {
    this.#close()
    renameSync(this.#path, this.#file)
  }

  /** Becomes the file. @returns false when there is one of that name. */
  create(): boolean {
    this.#close()
    try {
      // A link, unlike a renamed file, never takes the place of another; open's exclusive flag would show the
      // file before its content.
      linkSync(this.#path, this.#file)
      return true
    } catch (error) {
      if (isCode(error, 'EEXIST')) return false
      throw error
    }
  }

  /** Removes what is left of the draft; needed whatever became of it. */
  discard(): void {
    this.#close()
    rmSync(this.#path, {force: true})
  }

  #close(): void {
    if (this.#fd !== undefined) closeSync(this.#fd)
    this.#fd = undefined
  }
}

/**
 * Makes a file that no reader ever sees half-written.
 * @returns false when there is one of that name.
 */
export function createWhole(file: string, text: string): boolean {
  return withDraft(file, text, draft => draft.create())
}

/** Replaces a file so that a reader sees either the old or the new content. */
export function replaceWhole(file: string, text: string): void {
  withDraft(file, text, draft => draft.replace())
}

/** The content, or undefined when there is no such file. */
export function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    if (isCode(error, 'ENOENT')) return undefined
    throw error
  }
}

function withDraft<T>(file: string, text: string, use: (draft: Draft) => T): T {
  const draft = new Draft(file)
  try {
    draft.write(text)
    return use(draft)
  } finally {
    draft.discard()
  }
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}
