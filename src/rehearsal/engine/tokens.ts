import type {OperationType, PastOperation, Stack} from '../account/stack.js'
import {modelled} from '../wire/index.js'
import {validation} from './lookup.js'

/** Source: CloudFormation API reference, ClientRequestToken. */
const tokenPattern = /^[a-zA-Z0-9][-a-zA-Z0-9]{0,127}$/

/**
 * Whether a request was answered before and only comes again.
 * Source: CloudFormation API reference, ClientRequestToken and TokenAlreadyExistsException.
 * @throws AwsError when the token is malformed, or stands for an operation of another type.
 */
export function isRepeated(
  stack: Stack | undefined,
  token: string | undefined,
  type: OperationType,
): boolean {
  if (token === undefined) return false
  checkToken(token)
  const known = stack?.lastOperations.find(operation => operation.token === token)
  if (!known) return false
  if (known.type === type) return true
  throw modelled(
    'TokenAlreadyExistsException',
    `Token ${token} was used for an operation of type ${known.type}.`,
  )
}

/** @throws AwsError ValidationError when a token is malformed; `member` is what the request calls it. */
export function checkToken(token: string | undefined, member = 'clientRequestToken'): void {
  if (token === undefined || tokenPattern.test(token)) return
  throw validation(
    `1 validation error detected: Value '${token}' at '${member}' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z0-9][-a-zA-Z0-9]*`,
  )
}

/** The operation that a request with this token began, now or before; without a token the newest. */
export function operationBegunBy({lastOperations}: Stack, token?: string): PastOperation | undefined {
  if (token === undefined) return lastOperations[0]
  return lastOperations.find(operation => operation.token === token)
}
