import type {DeployedResource} from './deployed.js'
import type {TemplateSet, WrittenTemplate} from './template-set.js'

/** Works something out that depends on the templates alone, once, however many choices there are. */
export const perTemplates: <T>(work: (templates: TemplateSet) => T) => (templates: TemplateSet) => T = once

/** Works something out that depends on one template alone: a deliberate defect touches one of the five. */
export const perTemplate: <T>(work: (template: WrittenTemplate) => T) => (template: WrittenTemplate) => T =
  once

/** Works something out that depends on one resource alone: most of them are not touched by a deliberate defect. */
export const perResource: <T>(work: (resource: DeployedResource) => T) => (resource: DeployedResource) => T =
  once

function once<Subject extends object, T>(work: (subject: Subject) => T): (subject: Subject) => T {
  const known = new WeakMap<Subject, {readonly result: T}>()
  return subject => {
    const entry = known.get(subject) ?? {result: work(subject)}
    known.set(subject, entry)
    return entry.result
  }
}
