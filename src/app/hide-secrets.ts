import {type Ending, isFailed} from './outcome.js'
import type {Redactor} from './redactor.js'

/**
 * Does the work of a command so that nothing of what it hands back or throws holds a secret that it was told. What is
 * shown and recorded meanwhile the session hides.
 */
export async function hidingSecrets(redactor: Redactor, work: () => Promise<Ending>): Promise<Ending> {
  try {
    return withoutSecrets(await work(), redactor)
  } catch (error) {
    throw redactor.error(error)
  }
}

function withoutSecrets(ending: Ending, redactor: Redactor): Ending {
  if (isFailed(ending)) return {...ending, failure: redactor.error(ending.failure)}
  const {document, text, note} = ending
  return {
    ...ending,
    document: redactor.value(document),
    text: redactor.text(text),
    note: note && redactor.text(note),
  }
}
