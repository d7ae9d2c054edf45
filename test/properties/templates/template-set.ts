import {readFileSync} from 'node:fs'
import {join} from 'node:path'
import {everyLabel, fileOf, type Label} from '../../../src/parity/templates/template-set.js'
import {parseTemplate, type Template} from '../../../src/template/index.js'
import {readYaml} from '../../../src/template/source/yaml.js'

/** A template, and how it is written: comments, blank lines and the order of keys are in its text alone. */
export interface WrittenTemplate extends Template {
  readonly text: string
}

/** The templates of one deployment, as the engine takes them. */
export type TemplateSet = Readonly<Record<Label, WrittenTemplate>>

/**
 * A template as JSON that may be changed: intrinsic functions in their long form. What it holds is what a mutation
 * looks for, so that the compiler cannot know it.
 */
export type Document = any

/** The five templates as JSON. Each one is a private copy, made when it is first asked for. */
export type Documents = Readonly<Record<Label, Document>>

/** The five files as text, which an edit replaces. */
export type Texts = Record<Label, string>

const texts: Readonly<Texts> = everyLabel(label =>
  readFileSync(join('cloudformation', fileOf(label)), 'utf8'),
)
const unedited: TemplateSet = everyLabel(label => ({
  ...parseTemplate(texts[label], fileOf(label)),
  text: texts[label],
}))

/**
 * The checked-in templates or, with `edit`, copies in which it has changed something. Templates that `edit` does not
 * ask for stay the very same objects. A text that it replaces is not read again: it is for what only the text has.
 * @throws {TemplateError} when an edit leaves something that is no template
 */
export function loadTemplates(edit?: (documents: Documents, texts: Texts) => void): TemplateSet {
  if (edit === undefined) return unedited
  const asked = new Map<Label, Document>()
  const edited = {...texts}
  edit(
    Object.defineProperties(
      {} as Record<Label, Document>,
      everyLabel(label => ({get: () => copyOf(label)})),
    ),
    edited,
  )
  return everyLabel(label => {
    const document = asked.get(label)
    if (document !== undefined) return readEdited(label, document)
    return edited[label] === texts[label] ? unedited[label] : {...unedited[label], text: edited[label]}
  })

  function copyOf(label: Label): Document {
    const copy = asked.get(label) ?? copyOfOriginal(originalOf(label))
    asked.set(label, copy)
    return copy
  }
}

interface Original {
  /** The JSON of what is in no section. */
  readonly rest: string
  /** Of each section, the JSON of each member. */
  readonly members: ReadonlyMap<string, ReadonlyMap<string, string>>
}

const originals = new Map<Label, Original>()

function originalOf(label: Label): Original {
  const original = originals.get(label) ?? readOriginal(texts[label])
  originals.set(label, original)
  return original
}

function readOriginal(yaml: string): Original {
  const rest: Document = readYaml(yaml).value
  const members = new Map<string, ReadonlyMap<string, string>>()
  for (const [section] of sections) {
    if (rest[section] === undefined) continue
    const entries = Object.entries(rest[section]).map(
      ([name, member]) => [name, JSON.stringify(member)] as const,
    )
    members.set(section, new Map(entries))
    delete rest[section]
  }
  return {rest: JSON.stringify(rest), members}
}

/** A member of a section that nobody has looked at, and that is as it was. */
const unread = Symbol('unread')
const membersOf = new WeakMap<Document, Document>()

function copyOfOriginal({rest, members}: Original): Document {
  const copy = JSON.parse(rest)
  for (const [section, texts] of members) copy[section] = readWhenAsked(texts)
  return copy
}

/** An object whose members are copied when they are asked for: most defects are planted in one of hundreds. */
function readWhenAsked(texts: ReadonlyMap<string, string>): Document {
  const members: Document = {}
  for (const name of texts.keys()) members[name] = unread
  const section = new Proxy(members, {
    get(_, name) {
      if (members[name] === unread) members[name] = JSON.parse(texts.get(String(name)) ?? '')
      return members[name]
    },
  })
  membersOf.set(section, members)
  return section
}

function isUnread(section: Document, name: string): boolean {
  return membersOf.get(section)?.[name] === unread
}

/** The sections whose members are read one by one, and what a template calls them. */
const sections = [
  ['Parameters', 'parameters'],
  ['Mappings', 'mappings'],
  ['Conditions', 'conditions'],
  ['Rules', 'rules'],
  ['Resources', 'resources'],
  ['Outputs', 'outputs'],
] as const

/**
 * Reads what has changed in a document and takes the rest, with its lines, from the template as it is: reading all of
 * it for every mutation would take most of the time of this suite.
 */
function readEdited(label: Label, document: Document): WrittenTemplate {
  const {members} = originalOf(label)
  const changed: Document = {...document}
  for (const [section] of sections) {
    if (document[section] === undefined) continue
    const part: Document = document[section]
    const names = Object.keys(part)
    const different = names.filter(
      name => !isUnread(part, name) && members.get(section)?.get(name) !== JSON.stringify(part[name]),
    )
    // A template needs a resource, so that one is read again where none has changed.
    const isNeeded = section === 'Resources' && different.length === 0
    const read = isNeeded ? names.slice(0, 1) : different
    changed[section] = Object.fromEntries(read.map(name => [name, part[name]]))
  }
  const text = JSON.stringify(changed)
  const read = parseTemplate(text, `${fileOf(label)}, edited`)
  const merged = sections.map(([section, part]) => [
    part,
    Object.fromEntries(
      Object.keys(document[section] ?? {}).map(name => [
        name,
        read[part][name] ?? unedited[label][part][name],
      ]),
    ),
  ])
  return {...read, ...Object.fromEntries(merged), text}
}
