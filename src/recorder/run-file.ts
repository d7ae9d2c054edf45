import type {DiagnosisResult} from '../results.js'
import type {RecordedCommand} from './run-id.js'

/** What a run was given, for `run.json`. Values of secrets must be masked before. */
export interface RunFacts {
  readonly command: RecordedCommand
  /** As it can be pasted, with the flags that matter. */
  readonly commandLine: string
  readonly environment: string
  readonly region: string
  /** The URL that stood for all of AWS; null for AWS itself. */
  readonly endpoint: string | null
  /** True when the embedded account stood in for AWS. */
  readonly rehearsal: boolean
  readonly layout: string | null
  /** True when CloudFormation's express mode was asked for, which tells of ends before they are. */
  readonly isExpress?: boolean
  readonly parameters: Readonly<Record<string, string>>
  readonly templates: TemplateVersions | null
}

/** Which templates were deployed: SHA-256 as hex digits. */
export interface TemplateVersions {
  readonly digest: string
  readonly files: Readonly<Record<string, string>>
}

/** How a run ended. */
export interface RunEnding {
  readonly exitCode: number
  readonly failure: RecordedFailure | null
}

/** The members of a failure that are worth keeping. */
export interface RecordedFailure {
  readonly code: string
  readonly message: string
  readonly cause: string | null
  readonly hint: string | null
  readonly resource: string | null
  readonly logs: string | null
}

/** The content of `run.json`. Times are ISO 8601 in UTC; the last four are null until the run has ended. */
export interface RunFile extends RunFacts {
  readonly id: string
  readonly mcpgwVersion: string
  readonly account: string | null
  readonly startedAt: string
  readonly endedAt: string | null
  readonly exitCode: number | null
  readonly failure: RecordedFailure | null
  readonly diagnosis: DiagnosisResult | null
}
