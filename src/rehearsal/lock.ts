import {mkdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {dirname} from 'node:path'

/** Who serves an account at this moment. `port` is 0 until the server listens. */
export interface Holder {
  pid: number
  port: number
}

/** The file beside the account that says who serves it. */
export function lockFile(stateFile: string): string {
  return `${stateFile}.lock`
}

/**
 * Takes the account for this process. Two servers of one account would overwrite each other's state, so
 * exactly one process may hold it; a holder that has died does not count.
 * @returns false when another process holds it.
 */
export function takeLock(stateFile: string): boolean {
  const file = lockFile(stateFile)
  mkdirSync(dirname(file), {recursive: true})
  for (let attempt = 0; attempt < 2; attempt += 1) {
    try {
      writeFileSync(file, JSON.stringify({pid: process.pid, port: 0}), {flag: 'wx'})
      return true
    } catch (error) {
      if (!isCode(error, 'EEXIST')) throw error
      const holder = readHolder(stateFile)
      if (holder && isAlive(holder.pid)) return false
      rmSync(file, {force: true})
    }
  }
  return false
}

/** Tells others where the account answers. */
export function announce(stateFile: string, port: number): void {
  writeFileSync(lockFile(stateFile), JSON.stringify({pid: process.pid, port}))
}

/** Gives the account back, if this process holds it. */
export function releaseLock(stateFile: string): void {
  if (readHolder(stateFile)?.pid === process.pid) rmSync(lockFile(stateFile), {force: true})
}

/** Who holds the account, or undefined when nobody does. */
export function readHolder(stateFile: string): Holder | undefined {
  try {
    const holder = JSON.parse(readFileSync(lockFile(stateFile), 'utf8')) as Holder
    return typeof holder.pid === 'number' ? holder : undefined
  } catch {
    // Absent, or caught half-written: either way nobody can be joined yet.
    return undefined
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return isCode(error, 'EPERM')
  }
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}
