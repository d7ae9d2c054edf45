import {parseTemplate, type Template, validateTemplate} from '../../template/index.js'

/** Templates that are kept for whoever asks next: parsing one takes up to tens of milliseconds. */
const keptTemplates = 32
/** Texts of which something is remembered; it is small. */
const rememberedTexts = 2000

interface Reading {
  /** One and the same string for all stacks that have this template. */
  readonly text: string
  /** Names of the parameters whose values never show. */
  readonly noEcho: ReadonlySet<string>
  /** A template takes many times the memory of its text; what an operation works on is held by its plan. */
  readonly template: WeakRef<Template>
}

const readings = new Map<string, Reading>()
/** The last ones that were asked for, oldest first. */
const kept = new Set<Template>()

/**
 * The template behind a text, checked as CloudFormation checks it on arrival.
 * @throws TemplateError with CloudFormation's message.
 */
export function templateOf(text: string): Template {
  const template = readings.get(text)?.template.deref() ?? read(text)
  kept.delete(template)
  kept.add(template)
  dropOldest(kept, keptTemplates)
  return template
}

/** The text, as the string that all stacks with this template share. @throws like {@link templateOf}. */
export function sharedText(text: string): string {
  templateOf(text)
  return readings.get(text)?.text ?? text
}

/** Names of the parameters whose values never show. @throws like {@link templateOf}. */
export function noEchoParameters(text: string): ReadonlySet<string> {
  const known = readings.get(text)
  if (known) return known.noEcho
  return noEchoIn(templateOf(text))
}

function read(text: string): Template {
  const template = parseTemplate(text)
  validateTemplate(template)
  const known = readings.get(text)
  readings.delete(text)
  readings.set(known?.text ?? text, {
    text: known?.text ?? text,
    noEcho: noEchoIn(template),
    template: new WeakRef(template),
  })
  dropOldest(readings, rememberedTexts)
  return template
}

function noEchoIn({parameters}: Template): ReadonlySet<string> {
  return new Set(Object.keys(parameters).filter(name => parameters[name]?.noEcho))
}

function dropOldest(
  collection: {readonly size: number; keys(): Iterable<unknown>; delete(key: never): boolean},
  limit: number,
): void {
  for (const oldest of collection.keys()) {
    if (collection.size <= limit) return
    collection.delete(oldest as never)
  }
}
