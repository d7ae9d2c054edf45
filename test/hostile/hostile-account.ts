import {copyFileSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {createServer, type IncomingMessage, request, type Server} from 'node:http'
import type {AddressInfo} from 'node:net'
import {basename, dirname, join} from 'node:path'
import {buffer} from 'node:stream/consumers'
import {hostile, hostileInXml} from './hostile-text.js'

/** Whether the text of a member of an answer is to be hostile, by its name. */
export type Choice = (member: string) => boolean

/** What the course of a command hangs on: it is asked again with these, compares them, or waits for one of them. */
const identity =
  /(?:id|ids|identifiers?|dimension|namespace|arns?|status|state|token|type|marker|names?|keys?|values?|ur[il]|endpoint|version|digest|phase|code|region|account|publicip|cidr\w*|address|etag|member|principal|bucket|prefix|policy\w*|action|decision|protocol|engine|mode|json|string|template\w*|cluster|service|taskdefinition|(?:created|updated)(?:at|date))$/i

/** The versions of a secret are under their ids, with the stages that say which one is current. */
const versionId = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** Every text that no step depends on: reasons, messages, descriptions and their like. */
export const everyReason: Choice = member => !identity.test(member) && !versionId.test(member)

/**
 * Stands between a command and the account that it joins, and puts hostile text at the end of what the account says.
 * A command finds it as it finds an account that another process serves.
 */
export class HostileAccount {
  readonly stateFile: string
  /** How many texts were made hostile. */
  count = 0
  readonly #server: Server
  #choose: Choice

  private constructor(stateFile: string, server: Server, choose: Choice) {
    this.stateFile = stateFile
    this.#server = server
    this.#choose = choose
  }

  /** @param account the file of an account that is served */
  static async before(account: string, choose: Choice): Promise<HostileAccount> {
    const holder = JSON.parse(readFileSync(`${account}.lock`, 'utf8')) as {port: number}
    const server = createServer()
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
    const {port} = server.address() as AddressInfo
    const stateFile = join(dirname(account), 'hostile.json')
    // What lies beside the account is what those who join it need.
    for (const name of readdirSync(dirname(account))) {
      const rest = name.slice(basename(account).length)
      if (name.startsWith(`${basename(account)}.`) && rest !== '.lock') {
        copyFileSync(join(dirname(account), name), `${stateFile}${rest}`)
      }
    }
    writeFileSync(`${stateFile}.lock`, JSON.stringify({...holder, port, pid: process.pid}))
    const hostileAccount = new HostileAccount(stateFile, server, choose)
    server.on('request', (incoming: IncomingMessage, outgoing) => {
      const {method, url: path, headers} = incoming
      const forwarded = request(
        {host: '127.0.0.1', port: holder.port, method, path, headers, setHost: false},
        async answer => {
          const body = await buffer(answer)
          // What the application answers, under names of its own, is no answer of AWS's.
          const isOther = path?.startsWith('/_mcpgw') || !headers.host?.startsWith('127.0.0.1')
          const told = isOther ? body : hostileAccount.#altered(body, answer.headers['content-type'] ?? '')
          const {'transfer-encoding': _, ...rest} = answer.headers
          outgoing.writeHead(answer.statusCode ?? 500, {...rest, 'content-length': told.length})
          outgoing.end(told)
        },
      )
      forwarded.on('error', () => outgoing.destroy())
      incoming.pipe(forwarded)
    })
    return hostileAccount
  }

  choose(choose: Choice): void {
    this.#choose = choose
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise(resolve => this.#server.close(resolve))
    if (existsSync(`${this.stateFile}.lock`)) rmSync(`${this.stateFile}.lock`)
  }

  #altered(body: Buffer, type: string): Buffer {
    if (/^application\/(x-amz-)?json/.test(type)) return this.#json(body)
    return /xml/.test(type) ? this.#xml(body) : body
  }

  #json(body: Buffer): Buffer {
    try {
      const alter = (member: string, value: unknown): unknown => {
        if (typeof value === 'string') return this.#takes(member, value) ? value + hostile : value
        if (Array.isArray(value)) return value.map(item => alter(member, item))
        if (typeof value !== 'object' || value === null) return value
        return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, alter(name, part)]))
      }
      return Buffer.from(JSON.stringify(alter('', JSON.parse(body.toString()))))
    } catch {
      return body
    }
  }

  #xml(body: Buffer): Buffer {
    const text = body.toString().replace(/<(\w+)>([^<]+)<\/\1>/g, (whole, member: string, value: string) => {
      return this.#takes(member, value) ? `<${member}>${value}${hostileInXml}</${member}>` : whole
    })
    return Buffer.from(text)
  }

  #takes(member: string, value: string): boolean {
    // Numbers, truth values and times are no texts, whatever they are written as.
    if (/^(true|false|-?\d+(\.\d+)?|\d{4}-\d\d-\d\dT[\d:.]+Z?)$/.test(value)) return false
    if (!this.#choose(member)) return false
    this.count += 1
    return true
  }
}
