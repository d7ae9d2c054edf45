// How src/ becomes a bundle: what is left out of it, and what is put into it.
import {readdirSync, readFileSync, rmSync, statSync, writeFileSync} from 'node:fs'
import {dirname, join} from 'node:path'
import {fileURLToPath, pathToFileURL} from 'node:url'
import {build, transform} from 'esbuild'
import {noticesOf, packagesOf} from './notices.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))

const options = {
  absWorkingDir: root,
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  // The SDK's ES modules, not its CommonJS: only from these can be left out what is not used.
  mainFields: ['module', 'main'],
  logLevel: 'warning',
}

/** What libraries written in CommonJS take for granted. */
const banner = {
  js: [
    `import {createRequire as mcpgwRequireFrom} from 'node:module'`,
    `import {dirname as mcpgwFolderOf} from 'node:path'`,
    `import {fileURLToPath as mcpgwPathOf} from 'node:url'`,
    `const require = mcpgwRequireFrom(import.meta.url)`,
    `const __filename = mcpgwPathOf(import.meta.url)`,
    `const __dirname = mcpgwFolderOf(__filename)`,
  ].join('\n'),
}

const withItsPlace = path => ({in: path, out: path.replace(/^src\//, '').replace(/\.ts$/, '')})

/** Bytes from which a file is read only when something of it is used. */
const largeBytes = 100_000

/** What stands for `import.meta.url`, which CommonJS has not. */
const ownUrl = 'mcpgwOwnUrl'

/** Bundles `entryPoints`, paths of sources, into `outdir`, with the licences of what comes from others. */
export async function bundle(entryPoints, outdir) {
  const taken = []
  const {metafile} = await build({
    ...options,
    metafile: true,
    // A library that few commands use, and many mention, gets a file of its own.
    entryPoints: [...entryPoints.map(withItsPlace), {in: 'yaml', out: 'libraries/yaml'}],
    outdir,
    define: {'import.meta.url': ownUrl},
    chunkNames: 'chunks/[name]-[hash]',
    splitting: true,
    // For plugins written in TypeScript, which there are none of.
    external: ['typescript'],
    plugins: [preparedTemplates(outdir), takenParts(taken), loadedWhenUsed],
  })
  await intoCommonJs(outdir)
  const folders = packagesOf([...keptInputs(metafile), ...taken, `${resourceTypes}/package.json`])
  writeFileSync(`${outdir}/THIRD-PARTY-NOTICES.txt`, noticesOf(root, folders))
}

/**
 * Writes the ES modules of a bundle as CommonJS. Node reads and links a hundred small files several times as fast so, but esbuild
 * divides a bundle into such files as ES modules only. What is imported when it is needed is required then, and so is a
 * library in CommonJS, and a large file, of which most commands use nothing.
 */
async function intoCommonJs(folder) {
  const names = readdirSync(folder, {recursive: true}).filter(name => name.endsWith('.js'))
  const written = []
  await Promise.all(
    names.map(async name => {
      const file = `${folder}/${name}`
      const text = whenUsed(readFileSync(file, 'utf8'), libraries).replaceAll(
        /\bimport\(("\.[^"]+")\)/g,
        'Promise.resolve().then(() => require($1))',
      )
      const url = text.includes(ownUrl)
        ? {banner: `const ${ownUrl} = require('node:url').pathToFileURL(__filename).href`}
        : {}
      const {code} = await transform(text, {format: 'cjs', platform: 'node', target: options.target, ...url})
      const isLarge = (_, other) => statSync(join(dirname(file), other)).size > largeBytes
      written.push([file, whenUsed(code, files, isLarge)])
    }),
  )
  for (const [file, code] of written) writeFileSync(file, code)
  writeFileSync(`${folder}/package.json`, `${JSON.stringify({type: 'commonjs'})}\n`)
}

const libraries = /^var (import_\w+) = (__toESM\(require_(\w+)\(\)(?:, 1)?\));$/gm
const files = /^var (import_chunk_\w+) = (require\("(\.[^"]+)"\));$/gm

/** `var x = LOADING`, a line that `lines` finds, becomes a function that does so once, and each `x.` its result. */
function whenUsed(text, lines, isMeant = () => true) {
  return Array.from(text.matchAll(lines))
    .filter(([, name, , from]) => isMeant(name, from))
    .reduce(
      (before, [line, name, loading]) =>
        before
          .replaceAll(new RegExp(`\\bnew ${name}((?:\\.\\w+)+)`, 'g'), `new (${name}()$1)`)
          .replaceAll(new RegExp(`\\b${name}\\.`, 'g'), `${name}().`)
          .replace(line, `var ${name}_loaded;\nvar ${name} = () => ${name}_loaded ??= ${loading};`),
      text,
    )
}

/** Bundles what answers before anything else is loaded: one file, and CommonJS, which Node loads soonest. */
export async function bundleAtOnce(entryPoint, outfile) {
  await build({...options, format: 'cjs', entryPoints: [entryPoint], outfile})
}

/** Of its data is the extract that scripts/generate-resource-types.mjs makes. */
const resourceTypes = 'node_modules/@aws-cdk/aws-service-spec'

/** The files of which something is left in what was built. */
function keptInputs({outputs}) {
  return Object.values(outputs).flatMap(({inputs}) =>
    Object.keys(inputs).filter(input => inputs[input].bytesInOutput > 0),
  )
}

/** Puts the program's own templates into src/template/source/prepared.ts. */
function preparedTemplates(outdir) {
  const readNow = async () => {
    const outfile = `${outdir}/prepare.mjs`
    const stdin = {
      contents: `export * from './source/prepare.js'\nexport * from './source/yaml.js'\nexport * from './parse.js'\nexport * from './validate.js'`,
      resolveDir: `${root}src/template`,
    }
    await build({...options, banner, stdin, outfile})
    const {digestOf, prepare, readYaml, parseTemplate, validateTemplate} = await import(
      pathToFileURL(outfile).href
    )
    rmSync(outfile)
    const folder = `${root}cloudformation/`
    const texts = readdirSync(folder)
      .filter(name => name.endsWith('.yaml'))
      .map(name => {
        const text = readFileSync(`${folder}${name}`, 'utf8')
        // Nobody looks for problems in them again.
        validateTemplate(parseTemplate(text, name))
        return text
      })
    return Object.fromEntries(texts.map(text => [digestOf(text), prepare(readYaml(text))]))
  }
  return {
    name: 'prepared templates',
    setup: ({onLoad}) =>
      onLoad({filter: /[\\/]template[\\/]source[\\/]prepared\.ts$/}, async () => ({
        contents: `export const preparedYaml = ${JSON.stringify(await readNow())}`,
      })),
  }
}

/**
 * oclif's modules are loaded by who uses them first: they require a whole program, of which a command
 * uses a part. `const x_1 = require('x')` becomes a function, and `x_1` its result.
 */
const loadedWhenUsed = {
  name: 'loaded when used',
  setup: ({onLoad}) =>
    onLoad({filter: /[\\/]node_modules[\\/]@oclif[\\/]core[\\/]lib[\\/].+\.js$/}, ({path}) => {
      let text = readFileSync(path, 'utf8')
      const required = Array.from(
        text.matchAll(/^const (\w+_\d+) = ((?:__import(?:Default|Star)\()?require\("[^"]+"\)\)?);$/gm),
        ([, name]) => name,
      )
      for (const name of required) {
        text = text
          .replaceAll(new RegExp(`\\bnew ${name}((?:\\.\\w+)+)`, 'g'), `new (${name}()$1)`)
          .replaceAll(new RegExp(`\\b${name}\\b(?!\\()`, 'g'), `${name}()`)
          .replace(new RegExp(`^const ${name}\\(\\) = (.+);$`, 'm'), `const ${name} = () => $1;`)
      }
      // Comparing as people of a country do loads the tables of all countries.
      return {contents: text.replaceAll('a.id.localeCompare(b.id)', '(a.id < b.id ? -1 : 1)')}
    }),
}

const ec2 = '@aws-sdk/client-ec2'

/**
 * A module that takes a few things from the package of EC2 gets them alone: else it would share the package's files
 * with whoever takes all of it, and load them whole. What is taken is added to `taken`.
 */
const takenParts = taken => ({
  name: 'taken parts',
  setup: ({onLoad}) =>
    onLoad({filter: /[\\/]ec2-(client|served)\.ts$/}, async ({path}) => {
      const {outputFiles, metafile} = await build({
        ...options,
        metafile: true,
        entryPoints: [path],
        plugins: [onlyEc2, withoutComputedNames],
        write: false,
      })
      taken.push(...keptInputs(metafile))
      return {contents: outputFiles[0].text, resolveDir: `${root}node_modules/${ec2}`}
    }),
})

/** What else the package needs is left to the bundle, which has it already. */
const onlyEc2 = {
  name: 'only EC2',
  setup: ({onResolve}) =>
    onResolve({filter: /^[^.]/}, ({path, kind}) =>
      kind === 'entry-point' || path === ec2 ? undefined : {path, external: true},
    ),
}

/**
 * Writes `{[_xN]: …}` as `{"xmlName": …}`: esbuild keeps what has a computed name, because finding the name could do
 * something.
 */
const withoutComputedNames = {
  name: 'without computed names',
  setup: ({onLoad}) =>
    onLoad({filter: /[\\/]schemas_\d+\.js$/}, ({path}) => {
      const text = readFileSync(path, 'utf8')
      const constants = new Map(
        Array.from(text.matchAll(/^const (\w+) = ("[^"]*");$/gm), ([, name, value]) => [name, value]),
      )
      return {
        contents: text.replace(/\[(_\w+)\]:/g, (all, name) => `${constants.get(name) ?? all.slice(0, -1)}:`),
      }
    }),
}
