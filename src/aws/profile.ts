/** Settings by name, as one section of a shared file has them; of both files for a profile. */
export type Profile = Readonly<Record<string, string | undefined>>

/** What ~/.aws/config and ~/.aws/credentials hold. */
export interface SharedFiles {
  readonly profiles: Readonly<Record<string, Profile>>
  readonly ssoSessions: Readonly<Record<string, Profile>>
  /** Profiles whose keys stand in the credentials file: these go before other ways to credentials. */
  readonly keysInCredentials: ReadonlySet<string>
  /** Where they were looked for, for messages. */
  readonly files: readonly string[]
}
