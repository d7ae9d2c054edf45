import {messageOf} from '../../errors.js'
import {ResourceFailure} from '../resources/resource-provider.js'
import {outputError} from './attribute-names.js'
import {findConflicts} from './early-validation.js'
import {readImports} from './imports.js'
import {failStack} from './outcomes.js'
import {checkParametersExist} from './parameter-existence.js'
import {templateOf} from './parsed-template.js'
import {operationOf, type Scene} from './stack-context.js'

/**
 * What CloudFormation looks at before it begins the first row of an operation; false when the stack turns back for it.
 * Source: CloudFormation user guide, "Validate stack deployments", and logs of stacks with missing imports.
 */
export function checkBeforeRows(scene: Scene): boolean {
  const {stack} = scene
  const operation = operationOf(stack)
  const {unchecked} = operation
  if (unchecked === undefined) return true
  delete operation.unchecked
  try {
    checkParametersExist(scene)
    const wrong = operation.type === 'CREATE_STACK' ? outputError(templateOf(stack.template)) : undefined
    if (wrong !== undefined) throw new ResourceFailure(wrong)
    readImports(scene)
  } catch (error) {
    failStack(scene, messageOf(error))
    return false
  }
  if (unchecked === 'imports') return true
  const conflicts = findConflicts(scene, operation.id)
  if (conflicts.findings.length === 0) return true
  stack.findings = [...(stack.findings ?? []), ...conflicts.findings]
  stack.detailedStatus = 'VALIDATION_FAILED'
  failStack(scene, conflicts.reason)
  return false
}
