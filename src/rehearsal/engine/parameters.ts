import {checkRules, resolveParameters, type Template, TemplateError} from '../../template/index.js'

/**
 * Every parameter's value, with defaults filled in, checked against constraints and the template's rules.
 * @throws TemplateError in CloudFormation's words.
 */
export function checkedParameters(
  template: Template,
  given: Readonly<Record<string, string>>,
): Record<string, string> {
  const parameters = resolveParameters(template, given)
  const [broken] = checkRules({template, parameters})
  if (broken) throw new TemplateError(`Template format error: Rule ${broken.rule} failed: ${broken.message}`)
  return parameters
}
