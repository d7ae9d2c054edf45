// Starts a real Keycloak as the conformance tests do, for work by hand: prints how to reach it, ends with Ctrl+C.
//   CONFORMANCE_KEYCLOAK=FOLDER node test/conformance/keycloak/serve.mjs [--domain]
import {mkdtempSync, rmSync} from 'node:fs'
import {join} from 'node:path'
import {fileURLToPath, pathToFileURL} from 'node:url'
import {build} from 'esbuild'

const root = fileURLToPath(new URL('../../..', import.meta.url))
process.chdir(root)
const folder = mkdtempSync(join(root, 'node_modules', '.serve-keycloak-'))
const outfile = join(folder, 'real-keycloak.mjs')
try {
  await build({
    entryPoints: [fileURLToPath(new URL('real-keycloak.ts', import.meta.url))],
    bundle: true,
    format: 'esm',
    platform: 'node',
    packages: 'external',
    outfile,
    logLevel: 'warning',
  })
  const {startRealKeycloak} = await import(pathToFileURL(outfile).href)
  const keycloak = await startRealKeycloak({domain: process.argv.includes('--domain')})
  const {publicUrl, endpoint, internalUrl, adminUser, adminPassword} = keycloak
  console.log(JSON.stringify({publicUrl, endpoint, internalUrl, adminUser, adminPassword}, null, 2))
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => keycloak.stop())
} finally {
  rmSync(folder, {recursive: true})
}
