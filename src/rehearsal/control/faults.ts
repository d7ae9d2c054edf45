import type {World} from '../account/world.js'
import {FaultError} from '../faults/fault-error.js'
import {faultLines} from '../faults/file.js'
import {describeFaults, type FaultStatus, removeFaults} from '../faults/setting.js'
import type {PlainRequest} from '../wire/index.js'
import {setCheckedFaults} from './check-operations.js'
import {controlPaths} from './control-paths.js'
import {unmetFaults} from './unmet-faults.js'

const {faults: faultsPath} = controlPaths

/** What is answered, as JSON. */
interface FaultsAnswer {
  status: number
  body: unknown
}

/**
 * GET faults; POST faults: one a line, or a faults file as YAML or JSON, sets them all or none; DELETE faults, or
 * faults/ID. Each answers with all that there are then. Undefined for any other path.
 */
export function answerFaults(world: World, {method, path, body}: PlainRequest): FaultsAnswer | undefined {
  if (path !== faultsPath && !path.startsWith(`${faultsPath}/`)) return undefined
  const id = path.slice(faultsPath.length + 1)
  if (method === 'POST' && id === '') {
    const refusal = setAll(world, Buffer.from(body).toString('utf8'))
    if (refusal !== undefined) return {status: 400, body: {message: refusal}}
  } else if (method === 'DELETE') {
    if (removeFaults(world, id || undefined) === 0 && id !== '') {
      return {status: 404, body: {message: `There is no fault ${id}.`}}
    }
  } else if (method !== 'GET' || id !== '') {
    return {status: 405, body: {message: `GET, POST or DELETE ${faultsPath}, or DELETE ${faultsPath}/ID.`}}
  }
  return {status: 200, body: {faults: described(world)}}
}

function described(world: World): FaultStatus[] {
  const unmet = unmetFaults(world)
  return describeFaults(world).map(status => {
    const why = unmet.get(status.id)
    return why === undefined ? status : {...status, unmet: why}
  })
}

/** Why nothing was set. */
function setAll(world: World, text: string): string | undefined {
  try {
    const lines = faultLines(text).map(({line}) => line)
    if (lines.length === 0) {
      return 'There is no fault in this. Send a file with curl --data-binary @FILE, which keeps its lines.'
    }
    setCheckedFaults(world, lines)
    return undefined
  } catch (error) {
    if (error instanceof FaultError) return `${error.message} ${error.hint}`
    throw error
  }
}
