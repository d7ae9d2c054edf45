import {DefaultRenderer} from 'listr2'
import {DrawingRate} from './drawing-rate.js'
import {blocksOf, fitScreen} from './fit-screen.js'
import {noticeLines} from './live-screen.js'
import type {Paint} from './paint.js'
import {canDraw} from './terminal-size.js'

/** One screen, however many lists are drawn on it one after the other. */
const rate = new DrawingRate()

/**
 * listr2's renderer, kept within the terminal while it draws, and drawing no more often than anybody can read. While
 * the terminal has no room nothing is drawn; at the end everything is written out once.
 */
export function fittedRenderer(options: {
  height(): number
  running(): number
  paint: Paint
}): typeof DefaultRenderer {
  const {height, running, paint} = options
  return class extends DefaultRenderer {
    override update(): void {
      // A task's output is heard of once it has been laid out.
      this.create()
      rate.draw(() => {
        if (canDraw(process.stdout)) super.update()
      })
    }

    override end(): void {
      rate.forget()
      super.end()
    }

    override create(parts?: Parameters<DefaultRenderer['create']>[0]): string {
      const whole = super.create(parts)
      // Only the last drawing names its parts.
      if (parts !== undefined) return whole
      const below = noticeLines()
      const lines = fitScreen(blocksOf(whole.split('\n')), {
        running: running(),
        height: Math.max(1, height() - below.length),
        collapsed: steps => `${paint.green('✔')} ${steps} steps done`,
      })
      return [...lines, ...below].slice(0, Math.max(1, height())).join('\n')
    }

    protected override format(message: string, icon: string, level: number): string[] {
      // The library cuts lines to the width that the terminal says: to nothing where that is 0.
      if (canDraw(process.stdout) || message.trim() === '') return super.format(message, icon, level)
      return `${icon} ${message}`.split('\n')
    }
  }
}
