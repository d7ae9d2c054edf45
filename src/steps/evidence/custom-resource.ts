import type {Build} from '../../aws/builds.js'
import type {StackResource} from '../../aws/stack-data.js'
import type {Evidence} from '../../results.js'
import {type Failed, logLines, type Reads} from './reads.js'

/** A stack with more functions than this has others beside the one that was asked. */
const mostFunctions = 2
/** Each start of a function has a stream of its own: the request and the answer may lie in two. */
const mostStreams = 2

/**
 * The last lines of the functions in the stack of a custom resource. Its events do not tell which one provides it
 * (the ServiceToken is a property), but a provider lies in the same stack as a rule.
 */
export async function functionLogs(
  reads: Reads,
  resources: readonly StackResource[],
): Promise<readonly Evidence[]> {
  const functions = resources.filter(({type, physicalId}) => type === 'AWS::Lambda::Function' && physicalId)
  return Promise.all(functions.slice(0, mostFunctions).map(({physicalId}) => functionLog(reads, physicalId)))
}

async function functionLog(reads: Reads, name: string): Promise<Evidence> {
  // Where a function writes unless its template says otherwise (Lambda developer guide, "Log groups for functions").
  const group = `/aws/lambda/${name}`
  const title = `Function ${name}, log group ${group}`
  const streams = await reads.logs.newestStreams(group, mostStreams)
  if (!streams?.length) return {kind: 'custom-resource', title, lines: ['The function wrote nothing.']}
  const tails = await Promise.all(
    streams.map(stream => reads.logs.tail(group, stream, logLines / mostStreams)),
  )
  return {kind: 'custom-resource', title, lines: tails.toReversed().flatMap(lines => lines ?? [])}
}

/** The build that a custom resource waited for: the one that its reason names, else the last of the stack's project. */
export async function buildBehind(
  reads: Reads,
  {reason = ''}: Pick<Failed, 'reason'>,
  resources: readonly StackResource[],
): Promise<Build | undefined> {
  const [id] = /[\w-]+:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/.exec(reason) ?? []
  if (id !== undefined) return reads.builds.describe(id)
  const project = resources.find(({type, physicalId}) => type === 'AWS::CodeBuild::Project' && physicalId)
  const build = project && (await reads.builds.latest(project.physicalId))
  return build?.status === 'SUCCEEDED' ? undefined : build
}
