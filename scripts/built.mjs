// What the build in dist/ was made of, so that nobody makes the same one again.
import {createHash} from 'node:crypto'
import {existsSync, readdirSync, readFileSync, statSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {fileURLToPath} from 'node:url'

const ours = fileURLToPath(new URL('..', import.meta.url))

/** The files and folders that decide what is built; the last one lists what is installed. */
const sources = [
  ...['src', 'cloudformation', 'scripts', 'package.json', 'tsconfig.json'],
  'node_modules/.package-lock.json',
]
/** What a build leaves. */
const results = ['dist', 'oclif.manifest.json']
const stamp = join('dist', '.built')

/** Whether what lies in dist/ is what a build would make of the sources as they are, to the last byte. */
export function isBuilt(root = ours) {
  return existsSync(join(root, stamp)) && readFileSync(join(root, stamp), 'utf8') === digestOf(root)
}

/** Says so from now on. Called when a build has ended well, its types checked. */
export function markBuilt(root = ours) {
  writeFileSync(join(root, stamp), digestOf(root))
}

function digestOf(root) {
  const hash = createHash('sha256').update(process.version)
  for (const path of [...sources, ...results].flatMap(path => filesIn(root, path))) {
    const content = readFileSync(join(root, path))
    hash.update(`\n${path} ${content.length}\n`).update(content)
  }
  return hash.digest('hex')
}

/** Paths of all files in a folder, always in the same order; a file is itself. */
function filesIn(root, path) {
  if (!existsSync(join(root, path))) return []
  if (!statSync(join(root, path)).isDirectory()) return [path]
  return readdirSync(join(root, path), {recursive: true})
    .map(name => join(path, name))
    .filter(file => file !== stamp && statSync(join(root, file)).isFile())
    .sort()
}
