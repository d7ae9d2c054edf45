import {mkdtempSync, renameSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import type {TestProject} from 'vitest/node'
import {type Finished, Rehearsal} from './mcpgw.js'

/** The nested layout with every default, as `mcpgw deploy --rehearse --yes --json` left it. */
export interface NestedDeployment extends Omit<Finished, 'json'> {
  /** The account; to be copied, never used itself. */
  stateFile: string
}

declare module 'vitest' {
  interface ProvidedContext {
    /** The file in which the deployment is told, once it is there; or why it is not, as `{error}`. */
    nestedDeployment: string
  }
}

/** Deploys once, for all files that begin with an existing environment; those that do not are not kept waiting. */
export default function setup(project: TestProject): () => Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'mcpgw-deployed-'))
  const file = join(folder, 'deployed.json')
  const tell = (what: NestedDeployment | {error: string}) => {
    writeFileSync(`${file}.new`, JSON.stringify(what))
    renameSync(`${file}.new`, file)
  }
  const rehearsal = new Rehearsal()
  const deploying = rehearsal
    .rehearse('deploy', '--yes')
    .then(async ({code, stdout, stderr}) => {
      await rehearsal.leave()
      tell({code, stdout, stderr, stateFile: rehearsal.stateFile})
    })
    .catch(error => tell({error: String(error)}))
  project.provide('nestedDeployment', file)
  return async () => {
    await deploying
    await rehearsal.remove()
    rmSync(folder, {recursive: true, force: true})
  }
}
