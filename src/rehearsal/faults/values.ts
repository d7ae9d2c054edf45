import {fitsWildcards} from '../account/wildcards.js'

/** How the value of one of a fault's words is read, and what is said when it cannot be. */
export interface Reader<T> {
  /** Undefined for what is no such value. */
  read(text: string): T | undefined
  /** What is wanted, as the end of a sentence. */
  wanted: string
  /** All that there are, where they are few. */
  values?: readonly string[]
}

const unitMs: Readonly<Record<string, number>> = {ms: 1, s: 1000, m: 60_000, h: 3_600_000}

/** Milliseconds of `90s`, `12m`, `1h30m`, `250ms`. */
export const duration: Reader<number> = {
  wanted: 'a duration such as 90s, 12m, 1h30m or 250ms',
  read(text) {
    if (!/^(\d+(\.\d+)?(ms|s|m|h))+$/.test(text)) return undefined
    const parts = [...text.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h)/g)]
    return parts.reduce((sum, [, amount, unit]) => sum + Number(amount) * (unitMs[unit ?? ''] ?? 0), 0)
  },
}

/** A duration that is not none. */
export const someDuration: Reader<number> = {
  wanted: duration.wanted,
  read: text => duration.read(text) || undefined,
}

/** How often something may happen again: what happens more often than time is counted keeps an account from anything else. */
export const rhythm: Reader<number> = {
  wanted: 'a duration of one second or longer, such as 90s or 5m',
  read(text) {
    const ms = duration.read(text)
    return ms !== undefined && ms >= 1000 ? ms : undefined
  },
}

/** The shortest and the longest duration of `200ms..2s`; one duration is both. */
export const durations: Reader<readonly [number, number]> = {
  wanted: 'a duration such as 800ms, or two such as 200ms..2s',
  read(text) {
    const [least, most = least, ...more] = text.split('..').map(part => duration.read(part))
    return least === undefined || most === undefined || most < least || more.length > 0
      ? undefined
      : [least, most]
  },
}

/** A share 0 < n ≤ 1 of `30%`. */
export const rate: Reader<number> = {
  wanted: 'a share such as 30%, above 0% and at most 100%',
  read(text) {
    const share = /^\d+(\.\d+)?%$/.test(text) ? Number.parseFloat(text) / 100 : 0
    return share > 0 && share <= 1 ? share : undefined
  },
}

export function whole(least: number, most = 1_000_000): Reader<number> {
  return {
    wanted: most < 1_000_000 ? `a whole number from ${least} to ${most}` : `a whole number from ${least} on`,
    read(text) {
      const value = /^\d{1,7}$/.test(text) ? Number(text) : Number.NaN
      return value >= least && value <= most ? value : undefined
    },
  }
}

export const factor: Reader<number> = {
  wanted: 'a number above 0, such as 4 or 0.5',
  read(text) {
    const value = /^\d{1,6}(\.\d+)?$/.test(text) ? Number(text) : 0
    return value > 0 ? value : undefined
  },
}

export const words: Reader<string> = {wanted: 'some text', read: text => text.trim() || undefined}

export const name: Reader<string> = {
  wanted: 'a name, in which * matches anything',
  read: text => (/^\S+$/.test(text) ? text : undefined),
}

export function oneOf<const T extends string>(...values: readonly T[]): Reader<T> {
  return {wanted: `one of ${values.join(', ')}`, values, read: text => values.find(value => value === text)}
}

/** Whether a name fits a pattern in which `*` stands for anything; capitals do not matter. */
export function fits(pattern: string, text: string): boolean {
  return fitsWildcards(pattern, text, {ignoreCase: true})
}
