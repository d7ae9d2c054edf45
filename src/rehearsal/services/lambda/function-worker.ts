import type {Reach} from './function-seat-belt.js'

/** What a process may use of the machine. */
export interface Place {
  /** The folder `node_modules` with the SDK. */
  modules: string
  /** The folder that it may write to, which is also that for temporary files; it removes it when it is told to end. */
  scratch: string
}

/** What a process is given to run: one invocation of a function. */
export interface Job {
  /** The function's code, a CommonJS module. */
  code: string
  /** As the template names it: `index.handler`. */
  handler: string
  event: unknown
  context: {awsRequestId: string; functionName: string}
  /** The environment of the function. */
  variables: Record<string, string>
  region: string
  /** Where the account's API answers. */
  endpoint: string
}

/** What a process may be told before: the modules that its job will ask for. */
export interface Ahead {
  load: readonly string[]
}

/** What such a process says: what the code writes, how the run ended, and what was thrown when it had. */
export type Told =
  | {kind: 'log'; line: string}
  | {kind: 'ended'; result?: unknown; failure?: string}
  | {kind: 'late'; error: string}

/**
 * Runs in a confined process, as text: it may name nothing outside itself but globals.
 * The code can end this process, fill its memory or never come back, and the account continues. A thread would not do:
 * the last of a thread's memory takes the whole process with it.
 */
export function functionWorker({modules, scratch}: Place, fastenSeatBelt: () => Reach): void {
  // Not by `require`: that is another name in the bundle.
  const {createRequire, isBuiltin} = process.getBuiltinModule('node:module')
  const {rmSync} = process.getBuiltinModule('node:fs')
  const {inspect} = process.getBuiltinModule('node:util')
  const {compileFunction} = process.getBuiltinModule('node:vm')
  const find = createRequire(`${modules}/index.js`) as (name: string) => unknown
  const reach = fastenSeatBelt()
  let running = false

  const tell = (told: Told): void => void process.send?.(told)
  const log = (line: string) => tell({kind: 'log', line})
  const describe = (error: unknown) =>
    error instanceof Error ? `${error.name}: ${error.message}` : String(error)

  process.on('disconnect', () => process.exit())
  process.on('exit', () => {
    try {
      rmSync(scratch, {recursive: true, force: true})
    } catch {
      // Who started this process removes it, unless it is gone.
    }
  })
  const write = ((text: string | Uint8Array) => {
    log(Buffer.from(text).toString().replace(/\n$/, ''))
    return true
  }) as typeof process.stdout.write
  process.stdout.write = write
  process.stderr.write = write
  const survive = (error: unknown) => {
    if (running) log(`ERROR\tUncaught Exception\t${describe(error)}`)
    tell({kind: 'late', error: error instanceof Error ? (error.stack ?? String(error)) : String(error)})
  }
  process.on('uncaughtException', survive)
  process.on('unhandledRejection', survive)

  const at =
    (level: string) =>
    (...values: unknown[]): void =>
      log(`${level}\t${values.map(value => (typeof value === 'string' ? value : inspect(value))).join(' ')}`)
  const output = {
    log: at('INFO'),
    info: at('INFO'),
    warn: at('WARN'),
    error: at('ERROR'),
    debug: at('DEBUG'),
  }

  type Client = {destroy(): void}
  type ClientClass = new (configuration?: Record<string, unknown>) => Client
  const isClientClass = (value: unknown): value is ClientClass =>
    typeof value === 'function' && typeof value.prototype === 'object' && 'send' in value.prototype

  /** As in Lambda: Node.js itself and the SDK. Whatever else lies beside the SDK here is not there. */
  const load = (name: string): unknown => {
    if (isBuiltin(name)) return find(name)
    const missing = (why: string) =>
      Object.assign(new Error(`Cannot find module '${name}'${why}`), {code: 'MODULE_NOT_FOUND'})
    if (!/^@(aws-sdk|smithy)\//.test(name)) throw missing('')
    try {
      return find(name)
    } catch (error) {
      if ((error as {code?: unknown}).code !== 'MODULE_NOT_FOUND') throw error
      throw missing(': Lambda has it, but it is not installed with mcpgw')
    }
  }

  /** The SDK with clients that speak to the account unless the code says otherwise. */
  const requireWith = (defaults: Record<string, unknown>, opened: Client[]) => (name: string) => {
    const loaded = load(name)
    if (!name.startsWith('@aws-sdk/client-')) return loaded
    return new Proxy(loaded as object, {
      get(target, member, receiver) {
        const value: unknown = Reflect.get(target, member, receiver)
        if (typeof member !== 'string' || member.startsWith('__') || !isClientClass(value)) return value
        return class extends value {
          constructor(configuration: Record<string, unknown> = {}) {
            super({...defaults, ...configuration})
            opened.push(this)
          }
        }
      },
    })
  }

  /** Answer addresses outlive the process that gave them out, and with it the port: they lead to today's endpoint. */
  const fetchAt =
    (endpoint: string): typeof fetch =>
    (input, init) => {
      const address = new URL(input instanceof Request ? input.url : input)
      if (!address.pathname.startsWith('/_mcpgw/')) return fetch(input, init)
      return fetch(new URL(`${address.pathname}${address.search}`, endpoint), init)
    }

  const run = async (job: Job): Promise<unknown> => {
    const {region, endpoint, variables} = job
    const opened: Client[] = []
    reach(endpoint)
    for (const name of Object.keys(process.env)) delete process.env[name]
    Object.assign(process.env, {TMPDIR: scratch, ...variables})
    const credentials = {
      accessKeyId: variables.AWS_ACCESS_KEY_ID,
      secretAccessKey: variables.AWS_SECRET_ACCESS_KEY,
    }
    try {
      const [file = 'index', name = 'handler'] = job.handler.split('.')
      const path = `/var/task/${file}.js`
      const module = {exports: {} as Record<string, unknown>}
      const parameters = ['exports', 'require', 'module', '__filename', '__dirname', 'console', 'fetch']
      compileFunction(job.code, parameters, {filename: path})(
        module.exports,
        requireWith({region, endpoint, credentials}, opened),
        module,
        path,
        '/var/task',
        output,
        fetchAt(endpoint),
      )
      const handler = module.exports[name]
      if (typeof handler !== 'function') throw new Error(`${file}.${name} is undefined or not exported`)
      return await handler(job.event, job.context)
    } finally {
      for (const client of opened) client.destroy()
    }
  }

  const loadAhead = (names: readonly string[]): void => {
    try {
      for (const name of names) load(name)
    } catch {
      // The code says so itself when it asks for it.
    }
  }

  process.on('message', (job: Job | Ahead) => {
    if ('load' in job) return loadAhead(job.load)
    running = true
    run(job)
      // As over the wire: what JSON cannot hold does not come back.
      .then(result => ({result: result === undefined ? undefined : JSON.parse(JSON.stringify(result))}))
      .catch((error: unknown) => {
        const failure = describe(error)
        log(`ERROR\tInvoke Error\t${failure}`)
        return {failure}
      })
      .then(ending => {
        running = false
        tell({kind: 'ended', ...ending})
      })
  })
}
