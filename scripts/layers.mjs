/**
 * Writes what layers.json says where it is needed: into biome.layers.json, which biome.json extends, so that the linter
 * refuses imports that it does not allow, and into CONTRIBUTING.md, between its markers: `npm run layers`. With
 * `--check` it writes nothing and exits 1 where one of them is not current, which `npm run lint` asks for.
 *
 * layers.json has one list of layers for each folder that is divided into some, the lowest first:
 * - `folder`: by name; `.` for the files that are in no folder
 * - `holds`: for readers
 * - `knows`: the lower layers that it may import from; besides these, all that are `forAll`
 * - `packages`: those of the guarded packages (a scope, or a name) that it may import from
 * - `openTo`: files of higher layers, from the project's folder, that alone may import from it
 * - `door`: the only file of it that they may import; any, where it is left out
 * - `ownFolders`: folders inside it that are named as another layer is. The linter sees `../keycloak/x.js` and cannot
 *   tell which is meant; test/project/layers.test.ts, which follows imports to their files, can
 * Only the layers of src/ are written for the linter. That test holds every list.
 */
import {execFileSync} from 'node:child_process'
import {readFileSync, writeFileSync} from 'node:fs'
import {isDeepStrictEqual} from 'node:util'

const lists = JSON.parse(read('layers.json'))
const layers = lists.src
const section = /(<!-- layers -->\n)[\s\S]*?(<!-- layersstop -->)/
const guarded = [...new Set(layers.flatMap(({packages}) => packages))]

const rules = {overrides: layers.flatMap(overridesOf)}
const page = read('CONTRIBUTING.md')
if (!section.test(page)) throw new Error('CONTRIBUTING.md has no section between layers markers.')
const currentPage = page.replace(section, (_, begin, end) => `${begin}\n${tables()}\n\n${end}`)
if (process.argv.includes('--check')) check()
else {
  writeFileSync(place('biome.layers.json'), `${JSON.stringify(rules, null, 2)}\n`)
  execFileSync('npx', ['biome', 'format', '--write', '--log-level=warn', 'biome.layers.json'], {
    cwd: place(''),
  })
  writeFileSync(place('CONTRIBUTING.md'), currentPage)
}

function check() {
  // Formatted as the formatter likes it, which is of no interest here.
  const isCurrent = isDeepStrictEqual(JSON.parse(read('biome.layers.json')), rules) && currentPage === page
  if (isCurrent) return
  console.error('biome.layers.json or CONTRIBUTING.md is not what layers.json says. Run: npm run layers')
  process.exitCode = 1
}

/** What a layer may not import, and what the few files of it may not, to which another one is open. */
function overridesOf(layer) {
  const open = layers.flatMap(({openTo = [], ...other}) =>
    openTo.filter(file => folderOf(file) === layer.folder).map(file => ({file, other})),
  )
  const own = layer.folder === '.' ? 'src/*.ts' : `src/${layer.folder}/**`
  return [
    override([own, ...open.map(({file}) => `!${file}`)], [barrier(layer)]),
    ...open.map(({file, other}) => override([file], [barrier(layer, other), ...doorOf(other)])),
  ]
}

function override(includes, patterns) {
  const noRestrictedImports = {level: 'error', options: {patterns}}
  return {includes, linter: {rules: {style: {noRestrictedImports}}}}
}

function barrier({folder, knows, packages, ownFolders = []}, open) {
  const closed = layers.filter(
    other =>
      other.folder !== folder &&
      other.folder !== open?.folder &&
      !other.forAll &&
      !knows.includes(other.folder) &&
      !ownFolders.includes(other.folder),
  )
  const foreign = guarded.filter(name => !packages.includes(name))
  return {
    group: [
      ...closed.map(other => `**/${other.folder}/**`),
      ...foreign.map(name => (name.startsWith('@') ? `${name}/**` : name)),
    ],
    message: `Dependencies run one way (layers.json): ${folder === '.' ? 'files of src' : folder} may import from ${[...knows, ...packages].join(', ') || 'nobody'}, and what is for all.`,
  }
}

function doorOf({folder, door}) {
  if (door === undefined) return []
  const group = [`**/${folder}/**`, `!**/${folder}/${door.replace(/\.ts$/, '.js')}`]
  return [{group, message: `Only src/${folder}/${door} of ${folder} is open (layers.json).`}]
}

function tables() {
  return Object.entries(lists).map(tableOf).join('\n\n')
}

function tableOf([root, list]) {
  const rows = list.map(({folder, holds, knows, packages, forAll, openTo}) => {
    const known = [...knows, ...packages].map(name => `\`${name}\``).join(', ')
    const by = forAll ? 'all' : (openTo?.map(file => `\`${file.replace('src/', '')}\``).join(', ') ?? '')
    return `| \`${folder}\` | ${holds} | ${known} | ${by} |`
  })
  const head = `| in \`${root}/\`, lowest first | what it holds | imports from | is open to |`
  return [head, '|---|---|---|---|', ...rows].join('\n')
}

function folderOf(file) {
  return file.split('/')[1]
}

function read(file) {
  return readFileSync(place(file), 'utf8')
}

function place(file) {
  return new URL(`../${file}`, import.meta.url)
}
