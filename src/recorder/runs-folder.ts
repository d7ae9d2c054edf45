import {readdirSync} from 'node:fs'
import {rm} from 'node:fs/promises'
import {homedir} from 'node:os'
import path from 'node:path'
import {runIdPattern} from './run-id.js'

/** So many runs are kept: a workshop's worth, a few MB. */
const keptRuns = 50

/**
 * The folder with one folder a run: MCPGW_RUNS_DIR, else below the state folder of the XDG base directory
 * specification, on Windows below LOCALAPPDATA.
 */
export function runsFolder(env: NodeJS.ProcessEnv = process.env): string {
  if (env.MCPGW_RUNS_DIR) return env.MCPGW_RUNS_DIR
  // The specification: a relative path is invalid and to be ignored.
  const xdg = path.isAbsolute(env.XDG_STATE_HOME ?? '') ? env.XDG_STATE_HOME : undefined
  const state = xdg || env.LOCALAPPDATA || path.join(homedir(), '.local', 'state')
  return path.join(state, 'mcpgw', 'runs')
}

/** Ids of the runs in the folder, newest first; none when it cannot be read. */
export function runIds(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
      .filter(name => runIdPattern.test(name))
      .sort()
      .reverse()
  } catch {
    return []
  }
}

/** Removes all runs but the newest. Nothing else in the folder is touched; what cannot be removed stays. */
export async function removeOldRuns(folder: string): Promise<void> {
  const old = runIds(folder).slice(keptRuns)
  await Promise.all(old.map(id => rm(path.join(folder, id), {recursive: true, force: true}).catch(() => {})))
}
