/** A JSON Schema, as far as result types need it. */
export type Schema = Record<string, unknown>

/**
 * JSON Schemas of the exported interfaces and the type aliases of a source text: objects, lists, unions of names and literals, maps.
 * Members may be added to a document later, so that none is forbidden.
 * @throws for a type that it does not know, so that nothing is published of which it is silent
 */
export function schemasOf(source: string): Record<string, Schema> {
  const text = source.replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '')
  const interfaces = text.matchAll(/^export interface (\w+)(?: extends (\w+))? (?=\{)/gm)
  const aliases = text.matchAll(/^(?:export )?type (\w+) = (.*)$/gm)
  return Object.fromEntries([
    ...Array.from(interfaces, match => {
      const [, name = '', base] = match
      const own = new TypeReader(text.slice(match.index + match[0].length)).one()
      return [name, base === undefined ? own : {allOf: [{$ref: `#/$defs/${base}`}, own]}] as const
    }),
    ...Array.from(aliases, ([, name = '', type = '']) => [name, new TypeReader(type).union()] as const),
  ])
}

const plain: Readonly<Record<string, Schema>> = {
  string: {type: 'string'},
  number: {type: 'number'},
  boolean: {type: 'boolean'},
  null: {type: 'null'},
  unknown: {},
  true: {const: true},
  false: {const: false},
}

class TypeReader {
  readonly #tokens: string[]
  #at = 0

  constructor(text: string) {
    this.#tokens = text.match(/\w+|'[^']*'|\[\]|[{}<>|:;,?()]|\n/g) ?? []
  }

  /** Types with `|` between them, up to the end of a member. */
  union(): Schema {
    const all = [this.one()]
    while (this.#take('|')) all.push(this.one())
    return all.length === 1 && all[0] !== undefined ? all[0] : {anyOf: all}
  }

  one(): Schema {
    this.#take('|')
    this.#take('readonly')
    const token = this.#next()
    let schema: Schema
    if (token === '{') schema = this.#object()
    else if (token === '(') {
      schema = this.union()
      this.#need(')')
    } else if (token === 'Record' || token === 'Readonly') schema = this.#generic(token)
    else if (token.startsWith("'")) schema = {const: token.slice(1, -1)}
    else if (/^\d+$/.test(token)) schema = {const: Number(token)}
    else if (/^[A-Z]\w*$/.test(token)) schema = {$ref: `#/$defs/${token}`}
    else if (Object.hasOwn(plain, token)) schema = plain[token] ?? {}
    else throw new Error(`no JSON Schema is known for ${token}`)
    while (this.#take('[]')) schema = {type: 'array', items: schema}
    return schema
  }

  #generic(name: string): Schema {
    this.#need('<')
    const first = this.union()
    if (name === 'Readonly') {
      this.#need('>')
      return first
    }
    this.#need(',')
    const values = this.union()
    this.#need('>')
    return {type: 'object', additionalProperties: values}
  }

  #object(): Schema {
    const properties: Record<string, Schema> = {}
    const required: string[] = []
    for (;;) {
      while (this.#take('\n') || this.#take(';')) {}
      if (this.#take('}')) return {type: 'object', properties, required}
      this.#take('readonly')
      const name = this.#next()
      if (!this.#take('?')) required.push(name)
      this.#need(':')
      properties[name] = this.union()
    }
  }

  #next(): string {
    return this.#tokens[this.#at++] ?? ''
  }

  #take(token: string): boolean {
    let at = this.#at
    // A union may go on in the next line.
    if (token === '|') while (this.#tokens[at] === '\n') at += 1
    if (this.#tokens[at] !== token) return false
    this.#at = at + 1
    return true
  }

  #need(token: string): void {
    const found = this.#next()
    if (found !== token) throw new Error(`${token} is expected, not ${found}`)
  }
}
