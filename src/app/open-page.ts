import {spawn} from 'node:child_process'
import {loopbackAddress} from '../aws/public-agent.js'

/** What became of it: `reason` says why nothing was opened. */
export interface Opened {
  url: string
  ok: boolean
  reason: string | null
}

/** What the operating system opens a page with, given its address as the last argument. */
const openers: Readonly<Partial<Record<NodeJS.Platform, readonly [string, ...string[]]>>> = {
  darwin: ['open'],
  // `start` belongs to a shell, which would read `&` in an address for itself.
  win32: ['rundll32', 'url.dll,FileProtocolHandler'],
}

/**
 * Opens a page in the browser of whoever sits there. That it cannot be opened is no failure: the address is told.
 * @param surroundings what decides whether there is a browser; of this machine unless a test says otherwise
 */
export async function openPage(
  url: string,
  {endpoint}: {endpoint: string | undefined},
  {platform, env}: {platform: NodeJS.Platform; env: NodeJS.ProcessEnv} = process,
): Promise<Opened> {
  const closed = (reason: string): Opened => ({url, ok: false, reason})
  if (loopbackAddress(endpoint) !== undefined)
    return closed('the embedded account answers mcpgw and programs, and has no page for a browser')
  // Nothing but an address of ours is handed to another program.
  if (!URL.canParse(url) || new URL(url).protocol !== 'https:') return closed('it is no https address')
  const hasDisplay = platform === 'darwin' || platform === 'win32' || env.DISPLAY || env.WAYLAND_DISPLAY
  if (!hasDisplay) return closed('this machine has no display; open it where there is a browser')
  const [program, ...rest] = openers[platform] ?? ['xdg-open']
  const failure = await started(program, [...rest, new URL(url).href], env)
  return failure === undefined
    ? {url, ok: true, reason: null}
    : closed(`${program} could not be started: ${failure}`)
}

/** Lets go of the program as soon as it runs: a browser that it starts stays. */
function started(
  program: string,
  words: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<string | undefined> {
  return new Promise(resolve => {
    const child = spawn(program, words, {stdio: 'ignore', detached: true, env})
    child.once('error', ({message}) => resolve(message))
    child.once('spawn', () => {
      child.unref()
      resolve(undefined)
    })
  })
}
