// Bundles src/ into dist/, and writes the command manifest and the pages that let `--help` answer without loading a command.
//
// Bundled, because a command would spend more time on finding and compiling some 900 modules, most of them the
// SDK's, than on its work. With --if-changed it leaves a build alone that is the one it would make.
import {execFileSync} from 'node:child_process'
import {existsSync, readdirSync, readFileSync, renameSync, rmSync} from 'node:fs'
import {fileURLToPath} from 'node:url'
import {isBuilt, markBuilt} from './built.mjs'
import {bundle, bundleAtOnce} from './bundle.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const dist = `${root}dist`
const fresh = `${root}.dist-${process.pid}`
const old = `${fresh}-old`

const run = (script, ...args) =>
  execFileSync(process.execPath, [`${root}node_modules/${script}`, ...args], {cwd: root, stdio: 'inherit'})
const sourcesIn = folder =>
  readdirSync(`${root}${folder}`, {recursive: true})
    .filter(name => name.endsWith('.ts'))
    .map(name => `${folder}/${name}`)

const entryPoints = [
  'src/main.ts',
  'src/early-signals.ts',
  ...sourcesIn('src/commands'),
  ...sourcesIn('src/hooks'),
  'src/rehearsal/process/serve-process.ts',
  // It looks for the server's file beside its own; tests ask the others as well.
  ...['join', 'lock', 'holder'].map(name => `src/rehearsal/process/${name}.ts`),
  ...askedByScripts(),
]

/** The built modules that the other scripts import. */
function askedByScripts() {
  const scripts = readdirSync(`${root}scripts`, {recursive: true}).filter(name => name.endsWith('.mjs'))
  const imports = scripts.flatMap(name =>
    Array.from(
      readFileSync(`${root}scripts/${name}`, 'utf8').matchAll(/from '(?:\.\.\/)+dist\/(.+)\.js'/g),
      ([, module]) => `src/${module}.ts`,
    ),
  )
  return [...new Set(imports)]
}

if (process.argv.includes('--if-changed') && isBuilt()) process.exit()

// What was built before stays usable while the source has an error, and until the new build is whole.
run('typescript/bin/tsc', '-p', 'tsconfig.json', '--noEmit')
try {
  await bundle(entryPoints, fresh)
  await bundleAtOnce('src/app/answer-at-once.ts', `${fresh}/answer-at-once.cjs`)
  if (existsSync(dist)) renameSync(dist, old)
  renameSync(fresh, dist)
} finally {
  for (const folder of [fresh, old]) rmSync(folder, {recursive: true, force: true})
}
run('oclif/bin/run.js', 'manifest')
// In colours, which are left out again where nobody wants them.
execFileSync(process.execPath, [`${root}scripts/help-pages.mjs`], {
  env: {...process.env, FORCE_COLOR: '1'},
  stdio: 'inherit',
})
markBuilt()
