/** When a request was sent and its answer was there, in epoch ms of this machine's clock. */
export interface Exchange {
  readonly sentAt: number
  readonly receivedAt: number
}

/** `Date` headers are cut to whole seconds. */
const resolutionMs = 1000

/**
 * How far this machine's clock is from AWS's, by the `Date` of AWS's last answer. Both are real time, by which requests
 * are signed, however fast the clock of a command runs.
 */
export class MachineClock {
  #aheadMs: number | undefined

  /** Takes note of an answer. One that a cache has kept (`Age`) says nothing. */
  note(headers: Readonly<Record<string, string>>, exchange: Exchange): void {
    const named = new Map(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))
    if (named.has('age')) return
    this.#aheadMs = aheadMs(named.get('date'), exchange) ?? this.#aheadMs
  }

  /**
   * At least so many milliseconds, below 0 when it is behind; 0 when nothing shows a difference, undefined before AWS's
   * first answer.
   */
  aheadMs(): number | undefined {
    return this.#aheadMs
  }
}

/** The smallest difference that explains the times: AWS wrote its own between sending and receiving. */
function aheadMs(date: string | undefined, {sentAt, receivedAt}: Exchange): number | undefined {
  const written = Date.parse(date ?? '')
  if (Number.isNaN(written)) return undefined
  const least = sentAt - (written + resolutionMs)
  const most = receivedAt - written
  if (least > 0) return least
  return most < 0 ? most : 0
}

/** Beyond it AWS refuses a signature. Source: IAM user guide, "Elements of an AWS API request signature". */
export const signatureToleranceMs = 5 * 60_000

/** `7 minutes ahead of AWS's`, `40 seconds behind AWS's`. */
export function clockDifference(ahead: number): string {
  const seconds = Math.round(Math.abs(ahead) / 1000)
  const [amount, unit] =
    seconds < 120 ? [seconds, 'second'] : seconds < 7200 ? [seconds / 60, 'minute'] : [seconds / 3600, 'hour']
  const count = Math.round(amount)
  return `${count} ${unit}${count === 1 ? '' : 's'} ${ahead > 0 ? 'ahead of' : 'behind'} AWS's`
}

/** How a clock is set right, on what the program runs on. Windows in WSL keeps a clock of its own. */
export const setClock =
  'Set it by the network: `sudo timedatectl set-ntp true` (Linux), `sudo hwclock -s` (WSL), `sudo sntp -sS time.apple.com` (macOS), `w32tm /resync` (Windows).'

/** The two times that AWS puts into its refusal: when the request says it was signed, and AWS's own time. */
const refusedTimes = /Signature (?:expired|not yet current): (\d{8}T\d{6}Z)[^(]*\((\d{8}T\d{6}Z)/

/**
 * What AWS's refusal of a signature says of this machine's clock, as ms ahead; undefined when it does not speak of time.
 * Source: IAM user guide, "Troubleshoot Signature Version 4 signing for AWS API requests".
 */
export function refusedAheadMs(message: string): number | undefined {
  const [, signed, theirs] = refusedTimes.exec(message) ?? []
  if (signed === undefined || theirs === undefined) return undefined
  return epochMs(signed) - epochMs(theirs)
}

function epochMs(basic: string): number {
  return Date.parse(basic.replace(/(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z/, '$1-$2-$3T$4:$5:$6Z'))
}
