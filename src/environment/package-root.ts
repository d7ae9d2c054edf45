import {existsSync} from 'node:fs'
import path from 'node:path'
import {fileURLToPath} from 'node:url'

/** What only the package's own folder has: the build has a package.json too, which says how its modules are written. */
const mark = 'CHANGELOG.md'

/** The package's folder, found upwards: the depth differs between sources and build. */
export function packageRoot(): string {
  let folder = path.dirname(fileURLToPath(import.meta.url))
  while (!existsSync(path.join(folder, mark))) {
    const parent = path.dirname(folder)
    if (parent === folder) throw new Error(`No ${mark} above the program: the installation is damaged.`)
    folder = parent
  }
  return folder
}
