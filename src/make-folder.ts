import {existsSync, mkdirSync} from 'node:fs'
import path from 'node:path'

/**
 * Makes a folder and those that it lies in, where they are missing. Node's own `recursive` never returns where a folder
 * exists in which none can be made and the system says ENOENT, as in /proc.
 * @throws what the system says when one cannot be made
 */
export function makeFolder(folder: string, mode: number): void {
  try {
    mkdirSync(folder, {mode})
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return
    const parent = path.dirname(folder)
    if (!hasCode(error, 'ENOENT') || existsSync(parent)) throw error
    makeFolder(parent, mode)
    mkdirSync(folder, {mode})
  }
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}
