import {parseTemplate, type Template, validateTemplate} from '../../template/index.js'

/** Parsing takes tens of milliseconds for the larger templates and the same text is read at every step. */
const parsed = new Map<string, Template>()

/**
 * The template behind a text, checked as CloudFormation checks it on arrival.
 * @throws TemplateError with CloudFormation's message.
 */
export function templateOf(text: string): Template {
  let template = parsed.get(text)
  if (!template) {
    template = parseTemplate(text)
    validateTemplate(template)
    parsed.set(text, template)
  }
  return template
}
