/** What becomes of a scalar: the value that CloudFormation takes it for in a template, or the text as it is written. */
export type ScalarReading = 'typed' | 'written'

const wholeNumber = /^[-+]?(?:0|[1-9][0-9]*)$/
const decimalNumber = /^[-+]?(?:[0-9]+\.[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?$/
const booleans: Readonly<Record<string, boolean>> = {
  ...{true: true, True: true, TRUE: true, yes: true, Yes: true, YES: true, on: true, On: true, ON: true},
  ...{
    false: false,
    False: false,
    FALSE: false,
    no: false,
    No: false,
    NO: false,
    off: false,
    Off: false,
    OFF: false,
  },
}

/**
 * What an unquoted YAML scalar means in a CloudFormation template.
 *
 * CloudFormation reads YAML 1.1 with SnakeYAML's rules: `yes`, `no`, `on` and `off` are booleans, `y` and
 * `n` are not. Kept as text on purpose, because a template that says so means text: dates (the format
 * version), numbers with leading zeros (account ids), base-60 numbers (`22:22` is a port pair), hexadecimal,
 * digits with underscores.
 */
export function plainScalar(text: string): string | number | boolean | null {
  if (text === '' || text === '~' || text === 'null' || text === 'Null' || text === 'NULL') return null
  const first = text.charCodeAt(0)
  if (isNumberStart(first)) return numberOrText(text)
  return Object.hasOwn(booleans, text) ? (booleans[text] as boolean) : text
}

/**
 * A number where it survives the conversion back to text, else text: integers beyond 2^53 keep their digits, and
 * `8.0` stays `8.0`, because CloudFormation passes that to a service as `8.0`, while `1.10` becomes `1.1`.
 */
export function numberOrText(text: string): number | string {
  if (wholeNumber.test(text)) {
    const whole = Number(text)
    return Number.isSafeInteger(whole) ? (whole === 0 ? 0 : whole) : text
  }
  if (!decimalNumber.test(text)) return text
  const decimal = Number(text)
  if (!Number.isFinite(decimal)) return text
  return Number.isInteger(decimal) ? `${decimal}.0` : decimal
}

function isNumberStart(code: number): boolean {
  return (code >= 48 && code <= 57) || code === 43 || code === 45 || code === 46
}
