import {test} from 'vitest'
import type {Drill} from './drill.js'
import {type Report, runDrill} from './run-drill.js'

declare module 'vitest' {
  interface TaskMeta {
    drill?: Report
  }
}

/** One test a drill; how it went goes into the table that the run prints. */
export function testDrills(drills: readonly Drill[]): void {
  for (const drill of drills) {
    test(drill.name, async ({task}) => {
      task.meta.drill = await runDrill(drill)
    })
  }
}
