import type {Web} from '../../../../../src/aws/web.js'

/** What a person sees: where it has come to, and what is there. */
export interface Page {
  url: string
  status: number
  body: string
}

/** A browser with a cookie jar, which follows redirects and can fill in Keycloak's form. */
export class Browser {
  readonly #web: Web
  readonly #jar = new Map<string, Map<string, string>>()

  constructor(web: Web) {
    this.#web = web
  }

  /** Cookies that are kept for the host of an address. */
  cookies(url: string): string {
    const kept = this.#jar.get(new URL(url).host) ?? new Map<string, string>()
    return [...kept].map(([name, value]) => `${name}=${value}`).join('; ')
  }

  async open(url: string, init: RequestInit = {}): Promise<Page> {
    const answer = await this.#web.fetch(url, {
      ...init,
      headers: {accept: 'text/html', cookie: this.cookies(url), ...init.headers},
    })
    this.#keep(url, answer.headers.getSetCookie())
    const location = answer.headers.get('location')
    if (location !== null && answer.status < 400) return this.open(new URL(location, url).href)
    return {url, status: answer.status, body: await answer.text()}
  }

  /** Sends the form of a page. */
  submit({url, body}: Page, values: Record<string, string>): Promise<Page> {
    const action = /<form[^>]* action="([^"]+)"/.exec(body)?.[1]?.replaceAll('&amp;', '&')
    if (action === undefined) throw new Error(`There is no form at ${url}: ${body.slice(0, 300)}`)
    return this.open(action, {method: 'POST', body: new URLSearchParams(values)})
  }

  async json<T>(url: string): Promise<{status: number; body: T}> {
    const answer = await this.#web.fetch(url, {headers: {cookie: this.cookies(url)}})
    return {status: answer.status, body: (await answer.json()) as T}
  }

  #keep(url: string, lines: readonly string[]): void {
    const {host} = new URL(url)
    const kept = this.#jar.get(host) ?? new Map<string, string>()
    this.#jar.set(host, kept)
    for (const line of lines) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      if (/Max-Age=0/i.test(line)) kept.delete(name)
      else kept.set(name, value)
    }
  }
}
