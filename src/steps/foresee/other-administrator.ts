import type {Aws} from '../../aws/aws.js'
import type {StackDescription} from '../../aws/stack-data.js'
import type {UpdateStack} from '../../aws/stacks.js'
import {keycloakAdminSecretName} from '../../environment/names.js'
import {McpgwError} from '../../errors.js'
import type {ForeseenInterruption} from '../../foreseen.js'

const [nameParameter, passwordParameter] = ['KeycloakAdminUsername', 'KeycloakAdminPassword']

/** Where the update takes place. */
interface Place {
  readonly aws: {readonly secrets: Pick<Aws['secrets'], 'value'>}
  readonly environment: string
}

/**
 * A new name or password for Keycloak's administrator, which an update would write where everybody looks for it, and Keycloak
 * would not take over: it reads both only at its first start. The password is compared with the one in the secret.
 */
export async function otherAdministrator(
  place: Place,
  stack: Pick<StackDescription, 'name' | 'parameters'>,
  {parameters}: Pick<UpdateStack, 'parameters'>,
): Promise<readonly ForeseenInterruption[]> {
  const found: ForeseenInterruption[] = []
  const common = {stack: stack.name, physicalId: '', what: 'changed'} as const
  const [before, after] = [stack.parameters[nameParameter], parameters[nameParameter]]
  if (before !== undefined && after !== undefined && before !== after)
    found.push({
      ...{...common, logicalId: 'KeycloakAdminParameter', type: 'AWS::SSM::Parameter', sure: true},
      effect: `Keycloak keeps the administrator ${before}, because it reads ${nameParameter} only at its first start, and mcpgw could not log in as ${after}`,
    })
  const given = parameters[passwordParameter]
  const isAnother =
    Object.hasOwn(stack.parameters, passwordParameter) && given ? await isChanged(place, given) : false
  if (isAnother !== false)
    found.push({
      ...{...common, logicalId: 'KeycloakAdminSecret', type: 'AWS::SecretsManager::Secret'},
      sure: isAnother === true,
      effect: `Keycloak keeps its administrator's password, because it reads ${passwordParameter} only at its first start, and mcpgw could not log in with ${isAnother ? 'the new one' : 'a new one; the present one may not be read, so that nobody can tell whether this is another'}`,
    })
  return found
}

/** Undefined where the secret may not be read; false for one that does not exist, which nobody can have read. */
async function isChanged({aws, environment}: Place, given: string): Promise<boolean | undefined> {
  try {
    const text = await aws.secrets.value(keycloakAdminSecretName(environment))
    return text === undefined ? false : passwordIn(text) !== given
  } catch (error) {
    if (error instanceof McpgwError) return undefined
    throw error
  }
}

function passwordIn(text: string): unknown {
  try {
    return JSON.parse(text).password
  } catch {
    return undefined
  }
}
