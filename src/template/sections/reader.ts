import {TemplateError} from '../error.js'
import {messages} from '../messages.js'
import {isMap, isScalar, member, type Path, type Value, type ValueMap} from '../value.js'

/** What the section readers need: the whole document, and errors that know their line. */
export class SectionReader {
  readonly root: ValueMap
  readonly lineOf: (path: Path) => number
  readonly #source: string | undefined

  constructor(root: ValueMap, lineOf: (path: Path) => number, source: string | undefined) {
    this.root = root
    this.lineOf = lineOf
    this.#source = source
  }

  fail(path: Path, message: string): never {
    throw new TemplateError(message, {source: this.#source, line: this.lineOf(path)})
  }

  /** The members of a top-level section, each of which must be an object unless `values` are free. */
  section(name: string): ValueMap {
    const section = member(this.root, name)
    if (section === undefined) return {}
    return isMap(section) ? section : this.fail([name], messages.unsupportedStructure)
  }

  object(value: Value | undefined, path: Path, section: string): ValueMap {
    return isMap(value) ? value : this.fail(path, messages.notAnObject(`/${path.join('/')}`, section))
  }

  /** A scalar as text; `undefined` when it is not there. */
  text(map: ValueMap, name: string, path: Path): string | undefined {
    const value = member(map, name)
    if (value === undefined) return undefined
    return isScalar(value) ? String(value) : this.fail([...path, name], messages.memberNotText(name))
  }
}
