import {failed, McpgwError, messageOf} from '../errors.js'
import {usageFailure} from './usage-failure.js'

/** Anything thrown, as a failure that mcpgw reports: on purpose, wrong usage found by oclif, or a defect. */
export function asFailure(error: unknown): McpgwError {
  if (error instanceof McpgwError) return error
  if (isUsageError(error)) return usageFailure(error)
  const advice = systemAdvice(error)
  if (advice !== undefined)
    return failed('SYSTEM_ERROR', `The system does not let mcpgw continue: ${messageOf(error)}.`, {
      hint: advice,
      cause: error,
    })
  return new McpgwError(`Something went wrong inside mcpgw: ${messageOf(error)}`, {
    code: 'INTERNAL',
    exitCode: 1,
    hint: 'This is a defect: run again with --verbose and report what it prints.',
    cause: error,
  })
}

/** What to do about what is wrong with the machine, or with where mcpgw runs on it, by the system's code. */
const systemAdvices: Readonly<Record<string, string>> = {
  ENOENT: 'Check that the folder that you are in, and those of your settings, still exist.',
  ENOTDIR: 'A file is where a folder is expected: check HOME, XDG_STATE_HOME and TMPDIR.',
  EISDIR: 'A folder is where a file is expected: check the paths that were given.',
  ELOOP: 'Symbolic links lead in a circle: check the paths that were given.',
  ENAMETOOLONG: 'Give a shorter path.',
  EACCES: 'Check the permissions of the file or folder.',
  EPERM: 'Check the permissions of the file or folder.',
  EROFS: 'Name a place that can be written to in MCPGW_REHEARSAL_STATE and MCPGW_RUNS_DIR.',
  ENOSPC: 'Make room on the disk, then run the command again.',
  EDQUOT: 'Make room in your quota of the disk, then run the command again.',
  EMFILE: 'Allow more open files (`ulimit -n 1024`), then run the command again.',
  ENFILE: 'Too many files are open on this machine: end other programs, then run the command again.',
  ENOMEM: 'End other programs, then run the command again.',
}

/** Undefined for anything but a refusal of the system. */
function systemAdvice(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('syscall' in error) || !('code' in error)) return undefined
  return systemAdvices[String(error.code)]
}

/** oclif's own errors (unknown flag, missing value, wrong type) carry the parser's input. */
function isUsageError(error: unknown): error is Error {
  return (
    error instanceof Error &&
    (/^(Parsing|Flag) --/.test(error.message) ||
      'parse' in error ||
      ('oclif' in error && error.name !== 'Error'))
  )
}
