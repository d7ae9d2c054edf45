import type {TestProject} from 'vitest/node'
import {eventId} from '../../src/rehearsal/engine/events.js'
import {Rehearsal} from '../e2e/mcpgw.js'
import {serve} from '../e2e/served.js'

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

declare module 'vitest' {
  interface ProvidedContext {
    deployed: Deployed
  }
}

/** A port that refuses: a client that asks anybody but the account fails at once instead of leaving the machine. */
const nowhere = 'http://127.0.0.1:9'

/** Serves one account and deploys once into it, for all files; what it returns removes everything. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  // The speed is that of the served account, not of a rehearsal of the command's own.
  const rehearsal = new Rehearsal({MCPGW_REHEARSE_SPEED: undefined})
  let stop: () => Promise<unknown> = async () => undefined
  const remove = async () => {
    await stop()
    await rehearsal.remove()
  }
  try {
    const served = await serve(rehearsal, '--speed', '2000')
    stop = served.stop
    const deployed = await rehearsal.run(['deploy', '--yes', '--json'], served.env)
    if (deployed.code !== 0) throw new Error(`The deployment failed: ${deployed.stdout}${deployed.stderr}`)
    const {regions} = await rehearsal.account()
    project.provide('deployed', {
      env: clientEnvironment(rehearsal.env, served.env),
      folder: rehearsal.folder,
      document: deployed.json(),
      stacks: Object.values<any>(regions['us-west-2'].stacks).map(({id, name, events, rows}) => ({
        id,
        name,
        events: events.map(eventId),
        rows: Object.fromEntries(Object.values<any>(rows).map(row => [row.logicalId, row.status])),
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
