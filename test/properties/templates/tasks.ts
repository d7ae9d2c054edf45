import {referenceIn} from '../../../src/parity/templates/references.js'
import type {Deployed, DeployedResource} from './deployed.js'

/** A container of a task definition. */
export interface Container {
  readonly definition: DeployedResource
  /** What the definition's family is called without the environment: `auth-server` and so on. */
  readonly service: string
  readonly properties: DeployedResource['properties']
}

export function containersIn(deployed: Deployed): Container[] {
  return taskDefinitions(deployed).flatMap(definition =>
    (definition.properties.ContainerDefinitions ?? []).map((properties: unknown) => {
      return {definition, service: serviceOf(deployed, definition), properties}
    }),
  )
}

export function taskDefinitions(deployed: Deployed): DeployedResource[] {
  return deployed.resources('AWS::ECS::TaskDefinition')
}

/** The short name of the service that a task definition is for. */
export function serviceOf(deployed: Deployed, definition: DeployedResource): string {
  const prefix = `${environmentOf(deployed)}-`
  const family = String(definition.properties.Family)
  return family.startsWith(prefix) ? family.slice(prefix.length) : family
}

/** The task definition that an ECS service runs. */
export function definitionOf(deployed: Deployed, service: DeployedResource): DeployedResource | undefined {
  return deployed.resource(referenceIn(service.properties.TaskDefinition))
}

export function environmentOf(deployed: Deployed): string {
  return String(deployed.stack('services').parameters.EnvironmentName)
}

/** A port of a container. */
export interface Mapping {
  readonly name: string
  readonly container: string
  readonly port: number
  /** What Service Connect takes it for; plain TCP when it does not say. */
  readonly protocol: string | undefined
}

/** The ports of the containers that an ECS service runs. */
export function mappingsOf(deployed: Deployed, service: DeployedResource): Mapping[] {
  const definition = definitionOf(deployed, service)
  return (definition?.properties.ContainerDefinitions ?? []).flatMap((container: Container['properties']) =>
    (container.PortMappings ?? []).map(
      ({Name: name, ContainerPort: port, AppProtocol: protocol}: Container['properties']) => {
        return {name, container: container.Name, port, protocol}
      },
    ),
  )
}
