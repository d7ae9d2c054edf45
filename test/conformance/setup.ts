import {mkdtempSync, renameSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import type {TestProject} from 'vitest/node'
import {eventId} from '../../src/rehearsal/engine/events.js'
import {Rehearsal} from '../e2e/mcpgw.js'
import {serve} from '../e2e/served.js'
import {loadAwsCli} from './aws-cli/start.js'
import {
  type FilledDatabase,
  folderVariable,
  type KeycloakAddress,
  startRealKeycloak,
} from './keycloak/real-keycloak.js'

/** A stack as the account itself has it, to compare with what clients are told. */
export interface KnownStack {
  id: string
  name: string
  events: string[]
  /** Status by logical id. */
  rows: Record<string, string>
}

export interface Deployed {
  /** For clients: the printed variables, and nothing else of AWS. */
  env: Record<string, string>
  /** For files that a test makes; removed at the end. */
  folder: string
  /** What `mcpgw deploy --yes --json` said. */
  document: any
  stacks: KnownStack[]
}

/** The Keycloak that all files share, without a domain. */
export interface SharedKeycloak {
  address: KeycloakAddress
  /** As it was when nobody had asked for anything yet. */
  database: FilledDatabase
}

declare module 'vitest' {
  interface ProvidedContext {
    deployed: Deployed
    /**
     * The file in which the shared Keycloak is told, once it is there; or why it is not, as `{error}`. `undefined` on a
     * machine that has none.
     */
    keycloak: string | undefined
  }
}

/** A port that refuses: a client that asks anybody but the account fails at once instead of leaving the machine. */
const nowhere = 'http://127.0.0.1:9'

/** What all files share: one deployment, and a real Keycloak. What it returns removes everything. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const stopKeycloak = startKeycloak(project)
  try {
    const removeDeployment = await deployOnce(project)
    return async () => {
      await Promise.all([stopKeycloak(), removeDeployment()])
    }
  } catch (error) {
    await stopKeycloak()
    throw error
  }
}

/**
 * It starts while those are at work that need none, and nobody waits for it but who asks it. Tests that need it fail
 * where the machine has none.
 */
function startKeycloak(project: TestProject): () => Promise<void> {
  if (!process.env[folderVariable]) {
    project.provide('keycloak', undefined)
    return async () => undefined
  }
  const folder = mkdtempSync(join(tmpdir(), 'mcpgw-shared-keycloak-'))
  const file = join(folder, 'keycloak.json')
  const tell = (what: SharedKeycloak | {error: string}) => {
    writeFileSync(`${file}.new`, JSON.stringify(what))
    renameSync(`${file}.new`, file)
  }
  const starting = startRealKeycloak()
  const telling = starting
    .then(async keycloak => {
      const {publicUrl, endpoint, internalUrl, adminUser, adminPassword, healthCheck} = keycloak
      tell({
        address: {publicUrl, endpoint, internalUrl, adminUser, adminPassword, healthCheck},
        database: await keycloak.handOn(join(folder, 'database')),
      })
    })
    .catch(error => tell({error: String(error)}))
  project.provide('keycloak', file)
  return async () => {
    await telling
    await starting.then(
      keycloak => keycloak.stop(),
      () => undefined,
    )
    rmSync(folder, {recursive: true, force: true})
  }
}

/** Serves one account and deploys once into it. */
async function deployOnce(project: TestProject): Promise<() => Promise<void>> {
  // The speed is that of the served account, not of a rehearsal of the command's own.
  const rehearsal = new Rehearsal({MCPGW_REHEARSE_SPEED: undefined})
  const stops: (() => Promise<unknown>)[] = [() => rehearsal.remove()]
  const remove = async () => {
    for (const stop of stops.splice(0).reverse()) await stop()
  }
  try {
    const served = await serve(rehearsal, '--speed', '2000')
    stops.push(served.stop)
    const deployed = await rehearsal.run(['deploy', '--yes', '--json'], served.env)
    if (deployed.code !== 0) throw new Error(`The deployment failed: ${deployed.stdout}${deployed.stderr}`)
    const {regions} = await rehearsal.account()
    const cli = await loadAwsCli(clientEnvironment(rehearsal.env, served.env), rehearsal.folder)
    stops.push(cli.stop)
    project.provide('deployed', {
      env: cli.env,
      folder: rehearsal.folder,
      document: deployed.json(),
      stacks: Object.values<any>(regions['us-west-2'].stacks).map(({id, name, events, resources}) => ({
        id,
        name,
        events: events.map(eventId),
        rows: Object.fromEntries(
          Object.values<any>(resources).map(({logicalId, status}) => [logicalId, status]),
        ),
      })),
    })
  } catch (error) {
    await remove()
    throw error
  }
  return remove
}

function clientEnvironment(own: NodeJS.ProcessEnv, printed: Record<string, string>): Record<string, string> {
  const inherited = Object.entries(own).flatMap(([name, value]) =>
    value === undefined || /proxy$/i.test(name) ? [] : [[name, value]],
  )
  return {
    ...Object.fromEntries(inherited),
    ...printed,
    HTTP_PROXY: nowhere,
    HTTPS_PROXY: nowhere,
    AWS_DEFAULT_OUTPUT: 'json',
    AWS_MAX_ATTEMPTS: '1',
    PYTHONDONTWRITEBYTECODE: '1',
    // checkov asks PyPI for a newer one of itself.
    CKV_SKIP_PACKAGE_UPDATE_CHECK: 'true',
  }
}
