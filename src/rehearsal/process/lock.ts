import {randomUUID} from 'node:crypto'
import {readdirSync, rmSync, statSync} from 'node:fs'
import {basename, dirname, join} from 'node:path'
import {setTimeout as sleep} from 'node:timers/promises'
import {makeFolder} from '../../make-folder.js'
import {ownFolderMode} from '../../own-files.js'
import {exchange, isClaimOn} from './exchange.js'
import {type Holder, type Liveness, livenessOf, parseHolder} from './holder.js'
import {createWhole, isDraftOf, readIfThere} from './whole-file.js'

/** The file beside the account that says who serves it. */
export function lockFile(stateFile: string): string {
  return `${stateFile}.lock`
}

/** Who holds the account, or undefined when nobody does. */
export function readHolder(stateFile: string): Holder | undefined {
  try {
    const text = readIfThere(lockFile(stateFile))
    return text === undefined ? undefined : parseHolder(text)
  } catch {
    // Nobody can be joined through a file that cannot be read; whoever tries to take it says why.
    return undefined
  }
}

/** The account is held by somebody else. */
export interface HeldByOther {
  holder: Holder
  liveness: Exclude<Liveness, 'gone'>
}

/** Looks at the lock again after this many real milliseconds when somebody else is changing it. */
const lookMs = 20
const looks = 100

/**
 * Takes the account for this process. Two servers of one account would overwrite each other's state, so exactly one
 * process may hold it; a holder that is gone does not count.
 */
export async function takeLock(stateFile: string): Promise<Lock | HeldByOther> {
  const file = lockFile(stateFile)
  makeFolder(dirname(file), ownFolderMode)
  const own: Holder = {pid: process.pid, port: 0, nonce: randomUUID(), since: Date.now()}
  const text = JSON.stringify(own)
  for (let look = 0; look < looks; look += 1) {
    if (createWhole(file, text)) return new Lock(stateFile, own)
    const found = readIfThere(file)
    if (found === undefined) continue
    const holder = parseHolder(found)
    const liveness = holder ? await livenessOf(holder) : 'gone'
    if (holder && liveness !== 'gone') return {holder, liveness}
    if (await exchange(file, found, text)) return new Lock(stateFile, own)
    await sleep(lookMs)
  }
  throw new Error(`${file} is being changed all the time.`)
}

/** The account, held by this process. */
export class Lock {
  readonly nonce: string
  readonly #stateFile: string
  #own: Holder

  constructor(stateFile: string, own: Holder) {
    this.#stateFile = stateFile
    this.#own = own
    this.nonce = own.nonce
  }

  /** False once somebody else took this process for gone, or the file was removed by hand. */
  isHeld(): boolean {
    return readIfThere(lockFile(this.#stateFile)) === JSON.stringify(this.#own)
  }

  /** Tells others where the account answers. @returns false when it is held no more. */
  async announce(port: number): Promise<boolean> {
    const announced = {...this.#own, port}
    const done = await exchange(
      lockFile(this.#stateFile),
      JSON.stringify(this.#own),
      JSON.stringify(announced),
    )
    if (done) this.#own = announced
    return done
  }

  /** Gives the account back, if it is still held. */
  async release(): Promise<void> {
    // The whole folder may be gone.
    if (this.isHeld()) await exchange(lockFile(this.#stateFile), JSON.stringify(this.#own), undefined)
  }

  /**
   * Removes what killed processes left beside the account: drafts of the state, which only the holder writes, and
   * drafts and claims of the lock that are so old that nobody is at work on them.
   */
  clearLeftovers(): void {
    const folder = dirname(this.#stateFile)
    const name = basename(this.#stateFile)
    for (const entry of readdirSync(folder)) {
      const file = join(folder, entry)
      const isAbandoned = isDraftOf(name, entry) || (isDebrisOf(lockFile(name), entry) && isOld(file))
      if (isAbandoned) rmSync(file, {force: true})
    }
  }
}

function isDebrisOf(lock: string, entry: string): boolean {
  return isDraftOf(lock, entry) || isClaimOn(lock, entry)
}

/** Taking the lock takes milliseconds. */
const oldMs = 60_000

function isOld(file: string): boolean {
  const found = statSync(file, {throwIfNoEntry: false})
  return found !== undefined && Date.now() - found.mtimeMs > oldMs
}
