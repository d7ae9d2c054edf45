import {createWeb, type UseWeb} from '../../../../src/aws/web.js'
import {type Normal, normalised} from './normal.js'
import type {Party, Reply} from './party.js'

/** What is asked, beside the title under which the answer is kept. */
export interface Question {
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly form?: Readonly<Record<string, string>>
  readonly json?: unknown
  /** Sent as it is, with the content type in `headers`. */
  readonly body?: string
  readonly token?: string
  /** Instead of the public address. */
  readonly base?: string
}

/** A conversation with one party; what two of them were told under the same titles can be compared. */
export class Conversation {
  readonly answers: Record<string, Normal> = {}
  readonly #web: UseWeb

  constructor(readonly party: Party) {
    this.#web = createWeb(party.endpoint)
  }

  /** Asks and keeps the answer. @throws when the title is taken */
  async ask(title: string, path: string, question: Question = {}): Promise<Reply> {
    const reply = await this.send(path, question)
    this.keep(title, reply)
    return reply
  }

  /** Asks without keeping what is said. */
  send(path: string, {method, headers, form, json, body, token, base}: Question = {}): Promise<Reply> {
    const sent = form ? new URLSearchParams(form) : json === undefined ? body : JSON.stringify(json)
    return this.#web(async web => {
      const answer = await web.fetch(`${base ?? this.party.publicUrl}${path}`, {
        method: method ?? (sent === undefined ? 'GET' : 'POST'),
        headers: {
          ...(json !== undefined && {'content-type': 'application/json'}),
          ...(token !== undefined && {authorization: `Bearer ${token}`}),
          ...(base !== undefined && this.party.originHeaders),
          ...headers,
        },
        ...(sent !== undefined && {body: sent}),
      })
      const text = await answer.text()
      return {status: answer.status, headers: answer.headers, text, json: parsed(text)}
    })
  }

  /** Keeps what was seen elsewhere than in an answer, the claims of a token for example. */
  keep(title: string, seen: unknown): void {
    if (title in this.answers) throw new Error(`There is an answer of the title "${title}" already.`)
    this.answers[title] = normalised(seen, this.party)
  }

  /** An access token of the administrator, which lives 60 s. */
  async adminToken(): Promise<string> {
    const {adminUser, adminPassword} = this.party
    const form = {
      grant_type: 'password',
      client_id: 'admin-cli',
      username: adminUser,
      password: adminPassword,
    }
    const {json, text} = await this.send('/realms/master/protocol/openid-connect/token', {form})
    if (typeof json?.access_token !== 'string') throw new Error(`The administrator gets no token: ${text}`)
    return json.access_token
  }

  /** Asks the admin API below a realm, as the administrator. */
  async admin(title: string, path: string, question: Question = {}): Promise<Reply> {
    return this.ask(title, `/admin/realms${path}`, {...question, token: await this.adminToken()})
  }
}

/** Header and claims of a token. */
export function claimsOf(token: unknown): {header: any; payload: any} {
  const [header, payload] = String(token)
    .split('.')
    .map(part => parsed(Buffer.from(part, 'base64url').toString('utf8')))
  return {header, payload}
}

function parsed(text: string): any {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
