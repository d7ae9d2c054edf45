import type {StackDescription} from '../../aws/stack-data.js'
import type {UpdateStack} from '../../aws/stacks.js'
import type {ForeseenInterruption} from '../../foreseen.js'

const parameter = 'KeycloakAdminUsername'

/**
 * A new name for Keycloak's administrator, which an update would write where everybody looks for it, and Keycloak would
 * not take over: it reads the name only at its first start.
 */
export function otherAdministrator(
  stack: Pick<StackDescription, 'name' | 'parameters'>,
  request: Pick<UpdateStack, 'parameters'>,
): readonly ForeseenInterruption[] {
  const [before, after] = [stack.parameters[parameter], request.parameters[parameter]]
  if (before === undefined || after === undefined || before === after) return []
  return [
    {
      stack: stack.name,
      logicalId: 'KeycloakAdminParameter',
      type: 'AWS::SSM::Parameter',
      physicalId: '',
      sure: true,
      what: 'changed',
      effect: `Keycloak keeps the administrator ${before}, because it reads ${parameter} only at its first start, and mcpgw could not log in as ${after}`,
    },
  ]
}
