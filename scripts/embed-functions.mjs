/**
 * Writes the files of cloudformation/functions/ into the template that carries them, with a digest of what makes the
 * images, and changes nothing else there: `npm run embed`. With `--check` it writes nothing and exits 1 where template and files differ, which the linter
 * asks for. A folder as argument takes the place of cloudformation/.
 */
import {createHash} from 'node:crypto'
import {readdirSync, readFileSync, writeFileSync} from 'node:fs'
import path from 'node:path'
import {fileURLToPath} from 'node:url'
import {parseDocument} from 'yaml'

const template = 'compute-stack.yaml'

/** A file in a build specification: `cat > /tmp/FILE <<'END'`, its lines, `END`. */
const hereDocument = /^( *)(cat > \S*?([^/\s]+) <<'(\w+)')\n([\s\S]*?)^ *\4$/gm

/** The literal blocks (`|`) that carry files: which files with which text they have, and what they should be. */
const blocks = [
  {
    property: ['Resources', 'ContainerBuildProject', 'Properties', 'Source', 'BuildSpec'],
    carried: value =>
      Array.from(value.matchAll(hereDocument), ([, indent, , file, , lines]) => ({
        file,
        code: lines.replaceAll(new RegExp(`^${indent}`, 'gm'), ''),
      })),
    filled: value =>
      value.replace(hereDocument, (_, indent, begin, file, end) =>
        indented([begin, ...linesOf(read(file)), end], indent).join('\n'),
      ),
  },
  {
    property: ['Resources', 'BuildTriggerFunction', 'Properties', 'Code', 'ZipFile'],
    carried: value => [{file: 'build-trigger.js', code: value}],
    filled: () => read('build-trigger.js'),
  },
  {
    // The text of a Fn::Sub, which puts the ranges in.
    property: ['Resources', 'KeycloakViewerFunction', 'Properties', 'FunctionCode', 0],
    carried: value => [{file: 'keycloak-viewers.js', code: value}],
    filled: () => read('keycloak-viewers.js'),
  },
]

/** Another digest of these files makes an update of the stack ask for new images. */
const recipe = {
  property: ['Resources', 'ContainerImages', 'Properties', 'Recipe'],
  files: ['pins.sh', 'build-images.sh'],
  /** As many digits as tell recipes apart. */
  digits: 12,
}

const [given] = process.argv.slice(2).filter(argument => argument !== '--check')
const folder = given ?? fileURLToPath(new URL('../cloudformation', import.meta.url))
const target = path.join(folder, template)
const functions = path.join(folder, 'functions')
const text = readFileSync(target, 'utf8')
/** By their text. Each is read once: that takes most of the time. */
const documents = new Map()
if (process.argv.includes('--check')) check()
else embed()

function check() {
  const carried = carriedBy(text)
  const missing = readdirSync(functions).filter(name => !carried.some(({file}) => file === name))
  const complaints = [
    ...missing.map(file => `${template} does not carry functions/${file}: give it a place there.`),
    ...differencesOf(carried),
    ...(scalarAt(text, recipe.property).value === recipeDigest()
      ? []
      : [`${template} has another ${recipe.property.join('.')} than ${recipe.files.join(' and ')} give.`]),
  ]
  if (complaints.length === 0) return
  process.stderr.write(`${complaints.join('\n')}\n"npm run embed" writes the files into the template.\n`)
  process.exitCode = 1
}

function embed() {
  // From the last one on, so that the places of those before it stay right.
  const embedded = literalBlocks(text)
    .sort((one, other) => other.start - one.start)
    .reduce((before, {value, start, end, filled}) => {
      const [indent] = /^ */.exec(text.slice(start))
      const lines = indented(linesOf(filled(value)), indent)
      return `${before.slice(0, start)}${lines.join('\n')}\n${before.slice(end)}`
    }, text)
  // There are files that a literal block or a here-document cannot hold, such as one with the end mark in it.
  const differences = differencesOf(carriedBy(embedded))
  if (differences.length > 0) throw new Error(`Nothing was written. ${differences.join('\n')}`)
  writeFileSync(target, withRecipe(embedded))
}

function withRecipe(yaml) {
  const [start, end] = scalarAt(yaml, recipe.property).range
  return `${yaml.slice(0, start)}'${recipeDigest()}'${yaml.slice(end)}`
}

function recipeDigest() {
  const hash = createHash('sha256')
  for (const file of recipe.files) hash.update(read(file))
  return hash.digest('hex').slice(0, recipe.digits)
}

function documentOf(yaml) {
  if (!documents.has(yaml)) documents.set(yaml, parseDocument(yaml, {logLevel: 'silent'}))
  return documents.get(yaml)
}

function scalarAt(yaml, property) {
  const scalar = documentOf(yaml).getIn(property, true)
  if (typeof scalar?.value !== 'string') throw new Error(`${template} has no text at ${property.join('.')}.`)
  return scalar
}

function carriedBy(yaml) {
  return literalBlocks(yaml).flatMap(({value, carried}) => carried(value))
}

function differencesOf(carried) {
  return carried.flatMap(({file, code}) => {
    const difference = firstDifference(linesOf(code), linesOf(read(file)))
    return difference === undefined ? [] : [`${template} carries another functions/${file}. ${difference}`]
  })
}

/** The blocks as a YAML text has them: with their value, and where their lines begin and end. */
function literalBlocks(yaml) {
  const document = documentOf(yaml)
  return blocks.map(block => {
    const scalar = document.getIn(block.property, true)
    if (scalar?.type !== 'BLOCK_LITERAL')
      throw new Error(`${template} has no literal block at ${block.property.join('.')}.`)
    const [begin, last] = scalar.range
    const start = yaml.indexOf('\n', begin) + 1
    const end = start + yaml.slice(start, last).replace(/\n+$/, '').length + 1
    return {...block, value: scalar.value, start, end}
  })
}

function firstDifference(carried, original) {
  const length = Math.max(carried.length, original.length)
  const at = Array.from({length}).findIndex((_, index) => carried[index] !== original[index])
  if (at < 0) return undefined
  const quoted = line => (line === undefined ? 'the end' : JSON.stringify(line))
  return `Line ${at + 1} is ${quoted(carried[at])} in the template and ${quoted(original[at])} in the file.`
}

function read(file) {
  return readFileSync(path.join(functions, file), 'utf8')
}

function linesOf(text) {
  return text.replace(/\n$/, '').split('\n')
}

function indented(lines, indent) {
  return lines.map(line => (line === '' ? '' : indent + line))
}
