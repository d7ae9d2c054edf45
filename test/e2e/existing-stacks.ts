import {copyFileSync, existsSync, readFileSync} from 'node:fs'
import {setTimeout as pause} from 'node:timers/promises'
import {inject} from 'vitest'
import type {NestedDeployment} from './deployed.js'
import {type Finished, Rehearsal} from './mcpgw.js'

/** Real milliseconds between two looks whether the environment of all files exists. */
const lookMs = 50

/** An account of its own in which the nested layout exists with every default, and what deploying it said. */
export async function existingStacks(): Promise<{rehearsal: Rehearsal; deployed: Finished}> {
  const file = inject('nestedDeployment')
  while (!existsSync(file)) await pause(lookMs)
  const told: NestedDeployment | {error: string} = JSON.parse(readFileSync(file, 'utf8'))
  if ('error' in told) throw new Error(`The environment of all files does not exist: ${told.error}`)
  const {stateFile, ...deployed} = told
  const rehearsal = new Rehearsal()
  copyFileSync(stateFile, rehearsal.stateFile)
  return {rehearsal, deployed: {...deployed, json: () => JSON.parse(deployed.stdout)}}
}
