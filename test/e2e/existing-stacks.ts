import {copyFileSync, existsSync, readFileSync} from 'node:fs'
import {setTimeout as pause} from 'node:timers/promises'
import {inject} from 'vitest'
import type {NestedDeployment} from './deployed.js'
import {InProcessRehearsal} from './in-process.js'
import {type Finished, finished, Rehearsal} from './mcpgw.js'

/** Real milliseconds between two looks whether the environment of all files exists. */
const lookMs = 50

/** An account of its own in which the nested layout exists with every default, and what deploying it said. */
export function existingStacks(): Promise<{rehearsal: Rehearsal; deployed: Finished}> {
  return existingStacksFor(new Rehearsal())
}

/** The same, for commands that run in the test's process. */
export function existingStacksInProcess(): Promise<{rehearsal: InProcessRehearsal; deployed: Finished}> {
  return existingStacksFor(new InProcessRehearsal())
}

async function existingStacksFor<R extends Rehearsal>(
  rehearsal: R,
): Promise<{rehearsal: R; deployed: Finished}> {
  const file = inject('nestedDeployment')
  while (!existsSync(file)) await pause(lookMs)
  const told: NestedDeployment | {error: string} = JSON.parse(readFileSync(file, 'utf8'))
  if ('error' in told) throw new Error(`The environment of all files does not exist: ${told.error}`)
  const {stateFile, ...deployed} = told
  copyFileSync(stateFile, rehearsal.stateFile)
  return {rehearsal, deployed: finished(['deploy', '--json'], deployed)}
}
