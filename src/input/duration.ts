import {invalidInput} from '../errors.js'

const units: Readonly<Record<string, number>> = {s: 1000, m: 60_000, h: 3_600_000}

/** Timers of Node.js end at 24.8 days; nothing here takes a day. */
const longestMs = 24 * 3_600_000

/**
 * Milliseconds of a duration such as `90m`, `2h`, `45s` or `1h30m`.
 * @throws exit code 2, naming the flag
 */
export function parseDuration(flag: string, text: string): number {
  const parts = [...text.matchAll(/(\d+(?:\.\d+)?)([smh])/g)]
  const milliseconds = parts.reduce(
    (sum, [, amount, unit]) => sum + Number(amount) * (units[unit ?? ''] ?? 0),
    0,
  )
  if (milliseconds > longestMs) {
    throw invalidInput(
      'INVALID_DURATION',
      `--${flag} must be at most 24h, not ${text}.`,
      `Give a shorter time: run the command again to keep waiting.`,
    )
  }
  if (parts.map(part => part[0]).join('') !== text || milliseconds <= 0) {
    throw invalidInput(
      'INVALID_DURATION',
      `--${flag} must be a duration such as 90m, 2h or 45s, not "${text}".`,
      `Write a number and its unit, for example --${flag} 90m.`,
    )
  }
  return milliseconds
}

/** A duration as a user would write it: `90m`, `2h`, `45s`. */
export function writeDuration(milliseconds: number): string {
  const whole = Object.entries(units).filter(([, size]) => milliseconds % size === 0)
  const [unit, size] = whole.at(-1) ?? ['s', 1000]
  return `${milliseconds / size}${unit}`
}
