import {test} from 'vitest'
import {testChain} from './chain.js'
import type {Drill} from './drill.js'
import {type Report, runDrill} from './run-drill.js'

declare module 'vitest' {
  interface TaskMeta {
    drill?: Report
  }
}

/** So many drills that begin alike are worth a chain. */
const shortestChain = 3

/**
 * One test a drill; how it went goes into the table that the run prints. Of those that begin alike, run the same
 * command and fail in a stack, each continues from what the one before it left, which is what that one advised.
 */
export function testDrills(drills: readonly Drill[]): void {
  const alike = new Map<string, Drill[]>()
  for (const drill of drills.filter(isLink)) {
    const key = `${drill.command}, begun with: ${drill.start}`
    alike.set(key, [...(alike.get(key) ?? []), drill])
  }
  const chained = new Set<Drill>()
  for (const [key, [first, ...rest]] of alike) {
    if (first === undefined || rest.length + 1 < shortestChain) continue
    for (const drill of [first, ...rest]) chained.add(drill)
    testChain(key, [first, ...rest])
  }
  for (const drill of drills.filter(each => !chained.has(each))) {
    test(drill.name, async ({task}) => {
      task.meta.drill = await runDrill(drill)
    })
  }
}

/** Leaves a stack that failed, and advises the same command again. A teardown has removed what the next could fail at. */
function isLink({start, command, expect, ...rest}: Drill): boolean {
  const {name: _, faults: __, ...special} = rest
  const isPlain = Object.values(special).every(value => value === undefined)
  const isPlainDeploy = command.startsWith('mcpgw deploy') && !/--on-failure|--set/.test(command)
  return isPlain && isPlainDeploy && expect.code === 'STACK_FAILED' && start !== 'deployed'
}
