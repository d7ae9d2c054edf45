import * as Flags from '@oclif/core/flags'
import {templatesFolder} from '../environment/templates.js'
import {givenParameters} from '../input/given-parameters.js'
import {readTemplateFolder} from '../input/template-folder.js'
import type {Outcome} from './base-command.js'
import {contentFlags} from './deploy-flags.js'
import {hidden} from './hidden-flags.js'
import {Redactor} from './redactor.js'

/** What was deployed, for commands that deploy nothing: AWS and logs may repeat the values of secrets. */
export const secretsFlags = {
  parameters: Flags.string({
    char: 'p',
    description:
      'The parameters file of deploy: the secrets in it are hidden wherever AWS or a log repeats them.',
    env: 'MCPGW_PARAMETERS',
    helpValue: 'FILE',
  }),
  ...hidden({set: contentFlags.set}),
}

/** The flags of `secretsFlags`. */
export interface SecretsFlags {
  parameters: string | undefined
  set: readonly string[] | undefined
}

/**
 * Does the work of a command so that nothing of what it hands back or throws holds a secret that it was told. What is
 * shown meanwhile goes through the redactor's `sink`.
 * @throws exit code 2 when what was given cannot be read: hiding less than was asked for would not be noticed
 */
export async function hidingSecrets(
  flags: SecretsFlags,
  work: (redactor: Redactor) => Promise<Outcome>,
): Promise<Outcome> {
  const redactor = new Redactor(await secretsOf(flags))
  try {
    const {document, text, exitCode} = await work(redactor)
    return {document: redactor.value(document), text: redactor.text(text), exitCode}
  } catch (error) {
    throw redactor.error(error)
  }
}

async function secretsOf({parameters: file, set = []}: SecretsFlags): Promise<readonly string[]> {
  const given = await givenParameters({file, set})
  if (given.size === 0) return []
  const templates = [...readTemplateFolder(templatesFolder()).files.values()]
  const isSecret = (name: string) =>
    templates.some(({template}) => template.parameters[name]?.noEcho === true)
  return Array.from(given.values(), ({name, value}) => (isSecret(name) ? value : '')).filter(Boolean)
}
