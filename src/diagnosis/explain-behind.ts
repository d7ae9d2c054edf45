import type {Evidence} from '../results.js'
import {type Explanation, explain} from './explain.js'
import type {Failure} from './facts.js'
import type {Templates} from './template-line.js'

/** What CloudFormation says of a service whatever its tasks died of. */
const saysOnlyThat = new Set(['deployment-circuit-breaker', 'service-not-stable', 'not-stabilized'])

/**
 * What the catalogue knows of a failure, and of what was found behind it. Of a service CloudFormation tells no more than
 * that its tasks stopped, or that it waited too long: why, ECS says of each task, and in the messages of the service.
 * @param evidence what was found behind this failure and others; empty when nobody looked
 */
export function explainBehind(
  failure: Failure,
  evidence: readonly Evidence[],
  templates?: Templates,
): Explanation | undefined {
  const own = explain(failure, templates)
  if (failure.type !== 'AWS::ECS::Service' || (own !== undefined && !saysOnlyThat.has(own.id))) return own
  const name = failure.physicalId?.split('/').at(-1)
  if (name === undefined || name === '') return own
  const linesOf = (kind: Evidence['kind'], title: RegExp) =>
    evidence
      .filter(each => each.kind === kind && title.exec(each.title)?.[1] === name)
      .map(({lines}) => lines)
  return (
    explainReasons(
      failure,
      [
        // Of one task all that is said counts at once: "Essential container in task exited" has its reason beside it.
        ...linesOf('task', taskTitle).map(lines => lines.join('\n')),
        ...linesOf('service', serviceTitle).flat(),
      ],
      templates,
    ) ?? own
  )
}

/** The first of some texts of ECS about a service that the catalogue knows. */
export function explainReasons(
  failure: Omit<Failure, 'reason'>,
  reasons: readonly string[],
  templates?: Templates,
): Explanation | undefined {
  for (const reason of reasons) {
    const known = explain({...failure, reason}, templates)
    if (known !== undefined && !saysOnlyThat.has(known.id)) return known
  }
  return undefined
}

/** Titles of evidence: they say which service it is of. */
const taskTitle = /^Task \S+ of service (\S+)$/
const serviceTitle = /^Service (\S+) in cluster \S+$/
