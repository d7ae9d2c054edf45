import type {Rehearsal} from './mcpgw.js'

/** An account served by `mcpgw rehearse`. */
export interface Served {
  /** The variables it printed. */
  env: Record<string, string>
  endpoint: string
  /** What an SDK client needs to use it. */
  clientConfig: {
    endpoint: string
    region: string
    credentials: {accessKeyId: string; secretAccessKey: string}
  }
  /** Everything it printed so far. */
  output(): string
  stop(): Promise<number | null>
}

/** Starts `mcpgw rehearse` on a free port and waits until it has printed how to reach it. */
export async function serve(rehearsal: Rehearsal, ...args: string[]): Promise<Served> {
  const child = rehearsal.start(['rehearse', '--port', '0', '--state', rehearsal.stateFile, ...args])
  let output = ''
  await new Promise<void>((resolve, reject) => {
    const look = (chunk: Buffer) => {
      output += chunk
      if (/AWS_ENDPOINT_URL=\S+/.test(output) && /NO_PROXY=\S+/.test(output)) resolve()
    }
    child.stdout?.on('data', look)
    child.stderr?.on('data', look)
    child.on('exit', () => reject(new Error(`mcpgw rehearse ended: ${output}`)))
  })
  const env = Object.fromEntries(
    [...output.matchAll(/export ([A-Z_]+)=(\S+)/g)].map(([, name, value]) => [name ?? '', value ?? '']),
  )
  const endpoint = env.AWS_ENDPOINT_URL ?? ''
  return {
    env,
    endpoint,
    clientConfig: {
      endpoint,
      region: env.AWS_REGION ?? '',
      credentials: {
        accessKeyId: env.AWS_ACCESS_KEY_ID ?? '',
        secretAccessKey: env.AWS_SECRET_ACCESS_KEY ?? '',
      },
    },
    output: () => output,
    stop: () =>
      new Promise(resolve => {
        child.removeAllListeners('exit')
        child.on('exit', code => resolve(code))
        child.kill('SIGINT')
      }),
  }
}
