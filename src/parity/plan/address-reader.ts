import {nameAt, textKeyAt} from './address-text.js'

/** What `count` (a number) or `for_each` (a text) tells instances apart by; null without either. */
export type InstanceKey = string | number | null

export interface ModuleStep {
  readonly name: string
  readonly key: InstanceKey
}

/** The address of one instance of a resource: `module.alb.aws_lb_listener.this["https"]`. */
export interface Address {
  /** From the root: `module.mcp_gateway.module.alb` has two. */
  readonly modules: readonly ModuleStep[]
  readonly mode: 'managed' | 'data' | 'ephemeral'
  readonly type: string
  readonly name: string
  readonly key: InstanceKey
}

/** What is no address, or no pattern; the message says where. */
export class AddressError extends Error {
  override name = 'AddressError'
}

/** Walks over the text of an address, and of a pattern, piece by piece. */
export class AddressReader {
  #at = 0
  readonly #text: string

  constructor(text: string) {
    this.#text = text
  }

  address(): Address {
    const modules: ModuleStep[] = []
    for (;;) {
      const word = this.name()
      this.dot()
      if (word !== 'module') return {modules, ...this.#resource(word)}
      modules.push({name: this.name(), key: this.key()})
      this.dot()
    }
  }

  #resource(word: string): Omit<Address, 'modules'> {
    const mode = word === 'data' || word === 'ephemeral' ? word : 'managed'
    const type = mode === 'managed' ? word : this.name()
    if (mode !== 'managed') this.dot()
    return {mode, type, name: this.name(), key: this.key()}
  }

  name(): string {
    const name = nameAt(this.#text, this.#at)
    if (name === '') throw this.wrong('a name is expected')
    this.#at += name.length
    return name
  }

  key(): InstanceKey {
    if (!this.takes('[')) return null
    const number = /^(?:0|[1-9]\d*)(?=\])/.exec(this.#text.slice(this.#at))?.[0]
    if (number === undefined) return this.#textKey()
    this.#at += number.length + 1
    return Number(number)
  }

  #textKey(): string {
    const read = textKeyAt(this.#text, this.#at)
    if (read === undefined) throw this.wrong('a number or a text in quotes is expected in the brackets')
    this.#at = read.end
    if (!this.takes(']')) throw this.wrong('the bracket is not closed')
    return read.text
  }

  dot(): void {
    if (!this.takes('.')) throw this.wrong('a dot is expected')
  }

  /** Goes on behind `piece` where it stands here. */
  takes(piece: string): boolean {
    const isHere = this.#text.startsWith(piece, this.#at)
    if (isHere) this.#at += piece.length
    return isHere
  }

  end(): void {
    if (this.#at < this.#text.length) throw this.wrong('something follows the address')
  }

  wrong(what: string): AddressError {
    return new AddressError(
      `"${this.#text}" is no address of a resource: ${what} at character ${this.#at + 1}`,
    )
  }
}
