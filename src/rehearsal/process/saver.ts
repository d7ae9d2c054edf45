import type {Account} from '../account/account.js'
import {AccountWriting} from './state-file.js'

/** Real milliseconds without another change after which an account is written. */
const quietMs = 100
/** Real milliseconds after which one that changes all the time is written nevertheless. */
const longestWaitMs = 1000
/** The pause after a writing, as a multiple of what it took: writing takes a tenth of the time at most. */
const pauseFactor = 9
/** Real milliseconds that writing may keep a request waiting. */
const sliceMs = 5

export interface SaverOptions {
  account: Account
  file: string
  /** Asked just before the file is replaced. */
  mayReplace: () => boolean
  /** Whether it is written after changes, and not only when somebody asks. */
  savesByItself: boolean
  /** Whether the account may change without `beforeChange` being called. */
  isRestless: () => boolean
  onError: (error: unknown) => void
}

/**
 * Writes an account to its file soon after it has changed. What a killed process loses is at most the last second,
 * or ten times what writing takes where that is more.
 *
 * The file shows one moment of the account. It is written a slice at a time, between requests, and to its end at once
 * when the account is about to change.
 */
export class Saver {
  readonly #options: SaverOptions
  #timer: NodeJS.Timeout | undefined
  #changedAt: number | undefined
  #writing: AccountWriting | undefined
  #costMs = 0
  #endedAt = Number.NEGATIVE_INFINITY

  constructor(options: SaverOptions) {
    this.#options = options
  }

  /** The account has changed: it is written soon. */
  changed(): void {
    if (!this.#options.savesByItself) return
    const now = Date.now()
    this.#changedAt ??= now
    // What is being written goes first.
    if (this.#writing) return
    const wanted = Math.min(now + quietMs, this.#changedAt + longestWaitMs)
    const due = Math.max(wanted, this.#endedAt + pauseFactor * this.#costMs)
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.#saveInSlices(), due - now)
  }

  /** The account is about to change. */
  beforeChange(): void {
    this.#write(Number.POSITIVE_INFINITY)
  }

  /** Writes the account as it is now, to the end. */
  saveNow(): void {
    this.#writing?.discard()
    this.#begin()
    this.#write(Number.POSITIVE_INFINITY)
  }

  #saveInSlices(): void {
    this.#begin()
    const resume = () => {
      this.#write(this.#options.isRestless() ? Number.POSITIVE_INFINITY : sliceMs)
      if (this.#writing) setImmediate(resume)
    }
    resume()
  }

  #begin(): void {
    clearTimeout(this.#timer)
    this.#changedAt = undefined
    this.#costMs = 0
    try {
      this.#writing = new AccountWriting(this.#options.file, this.#options.account)
    } catch (error) {
      this.#writing = undefined
      this.#options.onError(error)
    }
  }

  /** Writes on for as long as `limitMs`. */
  #write(limitMs: number): void {
    const writing = this.#writing
    if (!writing) return
    const began = performance.now()
    const isAtEnd = this.#attempt(writing, began + limitMs)
    this.#costMs += performance.now() - began
    if (!isAtEnd) return
    writing.discard()
    this.#writing = undefined
    this.#endedAt = Date.now()
    if (this.#changedAt !== undefined) this.changed()
  }

  #attempt(writing: AccountWriting, until: number): boolean {
    try {
      if (!writing.writeUntil(until)) return false
      if (this.#options.mayReplace()) writing.replace()
    } catch (error) {
      this.#options.onError(error)
    }
    return true
  }
}
