import {randomUUID} from 'node:crypto'
import {linkSync, readFileSync, renameSync, rmSync, writeFileSync} from 'node:fs'

/** A killed process leaves its draft of `file` behind. An earlier version named drafts after its pid. */
export function isDraftOf(file: string, other: string): boolean {
  return other.startsWith(`${file}.`) && /^([0-9a-f-]{36}|\d+)\.tmp$/.test(other.slice(file.length + 1))
}

/**
 * Makes a file that no reader ever sees half-written.
 * @returns false when there is one of that name.
 */
export function createWhole(file: string, text: string): boolean {
  return withDraft(file, text, draft => {
    try {
      // A link, unlike a renamed file, never takes the place of another; open's exclusive flag would show the
      // file before its content.
      linkSync(draft, file)
      return true
    } catch (error) {
      if (isCode(error, 'EEXIST')) return false
      throw error
    }
  })
}

/** Replaces a file so that a reader sees either the old or the new content. */
export function replaceWhole(file: string, text: string): void {
  withDraft(file, text, draft => renameSync(draft, file))
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

function withDraft<T>(file: string, text: string, use: (draft: string) => T): T {
  const draft = `${file}.${randomUUID()}.tmp`
  try {
    // Generated passwords are part of an account, and the lock tells where it answers: both are for their owner alone.
    writeFileSync(draft, text, {flag: 'wx', mode: 0o600})
    return use(draft)
  } finally {
    rmSync(draft, {force: true})
  }
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}
