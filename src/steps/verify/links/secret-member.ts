import {McpgwError} from '../../../errors.js'
import {broken} from './chain.js'
import {type LinkScope, membersOf} from './scope.js'

/** What to say of a secret that is not there. */
export interface MissingSecret {
  readonly whyMissing: string
  readonly todo: string
}

/**
 * One member of a secret of the environment.
 * @throws BrokenLink when there is none, or when it may not be read; any other failure of the call as it is
 */
export function secretMember(
  scope: LinkScope,
  name: string,
  key: string,
  {whyMissing, todo}: MissingSecret,
): string {
  const {commandLine} = scope.target
  const read = scope.secretTexts.get(name)
  if (read?.status === 'rejected') {
    const error: unknown = read.reason
    if (!(error instanceof McpgwError) || error.code !== 'ACCESS_DENIED') throw error
    const instead = `Allow it (docs/iam-policy.md), or check without a login: ${commandLine('verify')} --shallow`
    throw broken(`The secret ${name} may not be read: ${error.message}`, instead, {permanent: true})
  }
  const text = read?.value
  if (text === undefined) throw broken(`There is no secret ${name}: ${whyMissing}.`, todo, {permanent: true})
  const value = membersOf(text)[key]
  if (typeof value === 'string' && value !== '') {
    scope.secrets.add(value)
    return value
  }
  const what = `The secret ${name} has no text under the key ${key}: someone changed it.`
  const restore = `Give it its previous version again (Secrets Manager keeps it as AWSPREVIOUS), then run: ${commandLine('realm')}`
  throw broken(what, restore, {permanent: true})
}
