import {parseTemplate, type Template} from '../../template/index.js'

/** The five templates, the one that nests the others first. */
export const labels = ['main', 'network', 'data', 'compute', 'services'] as const
export type Label = (typeof labels)[number]

/** The templates of one deployment; `source` of each is the name of its file. */
export type TemplateSet = Readonly<Record<Label, Template>>

/** `network-stack.yaml`. */
export function fileOf(label: Label): string {
  return `${label}-stack.yaml`
}

export function everyLabel<T>(of: (label: Label) => T): Record<Label, T> {
  return Object.fromEntries(labels.map(label => [label, of(label)])) as Record<Label, T>
}

/**
 * Reads the five templates.
 * @param textOf the text of a file by its name
 * @throws {TemplateError} when one is no template
 */
export function readTemplates(textOf: (file: string) => string): TemplateSet {
  return everyLabel(label => parseTemplate(textOf(fileOf(label)), fileOf(label)))
}
