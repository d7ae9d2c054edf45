import type {TestProject} from 'vitest/node'
import {type Finished, Rehearsal} from './mcpgw.js'

/** The nested layout with every default, as `mcpgw deploy --rehearse --yes --json` left it. */
export interface NestedDeployment extends Omit<Finished, 'json'> {
  /** The account; to be copied, never used itself. */
  stateFile: string
}

declare module 'vitest' {
  interface ProvidedContext {
    nestedDeployment: NestedDeployment
  }
}

/** Deploys once, for all files that begin with an environment that stands. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const rehearsal = new Rehearsal()
  const {code, stdout, stderr} = await rehearsal.rehearse('deploy', '--yes')
  await rehearsal.leave()
  project.provide('nestedDeployment', {code, stdout, stderr, stateFile: rehearsal.stateFile})
  return () => rehearsal.remove()
}
