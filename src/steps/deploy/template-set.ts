import type {Template} from '../../template/template.js'

/** One template file, as read. */
export interface TemplateFile {
  /** `network-stack.yaml`. */
  name: string
  text: string
  template: Template
}

/** The five templates of one folder. */
export interface TemplateSet {
  folder: string
  files: ReadonlyMap<string, TemplateFile>
  /** The first 12 hex digits of the SHA-256 over all files: the same templates always lie under the same key. */
  digest: string
}

/** Whether a template of the set has a parameter. */
export function declares({files}: TemplateSet, parameter: string): boolean {
  return [...files.values()].some(({template}) => Object.hasOwn(template.parameters, parameter))
}

/** @throws when the set lacks the file, which reading the folder rules out */
export function templateOf(templates: TemplateSet, name: string): Template {
  const file = templates.files.get(name)
  if (file === undefined) throw new Error(`The template set has no ${name}.`)
  return file.template
}
