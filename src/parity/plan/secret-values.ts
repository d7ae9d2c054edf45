import {isObject, type Json} from '../json.js'
import {memberOf} from './masks.js'
import {mask, SecretFinder, shortestFound} from './secret-finder.js'
import {formsOf} from './secret-forms.js'

/** What must not be shown, and which words may be shown all the same where they are only a part of a text. */
export interface SecretSources {
  /** Texts and numbers, as texts. */
  readonly secrets: ReadonlySet<string>
  /** Names of the document (addresses, attributes, variables), one a line: who knows them knows no secret. */
  readonly names: string
  /** Values that are not secret, such as those of other variables. */
  readonly open: ReadonlySet<string>
}

/**
 * Hides what a plan and a state mark as sensitive. A value that is equal to a sensitive one is hidden wherever it stands;
 * inside longer texts, and as JSON, URL and Base64 write it, are hidden those of four characters or more that are no name
 * in the document (`admin`, `keycloak`) and not the value of a variable that is not sensitive.
 *
 * Hide before you shorten: a piece of a secret is not known as one.
 */
export class SecretValues {
  readonly #sources: SecretSources
  readonly #secrets: ReadonlySet<string>
  readonly #finder: SecretFinder

  constructor(sources: SecretSources) {
    const {secrets, names, open} = sources
    this.#sources = sources
    this.#secrets = secrets
    const distinct = [...secrets].filter(
      secret => isDistinct(secret) && !open.has(secret) && !names.includes(secret),
    )
    this.#finder = new SecretFinder(distinct.flatMap(formsOf))
  }

  /** These, and those of another document that is read beside it. */
  and({secrets, names, open}: SecretSources): SecretValues {
    return new SecretValues({
      secrets: new Set([...this.#sources.secrets, ...secrets]),
      names: `${this.#sources.names}\n${names}`,
      open: new Set([...this.#sources.open, ...open]),
    })
  }

  /** A text without secrets: `****` where it is one or holds some. */
  text(text: string): string {
    return this.#secrets.has(text) ? mask : this.#finder.replace(text)
  }

  /**
   * The same value without secrets, names of members included.
   *
   * @param sensitive the mask of the value, where it has one: `after_sensitive` of a resource, or what of it belongs to an attribute
   */
  hide(value: Json, sensitive: Json = false): Json {
    if (sensitive === true) return mask
    if (typeof value === 'string') return this.text(value)
    if (typeof value === 'number') return this.#secrets.has(String(value)) ? mask : value
    if (Array.isArray(value))
      return value.map((element, index) => this.hide(element, memberOf(sensitive, index)))
    if (!isObject(value)) return value
    return Object.fromEntries(
      Object.entries(value).map(([name, member]) => [
        this.#finder.replace(name),
        this.hide(member, memberOf(sensitive, name)),
      ]),
    )
  }
}

/** Numbers of a few digits are ports and counts. */
function isDistinct(secret: string): boolean {
  return secret.trim().length >= shortestFound && !/^(?:\d{1,5}|true|false|null)$/i.test(secret.trim())
}
