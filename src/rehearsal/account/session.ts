/** Temporary credentials that the account's STS has given out. Their secret follows from the account's key. */
export interface Session {
  sessionToken: string
  /** Of the account's own time, in epoch milliseconds. */
  expiresAt: number
  /** Who calls with it. */
  arn: string
  userId: string
}
