import type {CheckTarget} from './check-target.js'

/** How to deploy this environment again; without its layout the command would be refused. */
export function deployLine({commandLine, layout}: Pick<CheckTarget, 'commandLine' | 'layout'>): string {
  const line = commandLine('deploy')
  return layout === 'nested' || line.includes(' --layout ') ? line : `${line} --layout ${layout}`
}

/** What to do about something that its stack made and that somebody deleted: CloudFormation alone does not notice. */
export function restore(target: Pick<CheckTarget, 'commandLine' | 'layout'>): string {
  return `Run: ${deployLine(target)} --repair`
}
