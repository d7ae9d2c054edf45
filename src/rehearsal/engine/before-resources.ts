import {messageOf} from '../../errors.js'
import type {StackContext} from '../account/stack-context.js'
import {ResourceFailure} from '../resources/resource-provider.js'
import {outputError} from './attribute-names.js'
import {findConflicts} from './early-validation.js'
import {readImports} from './imports.js'
import {failStack} from './outcomes.js'
import {checkParametersExist} from './parameter-existence.js'
import {templateOf} from './parsed-template.js'
import {operationOf} from './stack-context.js'

/**
 * What CloudFormation looks at before it begins the first resource of an operation; false when the stack rolls back for it.
 * Source: CloudFormation user guide, "Validate stack deployments", and logs of stacks with missing imports.
 */
export function checkBeforeResources(context: StackContext): boolean {
  const {stack} = context
  const operation = operationOf(stack)
  const {unchecked} = operation
  if (unchecked === undefined) return true
  delete operation.unchecked
  try {
    checkParametersExist(context)
    const wrong = operation.type === 'CREATE_STACK' ? outputError(templateOf(stack.template)) : undefined
    if (wrong !== undefined) throw new ResourceFailure(wrong)
    readImports(context)
  } catch (error) {
    failStack(context, messageOf(error))
    return false
  }
  if (unchecked === 'imports') return true
  const conflicts = findConflicts(context, operation.id)
  if (conflicts.findings.length === 0) return true
  stack.findings = [...(stack.findings ?? []), ...conflicts.findings]
  stack.detailedStatus = 'VALIDATION_FAILED'
  failStack(context, conflicts.reason)
  return false
}
