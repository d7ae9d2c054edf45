import {DefaultRenderer} from 'listr2'
import {blocksOf, fitScreen} from './fit-screen.js'
import type {Paint} from './paint.js'

/** listr2's renderer, kept within the terminal while it draws; at the end everything is written out once. */
export function fittedRenderer(options: {
  height(): number
  running(): number
  paint: Paint
}): typeof DefaultRenderer {
  const {height, running, paint} = options
  return class extends DefaultRenderer {
    override create(parts?: Parameters<DefaultRenderer['create']>[0]): string {
      const whole = super.create(parts)
      // Only the last drawing names its parts.
      if (parts !== undefined) return whole
      return fitScreen(blocksOf(whole.split('\n')), {
        running: running(),
        height: height(),
        collapsed: steps => `${paint.green('✔')} ${steps} steps done`,
      }).join('\n')
    }
  }
}
