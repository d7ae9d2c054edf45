import {pastingNoteIn} from '../aws/command-line.js'
import type {DiagnoseResult, DiagnosisResult} from '../results.js'
import {visibleIn} from '../visible.js'
import {evidenceLines} from './evidence-text.js'
import type {Paint} from './paint.js'

/** Whoever asks for a diagnosis has room for more than a failed command has. */
const mostEvidence = 40
/** So many other failures are told; `--json` has all. */
const mostOthers = 5

/**
 * Why it failed, for people.
 * @param options.recorded a run of which more is known, by its id
 * @param options.commandLine of the environment; none where a stack was named, which may be somebody else's
 */
export function diagnosisText(
  told: DiagnoseResult,
  options: {paint: Paint; recorded?: string; commandLine?(command: string): string},
): string {
  const {paint, recorded, commandLine} = options
  const result = visibleIn(told)
  const {diagnosis, evidence, next} = result
  const lines = [headline(result, paint)]
  if (diagnosis !== null) lines.push(...causeLines(diagnosis))
  const shown = evidenceLines(evidence, mostEvidence)
  if (shown.length > 0) lines.push('Evidence:', ...shown)
  if (next !== null) lines.push(`Try:   ${withoutRepeated(next, diagnosis?.advice ?? '')}`)
  if (result.state === 'well' && commandLine !== undefined)
    lines.push(`Run \`${commandLine('verify')}\` to check whether it is healthy.`)
  const pasting = pastingNoteIn(lines.join('\n'))
  if (pasting !== undefined) lines.push(`Note:  ${pasting}`)
  if (recorded !== undefined)
    lines.push(`Recording: what mcpgw saw at that time: \`mcpgw diagnose --run ${recorded}\``)
  return lines.join('\n')
}

/** A failed command has told what to do in one piece; here the advice is in a line of its own. */
function withoutRepeated(next: string, advice: string): string {
  const rest = next.startsWith(advice) ? next.slice(advice.length).trim() : next
  return rest === '' ? next : rest
}

function headline({environment, run, state, stacks, diagnosis}: DiagnoseResult, paint: Paint): string {
  const what = run === null ? environment : `Run ${run}`
  const statuses = stacks.map(({name, status}) => `${name} is ${status}`).join(', ')
  const told = statuses === '' ? '' : ` (${statuses})`
  switch (state) {
    case 'well':
      return paint.green(`✔ ${what}: nothing failed${told}.`)
    case 'running':
      return diagnosis === null
        ? `${what}: still in progress, and nothing has failed so far${told}.`
        : paint.red(`✖ ${what}: still in progress, and something has failed${told}.`)
    case 'failed':
      return paint.red(`✖ ${what}: failed${told}.`)
    default:
      return state satisfies never
  }
}

function causeLines(diagnosis: DiagnosisResult): string[] {
  const {stack, logicalId, type, status, reason, meaning, advice, template, others, cancelled} = diagnosis
  const more = others.length - mostOthers
  return [
    `Cause: ${stack} / ${logicalId} (${type}) ${status}`,
    `Why:   ${reason}`,
    ...(meaning === null ? [] : [`Means: ${meaning}`]),
    ...(template === null ? [] : [`Where: ${template}`]),
    ...(advice === null ? [] : [`Do:    ${advice}`]),
    ...others
      .slice(0, mostOthers)
      .map(other => `Also:  ${other.stack} / ${other.logicalId} (${other.type}): ${other.reason}`),
    ...(more > 0 ? [`Also:  and ${more} more.`] : []),
    ...(cancelled > 0 ? [`Also:  ${cancelled} cancelled because of it.`] : []),
  ]
}
