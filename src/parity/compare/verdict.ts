import type {Json} from '../json.js'

/** What came of a comparison, the worst first: of a resource it is the worst of its attributes. */
export const verdicts = ['missing', 'different', 'unknown', 'accepted', 'same'] as const

export type Verdict = (typeof verdicts)[number]

/** One attribute that is not the same, or could not be compared. */
export interface AttributeVerdict {
  /** In Terraform's attributes; null for what is only in the templates. */
  readonly attribute: string | null
  /** In the properties; null for what is only in the plan. */
  readonly property: string | null
  readonly verdict: Exclude<Verdict, 'same'>
  /** As compared: references by the logical id that they point at, `<network.Vpc>`; undefined where absent, `****` where secret. */
  readonly terraform?: Json
  readonly here?: Json
  /** Of an accepted difference, and of what is unknown. */
  readonly reason?: string
}
