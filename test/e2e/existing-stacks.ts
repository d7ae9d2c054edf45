import {copyFileSync} from 'node:fs'
import {inject} from 'vitest'
import {type Finished, Rehearsal} from './mcpgw.js'

/** An account of its own in which the nested layout stands with every default, and what deploying it said. */
export function existingStacks(env: NodeJS.ProcessEnv = {}): {rehearsal: Rehearsal; deployed: Finished} {
  const {stateFile, ...deployed} = inject('nestedDeployment')
  const rehearsal = new Rehearsal(env)
  copyFileSync(stateFile, rehearsal.stateFile)
  return {rehearsal, deployed: {...deployed, json: () => JSON.parse(deployed.stdout)}}
}
