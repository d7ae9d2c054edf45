import {spawn} from 'node:child_process'
import {permissionFlag} from '../lambda/permission-flag.js'

/** How a run of a CloudFront function ended. */
export type ViewerRun = {result: unknown} | {failure: string}

/** Real milliseconds; a function of CloudFront has less than one of its own processors. */
const codeLimitMs = 500
const processLimitMs = 5_000
const memoryMb = 64

/**
 * Runs as text in a process of its own, which may touch no file and start no process: it reads one job and writes one
 * ending. The code sees an empty context, as CloudFront's has no modules, no network and no files, and only text goes in
 * and out, so that it holds nothing of this process.
 */
function worker(limitMs: number): void {
  const vm = process.getBuiltinModule('node:vm')
  let input = ''
  process.stdin.setEncoding('utf8')
  process.stdin.on('data', (part: string) => {
    input += part
  })
  process.stdin.on('end', () => {
    const {code, event} = JSON.parse(input) as {code: string; event: string}
    let ending: {result?: string; failure?: string}
    try {
      const context = vm.createContext(Object.create(null), {codeGeneration: {strings: false, wasm: false}})
      const call = `JSON.stringify(handler(JSON.parse(${JSON.stringify(event)})))`
      const text: unknown = vm.runInContext(`${code}\n;${call}`, context, {timeout: limitMs})
      ending = typeof text === 'string' ? {result: text} : {failure: 'The function returned nothing.'}
    } catch (error) {
      ending = {failure: String((error as {message?: unknown} | undefined)?.message ?? error).slice(0, 500)}
    }
    process.stdout.write(JSON.stringify(ending))
  })
}

/**
 * What the `handler` of a CloudFront function makes of an event. Synchronous handlers only: one that waits has no result.
 * Source: CloudFront developer guide, "JavaScript runtime 2.0 features for CloudFront Functions".
 */
export async function runViewerFunction(code: string, event: unknown): Promise<ViewerRun> {
  const source = `(${worker.toString()})(${codeLimitMs})`
  const child = spawn(
    process.execPath,
    [permissionFlag, '--no-warnings', `--max-old-space-size=${memoryMb}`, '-e', source],
    {
      env: {},
      stdio: ['pipe', 'pipe', 'ignore'],
      windowsHide: true,
      timeout: processLimitMs,
      killSignal: 'SIGKILL',
    },
  )
  let output = ''
  child.stdout.setEncoding('utf8').on('data', (part: string) => {
    output += part
  })
  // One that has ended already says so below.
  child.stdin.on('error', () => {})
  child.stdin.end(JSON.stringify({code, event: JSON.stringify(event)}))
  const started = await new Promise<boolean>(resolve => {
    child.on('error', () => resolve(false))
    child.on('close', () => resolve(true))
  })
  if (!started || output === '') return {failure: 'The function did not end.'}
  const ending = JSON.parse(output) as {result?: string; failure?: string}
  return ending.result === undefined
    ? {failure: ending.failure ?? 'The function did not end.'}
    : {result: JSON.parse(ending.result) as unknown}
}
