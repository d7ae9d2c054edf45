import type {RunFacts} from '../recorder/run-file.js'
import {runsFolder} from '../recorder/runs-folder.js'
import {type LearnedSeconds, learnedSeconds} from '../timings/learned-seconds.js'
import {Measure} from '../timings/measure.js'
import {
  imagesType,
  type MeasuredAction,
  type Measurement,
  measuredType,
  rehearsalPlace,
  withMeasurements,
} from '../timings/measured.js'
import {knownTimings, timingsFile, timingsIn, writeTimings} from '../timings/timings-file.js'

/** What each command does to resources; what else it does to them is its clean-up. */
const actionsOf: Readonly<Record<RunFacts['command'], readonly MeasuredAction[]>> = {
  deploy: ['CREATE', 'UPDATE'],
  teardown: ['DELETE'],
  reset: ['DELETE', 'CREATE', 'UPDATE'],
  watch: [],
  'images export': [],
}

/** What the resources of a run are measured by. In express mode resources are told to be complete before they are. */
export function measureOf({command, isExpress = false}: RunFacts): Measure {
  return new Measure(isExpress ? [] : actionsOf[command])
}

/**
 * Keeps what a run has measured for the forecasts of later ones. Never throws: a run ends alike where nothing can be kept,
 * and a file that is not ours, or that nobody can read, stays as it is.
 */
export function learn(
  facts: RunFacts,
  account: string | undefined,
  measurements: readonly Measurement[],
): void {
  const place = placeOf(facts, account)
  if (place === undefined || measurements.length === 0) return
  try {
    const file = timingsFile(runsFolder())
    // A reset is recorded before it knows its parameters, and with them how it gets its images.
    const images = facts.parameters.ContainerImagesBucket ? 'import' : 'source'
    const measured = measurements
      .filter(({type, action}) => type !== imagesType || action !== 'CREATE' || facts.command === 'deploy')
      .map(each => ({...each, type: measuredType(each.type, images)}))
    writeTimings(file, withMeasurements(timingsIn(file), place, measured))
  } catch {
    // The recording beside it tells of a folder that cannot be written.
  }
}

/** What earlier runs have taught of a place. @param account undefined where nobody has asked for it */
export function learned(
  {rehearse: rehearsal, ...where}: {rehearse: boolean} & Pick<RunFacts, 'endpoint' | 'region'>,
  account: string | undefined,
): LearnedSeconds {
  return learnedSeconds(knownTimings(timingsFile(runsFolder())), placeOf({...where, rehearsal}, account))
}

/** Undefined where times would say nothing of AWS (another server stands for it), or nobody knows the account. */
function placeOf(
  {rehearsal, endpoint, region}: Pick<RunFacts, 'rehearsal' | 'endpoint' | 'region'>,
  account: string | undefined,
): string | undefined {
  if (rehearsal) return rehearsalPlace
  return endpoint === null && account !== undefined ? `${account}/${region}` : undefined
}
