/** A digest as exports of a realm have it. */
export interface Digest {
  /** Base64. */
  value: string
  /** Base64. */
  salt: string
  hashIterations: number
}
