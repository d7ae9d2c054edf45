import type {Aws} from '../../aws/aws.js'
import type {Clock} from '../../clock.js'
import type {ProgressSink} from '../../progress.js'

/** What making the realm needs to know. */
export interface RealmTarget {
  readonly aws: Pick<Aws, 'secrets' | 'web'>
  readonly clock: Clock
  readonly environment: string
  /** Of the environment's stacks: RegistryUrl and KeycloakUrl. */
  readonly outputs: Readonly<Record<string, string>>
  /** Of the environment's stacks: KeycloakAdminUsername. */
  readonly parameters: Readonly<Record<string, string>>
  /** Names of the students that shall be able to log in; undefined when nothing was said of any. */
  readonly students: readonly string[] | undefined
  /** How long, of the clock, Keycloak may give no answer. */
  readonly patienceMs: number
  readonly signal: AbortSignal
  readonly tell: ProgressSink
  commandLine(command: string): string
  /** Told once when something is about to be changed. */
  onChange(): void
}
