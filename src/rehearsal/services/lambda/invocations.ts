import type {Region} from '../../account/account.js'
import type {EventData} from '../../account/event-data.js'
import {functionKeyId, secretOf} from '../../account/sessions.js'
import type {EventHandler, World} from '../../account/world.js'
import {record, text} from '../../resources/values.js'
import {writeLog} from '../logs/streams.js'
import {findFunction, logGroupOf, timeoutOf, unsupported} from './functions.js'
import {type Run, runFunction, startAhead} from './run-function.js'

/** What running functions needs from the process that carries the account. */
export interface LambdaRuntime {
  /** The account's own address, such as `http://127.0.0.1:4566`. */
  endpoint(): string
  /** Called after a run, when the clock moves on: lets happen what was due. */
  afterRun?(): void
  /** Told of what a function's code throws when its run is over. */
  onLateException?(error: Error): void
}

/** An asynchronous event is tried again after one minute and after two more. Source: Lambda developer guide, "Asynchronous invocation". */
const retrySeconds = [60, 120]

/** Keeps an interrupted run scheduled for this long beyond the function's own time limit. */
const watchSeconds = 1

/** The worlds in which functions run. */
const alive = new WeakSet<World>()

/** Starts what the first run of a function with this code needs, while the account does other things. */
export function expectRuns(world: World, code: unknown): void {
  const source = text(record(code).ZipFile)
  if (source !== undefined && alive.has(world)) startAhead(source)
}

/** Invokes a function asynchronously. */
export function invokeLater(
  world: World,
  region: Region,
  name: string,
  event: unknown,
  seconds: number,
): void {
  world.schedule('lambda.invoke', seconds, region.name, {
    function: name,
    event,
    attempt: 0,
    requestId: world.newUuid(),
  })
}

/** Runs a function once, now, and writes its log; the clock stands still meanwhile. */
export async function invoke(
  world: World,
  region: Region,
  name: string,
  event: unknown,
  runtime: LambdaRuntime,
  requestId = world.newUuid(),
): Promise<Run> {
  const lambda = findFunction(world, region, name)
  if (!lambda) return {failure: `Function not found: ${name}`, log: []}
  const refusal = unsupported(lambda)
  world.clock.hold()
  try {
    const run: Run = refusal
      ? {failure: refusal, log: [refusal]}
      : await runFunction(lambda, event, {
          region: region.name,
          accountId: world.account.id,
          endpoint: runtime.endpoint(),
          credentials: {accessKeyId: functionKeyId, secretAccessKey: secretOf(world, functionKeyId)},
          requestId,
          onLateException: error => runtime.onLateException?.(error),
        })
    const day = new Date(world.now).toISOString().slice(0, 10).replaceAll('-', '/')
    writeLog(world, region, logGroupOf(lambda), `${day}/[$LATEST]${world.newHex(32)}`, [
      `START RequestId: ${requestId} Version: $LATEST`,
      ...run.log,
      `END RequestId: ${requestId}`,
      `REPORT RequestId: ${requestId}`,
    ])
    return run
  } finally {
    world.clock.release()
  }
}

/** Functions run in this world from now on. */
export function letFunctionsRun(world: World): void {
  alive.add(world)
}

/**
 * Asynchronous invocation. While a function runs, its event stays scheduled, so that a process that is killed in the
 * middle leaves it to the next one.
 */
export function invocation(runtime: LambdaRuntime): EventHandler<EventData['lambda.invoke']> {
  return (world, region, data) => {
    const {function: name, event, attempt, requestId} = data
    const lambda = findFunction(world, region, name)
    if (!lambda) return
    world.schedule('lambda.invoke', timeoutOf(lambda) + watchSeconds, region.name, data)
    void invoke(world, region, name, event, runtime, requestId).then(run => {
      world.unschedule('lambda.invoke', other => other.requestId === requestId)
      const wait = retrySeconds[attempt]
      if (run.failure && wait !== undefined) {
        world.schedule('lambda.invoke', wait, region.name, {...data, attempt: attempt + 1})
      }
      runtime.afterRun?.()
    })
  }
}
