import {existsSync} from 'node:fs'
import {homedir} from 'node:os'
import path from 'node:path'
import {isMap, isScalar, isSeq, LineCounter, type Node, type YAMLMap} from 'yaml'
import type {AccountRule, AccountRules} from '../environment/account-rules.js'
import {invalidInput, type McpgwError} from '../errors.js'
import {InputFileError, readInputFile} from '../input-file.js'
import {YamlTooDeepError, yamlDocument} from '../template/source/yaml-document.js'

/** What the config file holds: docs/guards.md. */
export interface Config {
  /** Undefined when there is none. */
  readonly file: string | undefined
  readonly accounts: AccountRules | undefined
}

/** Room for a thousand accounts with a comment each. */
const mostBytes = 65_536

/** As AWS writes account numbers. */
const accountPattern = /^\d{12}$/

/** Where a config file is looked for; the first that exists counts. */
export function configFiles(env: NodeJS.ProcessEnv = process.env): readonly string[] {
  if (env.MCPGW_CONFIG) return [env.MCPGW_CONFIG]
  const home = env.XDG_CONFIG_HOME || path.join(homedir(), '.config')
  return ['mcpgw.yaml', path.join(home, 'mcpgw', 'config.yaml')]
}

/**
 * Reads the config file, if there is one.
 * @throws exit code 2, with file and line: a guard that is misspelt must not be taken for none
 */
export function readConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const file = configFiles(env).find(existsSync) ?? env.MCPGW_CONFIG
  if (file === undefined || file === '') return {file: undefined, accounts: undefined}
  return {file, accounts: new ConfigReader(file).accounts()}
}

class ConfigReader {
  readonly #file: string
  readonly #lines = new LineCounter()
  readonly #root: Node | null

  constructor(file: string) {
    this.#file = file
    const document = this.#parse(this.#text())
    const [error] = document.errors
    if (error !== undefined)
      throw this.#wrong(error.pos[0], error.message.split('\n')[0] ?? 'not well-formed')
    this.#root = document.contents
  }

  accounts(): AccountRules | undefined {
    if (this.#root === null) return undefined
    const accounts = this.#member(this.#map(this.#root, ['accounts']), 'accounts')
    if (accounts === undefined) return undefined
    const lists = this.#map(accounts, ['allow', 'block'])
    const allow = this.#member(lists, 'allow')
    const block = this.#member(lists, 'block')
    return {
      block: block === undefined ? [] : this.#list(block, 'accounts.block'),
      ...(allow === undefined
        ? {}
        : {allow: this.#list(allow, 'accounts.allow'), allowedAt: this.#where(offsetOf(allow))}),
    }
  }

  #parse(text: string): ReturnType<typeof yamlDocument> {
    try {
      return yamlDocument(text, {lineCounter: this.#lines})
    } catch (error) {
      if (error instanceof YamlTooDeepError) throw this.#wrong(error.offset, 'it is nested too deeply')
      throw error
    }
  }

  #text(): string {
    try {
      return readInputFile(this.#file, mostBytes)
    } catch (error) {
      if (!(error instanceof InputFileError)) throw error
      throw invalidInput(
        'CONFIG_UNREADABLE',
        `The config file ${this.#file} cannot be read: ${error.message}.`,
        'Correct or unset MCPGW_CONFIG, or restore the file.',
        error,
      )
    }
  }

  #map(node: Node, known: readonly string[]): YAMLMap<Node, Node> {
    if (!isMap<Node, Node>(node))
      throw this.#wrong(offsetOf(node), `a map of ${known.join(' and ')} is wanted`)
    for (const {key} of node.items) {
      const name = isScalar(key) ? String(key.value) : '?'
      if (!known.includes(name))
        throw this.#wrong(offsetOf(key), `${name} is unknown here; there is ${known.join(', ')}`)
    }
    return node
  }

  #member(map: YAMLMap<Node, Node>, name: string): Node | undefined {
    return map.get(name, true) as Node | undefined
  }

  #list(node: Node, name: string): AccountRule[] {
    if (!isSeq<Node>(node)) throw this.#wrong(offsetOf(node), `${name} must be a list of account numbers`)
    return node.items.map(item => {
      const offset = offsetOf(item)
      // As it was written: YAML takes a number's leading zeros away.
      const account = isScalar(item) ? (item.source ?? String(item.value)) : ''
      if (!accountPattern.test(account))
        throw this.#wrong(
          offset,
          `${name} must hold account numbers of twelve digits, such as "012345678901"`,
        )
      return {account, where: this.#where(offset)}
    })
  }

  #where(offset: number): string {
    return `${this.#file}:${this.#lines.linePos(offset).line}`
  }

  #wrong(offset: number, what: string): McpgwError {
    return invalidInput(
      'CONFIG_MALFORMED',
      `${this.#where(offset)}: ${what}.`,
      'Correct the line; docs/guards.md shows a config file.',
    )
  }
}

function offsetOf(node: Node): number {
  return node.range?.[0] ?? 0
}
