import {invalidInput} from '../errors.js'
import type {TemplateSet} from '../steps/deploy/template-set.js'

/** What the realm step reads and writes; templates of earlier versions have neither. */
const loginSecrets = ['StudentsSecret', 'VerifyLoginSecret']

/**
 * Refuses templates with which the realm could not be made, before they are deployed for 20 minutes.
 * @throws McpgwError TEMPLATES_WITHOUT_REALM, exit code 2
 */
export function requireLoginSecrets({folder, files}: TemplateSet): void {
  const logicalIds = [...files.values()].flatMap(({template}) => Object.keys(template.resources))
  const missing = loginSecrets.filter(logicalId => !logicalIds.includes(logicalId))
  if (missing.length === 0) return
  throw invalidInput(
    'TEMPLATES_WITHOUT_REALM',
    `The templates in ${folder} lack ${missing.join(' and ')}: with them the login realm cannot be created.`,
    'Unset MCPGW_TEMPLATES_DIR to deploy the built-in templates, or add --no-realm --no-verify.',
  )
}
