/** Who logs in where, and where the passwords are. */
export interface CredentialsResult {
  environment: string
  region: string
  credentials: Credential[]
  /** What became of `--open`; null without it. */
  opened: {url: string; ok: boolean; reason: string | null} | null
}

/** One account that people or programs use. */
export interface Credential {
  /** What `--user` calls it: two accounts may have the same user name in different places. */
  name: string
  kind: 'registry-administrator' | 'student' | 'keycloak-administrator' | 'machine-client'
  /** Where to log in; of a machine client, where it gets its tokens. */
  url: string
  /** The user name, or the client id. */
  user: string
  /** The name of the secret, and which member of it is the password. */
  secret: string
  key: string
  /** Null unless `--reveal` was given, and where the secret has no such member. */
  password: string | null
}
