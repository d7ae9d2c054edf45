import {publicAgent, webFailure} from './public-agent.js'

/** What a web address answered, or why it did not. */
export type ProbeResult = {readonly status: number; readonly body: string} | {readonly failure: string}

/** How to ask. */
export interface ProbeOptions {
  readonly timeoutMs: number
  /** @default false */
  readonly followRedirects?: boolean
}

/** Gets a public URL once; never throws. */
export type Probe = (url: string, options: ProbeOptions) => Promise<ProbeResult>

/** Enough for any health answer or discovery document; the rest is not read. */
const longestBodyBytes = 256 * 1024
const longestRedirectChain = 5

/** @param endpoint what stands in for AWS @param ca whom to believe beside those whom Node knows */
export function createProbe(endpoint: string | undefined, ca?: string[]): Probe {
  return async (url, {timeoutMs, followRedirects = false}) => {
    const {interceptors, request} = await import('./http-client.js')
    const agent = await publicAgent(endpoint, {timeoutMs, ca})
    try {
      const answer = await request(url, {
        dispatcher: followRedirects
          ? agent.compose(interceptors.redirect({maxRedirections: longestRedirectChain}))
          : agent,
        headers: {'user-agent': 'mcpgw', accept: '*/*'},
        signal: AbortSignal.timeout(timeoutMs),
      })
      return {status: answer.statusCode, body: await beginningOf(answer.body)}
    } catch (error) {
      return {failure: webFailure(error, timeoutMs)}
    } finally {
      // No kept-alive socket may hold the process up.
      await agent.destroy()
    }
  }
}

/** The beginning of a body as text. */
export async function beginningOf(body: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of body) {
    chunks.push(chunk)
    size += chunk.length
    if (size >= longestBodyBytes) break
  }
  return Buffer.concat(chunks).subarray(0, longestBodyBytes).toString('utf8')
}
