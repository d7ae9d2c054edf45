// What reading a Terraform plan of 50 MB costs: the recorded plan of v1.0.7 with its modules repeated, read by a process
// of its own. Limits that were set for it: 3 seconds, 400 MB. Alone: `node scripts/bench-parity.mjs [MEGABYTES]`.
import {spawnSync} from 'node:child_process'
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {fileURLToPath, pathToFileURL} from 'node:url'
import {gunzipSync} from 'node:zlib'
import {build} from 'esbuild'

const place = path => fileURLToPath(new URL(`../${path}`, import.meta.url))

/** @returns rows of what, figure and note */
export async function readLargePlan(megabytes = 50) {
  const folder = mkdtempSync(join(tmpdir(), 'mcpgw-bench-parity-'))
  try {
    const file = join(folder, 'plan.json')
    const size = writePlan(file, megabytes)
    const reader = join(folder, 'plan.mjs')
    const bundle = {bundle: true, platform: 'node', format: 'esm', logLevel: 'warning'}
    await build({...bundle, entryPoints: [place('src/parity/plan/plan.ts')], outfile: reader})
    const {ms, megabytesUsed, resources} = read(reader, file)
    return [
      [`plan of ${size.toFixed(0)} MB read`, `${(ms / 1000).toFixed(2)} s`, `${resources} managed resources`],
      ['  memory', `${megabytesUsed.toFixed(0)} MB at most`, ''],
    ]
  } finally {
    rmSync(folder, {recursive: true, force: true})
  }
}

/** Each copy is a module in which the whole configuration stands once more. */
function writePlan(file, megabytes) {
  const packed = readFileSync(place('test/fixtures/parity/v107-domain-use1.json.gz'))
  const plan = JSON.parse(gunzipSync(packed).toString())
  const copies = count => {
    const modules = Array.from({length: count}, (_, index) => `module.copy_${index}`)
    const {configuration, planned_values, prior_state} = plan
    const root = configuration.root_module
    const expressions = Object.fromEntries(
      Object.keys(root.variables).map(name => [name, {references: [`var.${name}`]}]),
    )
    const module_calls = Object.fromEntries(
      modules.map(module => [module.slice('module.'.length), {source: './copy', expressions, module: root}]),
    )
    return {
      ...plan,
      planned_values: {...planned_values, root_module: inside(modules, planned_values.root_module)},
      resource_changes: modules.flatMap(module =>
        plan.resource_changes.map(change => within(module, change)),
      ),
      prior_state: {
        ...prior_state,
        values: {...prior_state.values, root_module: inside(modules, prior_state.values.root_module)},
      },
      configuration: {...configuration, root_module: {...root, resources: [], module_calls}},
      relevant_attributes: modules.flatMap(() => plan.relevant_attributes),
    }
  }
  const one = JSON.stringify(copies(1)).length
  const text = JSON.stringify(copies(Math.ceil((megabytes * 1e6) / one)))
  writeFileSync(file, text)
  return text.length / 1e6
}

const within = (module, change) => ({
  ...change,
  address: `${module}.${change.address}`,
  module_address: change.module_address ? `${module}.${change.module_address}` : module,
})

const inside = (modules, root) => ({child_modules: modules.map(module => nested(module, root))})

const nested = (module, {address, resources = [], child_modules = []}) => ({
  address: address ? `${module}.${address}` : module,
  resources: resources.map(resource => ({...resource, address: `${module}.${resource.address}`})),
  child_modules: child_modules.map(child => nested(module, child)),
})

function read(reader, file) {
  const program = `
    import {readFileSync} from 'node:fs'
    const {readPlan} = await import(${JSON.stringify(pathToFileURL(reader).href)})
    const began = performance.now()
    const {resources} = readPlan(readFileSync(${JSON.stringify(file)}), 'plan.json')
    const ms = performance.now() - began
    const megabytesUsed = process.resourceUsage().maxRSS / 1024
    console.log(JSON.stringify({ms, megabytesUsed, resources: resources.length}))`
  const {status, stdout, stderr} = spawnSync(process.execPath, ['--input-type=module', '--eval', program], {
    encoding: 'utf8',
  })
  if (status !== 0) throw new Error(`Reading ended with ${status}: ${stderr}`)
  return JSON.parse(stdout)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [megabytes = 50] = process.argv.slice(2).map(Number)
  for (const cells of await readLargePlan(megabytes)) console.log(cells.join(' · '))
}
