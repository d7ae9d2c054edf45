import {readdirSync, readFileSync} from 'node:fs'
import path from 'node:path'
import {invalidInput} from '../errors.js'
import type {StackProgress} from '../progress.js'
import type {DiagnosisResult, Evidence} from '../results.js'
import {evidenceLists, evidenceOfLog} from './evidence-files.js'
import type {RunFile} from './run-file.js'
import {runIdPattern} from './run-id.js'
import {runIds} from './runs-folder.js'

/** What the folder of a run holds. */
export interface RecordedRun {
  readonly folder: string
  readonly run: RunFile
  readonly events: readonly StackProgress[]
  readonly evidence: readonly Evidence[]
}

/** So many ids are named to somebody who gave a wrong one. */
const listedRuns = 5

/**
 * Reads the folder of a run.
 * @param wanted a run's id, or `latest`
 * @param environment `latest` means the latest run of it; of any without it
 * @throws exit code 2 when there is no such run, or its folder cannot be read
 */
export function readRun(runs: string, wanted: string, environment?: string): RecordedRun {
  const ids = runIds(runs)
  const isOfIt = (each: string) =>
    environment === undefined || readRunFile(path.join(runs, each))?.environment === environment
  const id = wanted === 'latest' ? ids.find(isOfIt) : ids.find(candidate => candidate === wanted)
  if (id === undefined || !runIdPattern.test(id)) throw noSuchRun(runs, wanted, ids, environment)
  const folder = path.join(runs, id)
  try {
    const run = JSON.parse(readFileSync(path.join(folder, 'run.json'), 'utf8')) as RunFile
    return {folder, run, events: eventsIn(folder), evidence: evidenceIn(folder)}
  } catch (error) {
    throw invalidInput(
      'RUN_UNREADABLE',
      `The run ${id} cannot be read.`,
      `Look into ${folder}, or name another run.`,
      error,
    )
  }
}

/** Whose run is looked for. */
type Where = Pick<RunFile, 'environment' | 'account' | 'region' | 'rehearsal'>

/**
 * The id of the last run that was recorded here of an environment and saw this failure, of which AWS may have forgotten
 * much by now. @param cause null when no resource failed: then the last run that did not end well
 */
export function lastRunOf(
  runs: string,
  where: Where,
  cause: Pick<DiagnosisResult, 'stack' | 'logicalId'> | null,
): string | undefined {
  return runIds(runs).find(id => {
    const run = readRunFile(path.join(runs, id))
    return run !== undefined && isThere(run, where) && (cause === null ? run.exitCode !== 0 : saw(run, cause))
  })
}

/** A run that was killed early does not know the account. */
function isThere(run: RunFile, {environment, account, region, rehearsal}: Where): boolean {
  return (
    run.environment === environment &&
    run.region === region &&
    run.rehearsal === rehearsal &&
    (run.account === null || account === null || run.account === account)
  )
}

/** The reason is not compared: secrets in it are masked in the one and not in the other. A killed run knows no cause. */
function saw({exitCode, diagnosis}: RunFile, cause: Pick<DiagnosisResult, 'stack' | 'logicalId'>): boolean {
  if (exitCode === null) return true
  return diagnosis?.stack === cause.stack && diagnosis.logicalId === cause.logicalId
}

function readRunFile(folder: string): RunFile | undefined {
  try {
    return JSON.parse(readFileSync(path.join(folder, 'run.json'), 'utf8'))
  } catch {
    return undefined
  }
}

function noSuchRun(runs: string, wanted: string, ids: readonly string[], environment?: string) {
  const newest = ids.slice(0, listedRuns)
  const known =
    newest.length === 0
      ? `${runs} holds none: deploy, teardown, watch and images export leave one each.`
      : `The newest are ${newest.join(', ')}.`
  const ofIt = environment === undefined ? '' : ` of ${environment}`
  const what = wanted === 'latest' ? `There is no run${ofIt} to diagnose.` : `There is no run ${wanted}.`
  return invalidInput('NO_SUCH_RUN', `${what} ${known}`, `Run \`${hint()}\`.`)

  // The newest run may be another environment's: who named one is not sent to that.
  function hint(): string {
    if (environment !== undefined) return `mcpgw diagnose --environment ${environment}`
    return newest[0] === undefined ? 'mcpgw diagnose' : `mcpgw diagnose --run ${newest[0]}`
  }
}

/** A run that was killed may have left half a line at the end. */
function eventsIn(folder: string): readonly StackProgress[] {
  const lines = readFileSync(path.join(folder, 'events.ndjson'), 'utf8').split('\n')
  return lines.flatMap((line, index) => {
    if (line === '') return []
    try {
      const told = JSON.parse(line) as {kind: string; event?: StackProgress}
      return told.kind === 'stack-event' && told.event ? [told.event] : []
    } catch (error) {
      if (index === lines.length - 1) return []
      throw error
    }
  })
}

function evidenceIn(folder: string): readonly Evidence[] {
  const lists = evidenceLists.flatMap(name => {
    const text = unlessMissing(() => readFileSync(path.join(folder, name), 'utf8'))
    return text === undefined ? [] : (JSON.parse(text) as Evidence[])
  })
  const logs = unlessMissing(() => readdirSync(path.join(folder, 'logs'))) ?? []
  const found = logs
    .filter(name => name.endsWith('.log'))
    .sort()
    .flatMap(name => evidenceOfLog(readFileSync(path.join(folder, 'logs', name), 'utf8')) ?? [])
  return [...lists, ...found]
}

function unlessMissing<T>(read: () => T): T | undefined {
  try {
    return read()
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}
