import type {TemplateVersions} from '../recorder/run-file.js'
import type {RecordedCommand} from '../recorder/run-id.js'
import type {AwsFlags} from './flags.js'
import type {Recording} from './recording.js'
import type {Redactor} from './redactor.js'
import type {Target} from './target.js'

/** What a command was given, for the recording of its run. */
export interface Recorded {
  command: RecordedCommand
  layout?: string
  isExpress?: boolean
  /** Without the values of secrets. */
  parameters?: Readonly<Record<string, string>>
  templates?: TemplateVersions
}

/** Begins to record a run in which something happens; what records is loaded for it alone. */
export async function startRecording(
  recorded: Recorded,
  options: {
    flags: AwsFlags
    commandLine(command: string): string
    redactor: Redactor
    target: Target
    signal: AbortSignal
  },
): Promise<Recording> {
  const {command, layout, isExpress = false, parameters = {}, templates} = recorded
  const {flags, commandLine, redactor, target, signal} = options
  const {aws, holdClock: onLook} = target
  const {environment, rehearse: rehearsal} = flags
  const {Recording} = await import('./recording.js')
  const facts = {
    command,
    commandLine: commandLine(command),
    environment,
    region: aws.region,
    endpoint: aws.endpoint ?? null,
    rehearsal,
    layout: layout ?? null,
    ...(isExpress && {isExpress}),
    parameters,
    templates: templates ?? null,
  }
  return new Recording({facts, commandLine, aws, signal, mask: text => redactor.text(text), onLook})
}
