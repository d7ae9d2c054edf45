import type {Choice} from '../../../src/parity/templates/choice.js'
import {deploy} from '../../../src/parity/templates/deploy.js'
import {referenceIn, replaceReferences} from '../../../src/parity/templates/references.js'
import type {Deployed} from '../../properties/templates/deployed.js'
import {containersIn} from '../../properties/templates/tasks.js'
import {loadTemplates, type TemplateSet} from '../../properties/templates/template-set.js'

/** Keycloak's container as the templates describe it, for an environment of our own. */
export interface TemplateContainer {
  /** Its variables and secrets by name, as the task gives them. */
  readonly variables: Record<string, string>
  /** Its health check's command, without the CMD at its head. */
  readonly healthCheck: readonly string[]
}

/** What AWS would know and make: the values behind what the templates refer to. */
export interface Known {
  /** Of attributes and physical ids, by `stack.LogicalId.Attribute` or `stack.LogicalId`. */
  readonly references: Readonly<Record<string, string>>
  /** Secret values by `LogicalId.key`. */
  readonly secrets: Readonly<Record<string, string>>
}

/**
 * @param parameters of the main template; those that are not here keep their defaults
 * @throws when the templates refer to something that is not known
 */
export function keycloakContainer(
  parameters: Readonly<Record<string, string>>,
  known: Known,
  templates: TemplateSet = loadTemplates(),
): TemplateContainer {
  const deployed: Deployed = deploy(templates, choiceOf(parameters))
  const container = containersIn(deployed).find(({service}) => service === 'keycloak')
  if (container === undefined) throw new Error('The templates have no container for Keycloak.')
  const {Environment = [], Secrets = [], HealthCheck} = container.properties
  const plain = Environment.map(({Name, Value}: any) => [Name, resolved(Value)])
  const secret = Secrets.map(({Name, ValueFrom}: any) => [Name, secretValue(ValueFrom)])
  return {variables: Object.fromEntries([...plain, ...secret]), healthCheck: HealthCheck.Command.slice(1)}

  function resolved(text: string): string {
    return replaceReferences(text, ({stack, logicalId, attribute}) =>
      found(known.references, [stack, logicalId, attribute].filter(Boolean).join('.')),
    )
  }

  /** `<secret>:key::` or the ARN of a parameter. */
  function secretValue(from: string): string {
    const [reference = ''] = /<[^>]+>/.exec(from) ?? []
    const resource = deployed.resource(referenceIn(reference))
    if (resource === undefined) throw new Error(`Nothing is made that ${from} refers to.`)
    if (resource.type === 'AWS::SSM::Parameter') return resolved(resource.properties.Value)
    return found(known.secrets, `${resource.logicalId}.${/>:(\w+)::$/.exec(from)?.[1]}`)
  }
}

/** An environment in us-west-2 with these parameters of the main template. */
export function choiceOf(parameters: Readonly<Record<string, string>>): Choice {
  return {
    region: 'us-west-2',
    partition: 'aws',
    account: '123456789012',
    layout: 'nested',
    parameters: {TemplateS3Bucket: 'templates', ...parameters},
  }
}

function found(values: Readonly<Record<string, string>>, name: string): string {
  const value = values[name]
  if (value === undefined) throw new Error(`The templates refer to ${name}, which has no value here.`)
  return value
}
