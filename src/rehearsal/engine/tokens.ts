import {modelled} from '../wire/index.js'
import {validation} from './lookup.js'
import type {OperationType, PastOperation, Stack} from './stack.js'

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
  if (!tokenPattern.test(token)) {
    throw validation(
      `1 validation error detected: Value '${token}' at 'clientRequestToken' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z0-9][-a-zA-Z0-9]*`,
    )
  }
  const known = stack?.lastOperations.find(operation => operation.token === token)
  if (!known) return false
  if (known.type === type) return true
  throw modelled(
    'TokenAlreadyExistsException',
    `Token ${token} was used for an operation of type ${known.type}.`,
  )
}

/** The operation that a request with this token began, now or before; without a token the newest. */
export function operationBegunBy({lastOperations}: Stack, token?: string): PastOperation | undefined {
  if (token === undefined) return lastOperations[0]
  return lastOperations.find(operation => operation.token === token)
}
