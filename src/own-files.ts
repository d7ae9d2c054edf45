import {
  closeSync,
  constants,
  fstatSync,
  ftruncateSync,
  lstatSync,
  openSync,
  type Stats,
  statSync,
  writeFileSync,
} from 'node:fs'

/** For the user alone: what is kept holds generated passwords, and words of AWS and of logs. */
export const ownFileMode = 0o600
export const ownFolderMode = 0o700

/** Mode bits. Sticky: in a folder that everybody may write to, nobody can rename or remove what is another's. */
const [sticky, groupMayWrite, othersMayWrite] = [0o1000, 0o020, 0o002]

/**
 * Why nothing is to be kept in a folder: somebody else could put a file, or a link, in the place of ours. A folder may be
 * a link if the user, or the system, has made it. Undefined where all is well or nothing is there yet, and on systems
 * without such modes.
 */
export function folderProblem(folder: string): string | undefined {
  const link = looked(() => lstatSync(folder))
  const stats = looked(() => statSync(folder))
  if (link === undefined || !stats?.isDirectory() || process.getuid === undefined) return undefined
  if (isOfOthers(link) || isOfOthers(stats)) return `${folder} belongs to another user`
  if ((stats.mode & sticky) !== 0) return undefined
  if ((stats.mode & othersMayWrite) !== 0) return `everybody may write to ${folder}`
  // On many systems each user has a group alone, and new folders are open to it.
  const isShared = (stats.mode & groupMayWrite) !== 0 && stats.gid !== process.getgid?.() && stats.gid !== 0
  return isShared ? `a group of users may write to ${folder}` : undefined
}

/** Why a file is not taken for ours, or written to: a link leads to where somebody else wants. */
export function fileProblem(file: string): string | undefined {
  const stats = looked(() => lstatSync(file))
  if (stats === undefined || stats.isDirectory()) return undefined
  if (stats.isSymbolicLink()) return `${file} is a symbolic link`
  if (!stats.isFile()) return `${file} is no file`
  return process.getuid !== undefined && isOfOthers(stats) ? `${file} belongs to another user` : undefined
}

/**
 * Opens a file of ours for writing at its end, and makes it where there is none.
 * @param options.empty whether what is in it is removed
 * @throws what the system says; an Error with the reason when it is a link, or another's
 */
export function openOwn(file: string, options: {empty: boolean}): number {
  const problem = fileProblem(file)
  if (problem !== undefined) throw new Error(problem)
  const {O_WRONLY, O_CREAT, O_APPEND, O_NOFOLLOW = 0, O_NONBLOCK = 0} = constants
  // What was looked at may be another by now: a link is not followed, and nobody waits for a pipe.
  const descriptor = openSync(file, O_WRONLY | O_CREAT | O_APPEND | O_NOFOLLOW | O_NONBLOCK, ownFileMode)
  try {
    const stats = fstatSync(descriptor)
    if (!stats.isFile() || stats.nlink > 1) throw new Error(`${file} is a link to another file`)
    if (options.empty) ftruncateSync(descriptor)
    return descriptor
  } catch (error) {
    closeSync(descriptor)
    throw error
  }
}

/**
 * Writes a file of ours that must be new: what is there, a link too, stays as it is.
 * @throws what the system says, such as EEXIST
 */
export function writeNew(file: string, text: string): void {
  const {O_WRONLY, O_CREAT, O_EXCL, O_NOFOLLOW = 0} = constants
  const descriptor = openSync(file, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, ownFileMode)
  try {
    writeFileSync(descriptor, text)
  } finally {
    closeSync(descriptor)
  }
}

/** Undefined where nothing is, or nothing can be looked at: whoever opens it is told why. */
function looked(look: () => Stats): Stats | undefined {
  try {
    return look()
  } catch {
    return undefined
  }
}

/** The administrator works in folders of others, as in those that a container is given. */
function isOfOthers({uid}: Stats): boolean {
  const own = process.getuid?.() ?? 0
  return own !== 0 && uid !== own && uid !== 0
}
