import {randomBytes} from 'node:crypto'

/** The commands whose runs are recorded. */
export type RecordedCommand = 'deploy' | 'teardown' | 'reset' | 'watch' | 'images export'

/** `20261127T181502Z-deploy-demo-3f2a`: sorts by time, and names no two runs alike. */
export const runIdPattern =
  /^\d{8}T\d{6}Z-(?:deploy|teardown|reset|watch|images-export)-[a-z0-9-]+-[0-9a-f]{4}$/

/** @param at epoch ms of the machine's clock: the accounts of rehearsals have times of their own */
export function newRunId(command: RecordedCommand, environment: string, at: number): string {
  const time = new Date(at).toISOString().replace(/[-:]|\.\d+/g, '')
  return `${time}-${command.replace(' ', '-')}-${environment}-${randomBytes(2).toString('hex')}`
}
