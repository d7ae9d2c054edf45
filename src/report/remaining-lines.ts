import {priceBasis} from '../environment/prices.js'
import type {Remaining} from '../results.js'

/** What remains, why and at what price, and below it the command that deletes it. */
export function remainingLines(remaining: Remaining): string[] {
  const {kind, name, reason, owner, command} = remaining
  // That it is the environment's own is what the reason says.
  const whose = owner === null || owner.startsWith('the environment') ? '' : ` It belongs to ${owner}.`
  const first = `  ${kind} ${name}: ${sentence(reason)}${whose} ${costSentence(remaining)}`
  return [first, ...(command === null ? [] : [`    ${command}`])]
}

function costSentence(remaining: Pick<Remaining, 'cost'>): string {
  return remaining.cost === null ? 'What it costs is not known here.' : `It costs ${costWords(remaining)}.`
}

/** What it costs, to follow a colon. */
export function costWords({cost}: Pick<Remaining, 'cost'>): string {
  if (cost === null) return 'its price is not known here'
  if (cost.usd === 0) return 'nothing'
  return `about ${cost.usd.toFixed(cost.usd < 0.1 ? 3 : 2)} USD ${articleOf(cost.per)} ${cost.per}`
}

/** What the prices above are; undefined where none was told. */
export function pricesNote(remaining: readonly Pick<Remaining, 'cost'>[]): string | undefined {
  const isPriced = remaining.some(({cost}) => cost !== null && cost.usd > 0)
  if (!isPriced) return undefined
  return `Prices are rough: those of ${priceBasis.region}, as they were in ${priceBasis.year}.`
}

function articleOf(word: string): string {
  return /^[AEIOU]/.test(word) ? 'an' : 'a'
}

function sentence(text: string): string {
  return /[.!?)]$/.test(text.trim()) ? text.trim() : `${text.trim()}.`
}
