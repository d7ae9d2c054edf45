import {invalidInput, type McpgwError} from '../../errors.js'

const parameter = 'OriginHeaderTurn'
/** After the last one comes the first. Source: OriginHeaderTurns of compute-stack.yaml. */
const turns = 8

/**
 * What is wrong with the turn that was asked for; undefined when nothing is. A turn sends another header or makes one
 * anew. Two at once would send what no load balancer knows until the update is done, minutes later.
 * @param existing the turn of the environment; undefined when none exists, or it knows of no turns
 */
export function turnProblem(asked: string | undefined, existing: string | undefined): McpgwError | undefined {
  if (asked === undefined || existing === undefined || asked === existing) return undefined
  const next = String((Number(existing) % turns) + 1)
  if (asked === next) return undefined
  return invalidInput(
    'INVALID_PARAMETER',
    `${parameter} is ${existing} in this environment and cannot become ${asked} at once: CloudFront would send a header that the load balancers do not accept yet, and everybody would be refused for minutes.`,
    `Go one further: --set ${parameter}=${next}.`,
  )
}
