import type {Build} from '../../aws/builds.js'
import {messageOf} from '../../errors.js'
import type {Evidence} from '../../results.js'
import {logLines, type Reads} from './reads.js'

/** How a build ended: the phase that failed, which images, what CodeBuild says, and the last lines of its log. */
export async function buildEvidence(reads: Reads, build: Build): Promise<readonly Evidence[]> {
  const {id, status, logs} = build
  const phase = build.phases.find(candidate => candidate.status && candidate.status !== 'SUCCEEDED')
  const images = build.exported?.FAILED_IMAGES
  const lines = [
    `${status}${phase === undefined ? '' : ` in phase ${phase.name}`}.`,
    images ? `Failed images: ${images}.` : '',
    phase?.message ? `CodeBuild says: ${phase.message}` : '',
    logs === undefined ? 'It has no log: it did not get as far as PROVISIONING.' : '',
  ].filter(Boolean)
  const summary: Evidence = {kind: 'build', title: `Build ${id}`, lines}
  return logs === undefined ? [summary] : [summary, await logOf(reads, logs)]
}

async function logOf(reads: Reads, {group, stream}: NonNullable<Build['logs']>): Promise<Evidence> {
  const title = `Image build, log group ${group}, stream ${stream}`
  try {
    const lines = await reads.logs.tail(group, stream, logLines)
    return {kind: 'log', title, lines: lines ?? ['The log no longer exists.']}
  } catch (error) {
    // The phase and the images are known all the same.
    return {kind: 'log', title, lines: [`could not be read: ${messageOf(error)}`]}
  }
}
