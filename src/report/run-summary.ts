import type {RunFile} from '../recorder/run-file.js'
import type {DiagnosisResult, Evidence} from '../results.js'
import {evidenceLines} from './evidence-text.js'
import {codeBlock, codeSpan, markdown} from './markdown.js'

/** So many lines of evidence: the page shall stay one page. */
const mostEvidence = 30
/** So many other failures. */
const mostOthers = 5

/** `summary.md`: what happened, the cause, the evidence, what to do next, on one page. */
export function summaryOf(run: RunFile, evidence: readonly Evidence[]): string {
  const {id, command, environment, rehearsal, diagnosis, failure} = run
  const where = `account ${run.account ?? 'unknown'}, region ${run.region}`
  const blocks = [
    `# ${markdown(`${command} of ${environment}`)}: ${endOf(run)}`,
    rehearsal ? 'This was a rehearsal in the embedded account, not AWS.' : '',
    [
      `- run: ${id}, mcpgw ${run.mcpgwVersion}`,
      `- where: ${markdown(where)}`,
      `- when: ${run.startedAt} to ${run.endedAt ?? 'unknown: the run has not come to its end'}`,
      `- command: ${codeSpan(run.commandLine)}`,
    ].join('\n'),
    failure === null ? '' : `## What happened\n\n${markdown(failure.message)}`,
    diagnosis === null ? '' : causeText(diagnosis),
    evidence.length === 0 ? '' : `## Evidence\n\n${evidenceText(evidence)}`,
    failure?.logs ? `Log: ${markdown(failure.logs)}` : '',
    failure?.hint ? `## Next\n\n${markdown(failure.hint)}` : '',
    `\`mcpgw diagnose --run ${id}\` explains it again; docs/flight-recorder.md says what is in this folder.`,
  ]
  return `${blocks.filter(Boolean).join('\n\n')}\n`
}

function endOf({exitCode}: RunFile): string {
  switch (exitCode) {
    case null:
      return 'not ended'
    case 0:
      return 'done'
    case 4:
      return 'gave up waiting (exit code 4)'
    case 130:
      return 'interrupted (exit code 130)'
    default:
      return `failed (exit code ${exitCode})`
  }
}

function causeText(cause: DiagnosisResult): string {
  const {stack, logicalId, type, status, reason, meaning, advice, template, others, cancelled} = cause
  const more = others.length > mostOthers ? [`- and ${others.length - mostOthers} more`] : []
  const blocks = [
    '## Cause',
    markdown(`${stack} / ${logicalId} (${type}) ${status}${template === null ? '' : `, ${template}`}:`),
    codeBlock([reason]),
    markdown(meaning ?? ''),
    markdown(advice ?? ''),
    [
      ...others
        .slice(0, mostOthers)
        .map(other => `- also ${markdown(`${other.logicalId}: ${other.reason}`)}`),
      ...more,
    ].join('\n'),
    cancelled === 0 ? '' : `Cancelled because of it: ${cancelled}.`,
  ]
  return blocks.filter(Boolean).join('\n\n')
}

/** As a block of code: whatever a log says stays as it is. */
function evidenceText(evidence: readonly Evidence[]): string {
  return evidenceLines(evidence, mostEvidence)
    .map(line => `  ${line}`)
    .join('\n')
}
