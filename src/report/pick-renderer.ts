import type {Clock} from '../clock.js'
import {silent} from '../progress.js'
import {visibleIn} from '../visible.js'
import {printText} from './print.js'
import type {Renderer} from './renderer.js'

/** How a run can be shown. */
export type RendererKind = 'live' | 'plain' | 'silent'

/** Live on a terminal that can redraw, lines elsewhere, when every event is wanted, and beside a document. */
export function rendererKind(options: {
  json: boolean
  verbose: boolean
  isTerminal: boolean
  env: NodeJS.ProcessEnv
}): RendererKind {
  const {json, verbose, isTerminal, env} = options
  if (json) return 'plain'
  return isTerminal && !verbose && !env.CI && env.TERM !== 'dumb' ? 'live' : 'plain'
}

/** Makes the renderer. What is told holds words of others: whatever draws gets it so that nothing of it acts. */
export async function pickRenderer(
  kind: RendererKind,
  options: {clock: Clock; verbose: boolean; noColor: boolean},
): Promise<Renderer> {
  const renderer = await rendererOf(kind, options)
  return {tell: event => renderer.tell(visibleIn(event)), close: () => renderer.close()}
}

/** The libraries that draw are loaded only for the live one. */
async function rendererOf(
  kind: RendererKind,
  options: {clock: Clock; verbose: boolean; noColor: boolean},
): Promise<Renderer> {
  const {clock, verbose, noColor} = options
  switch (kind) {
    case 'silent':
      return {tell: silent, close: async () => {}}
    case 'plain': {
      const {PlainRenderer} = await import('./plain-renderer.js')
      return new PlainRenderer({clock, verbose, write: line => printText(process.stderr, line)})
    }
    case 'live': {
      const [{TerminalRenderer}, {paint}] = await Promise.all([
        import('./terminal-renderer.js'),
        import('./paint.js'),
      ])
      return new TerminalRenderer({
        clock,
        paint: paint({stream: process.stdout, noColor}),
        rows: () => process.stdout.rows ?? 24,
      })
    }
  }
}
