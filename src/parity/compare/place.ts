import type {DeployedResource} from '../templates/deployed.js'

/** `network.Vpc`. */
export function placeOf({stack, logicalId}: Pick<DeployedResource, 'stack' | 'logicalId'>): string {
  return `${stack}.${logicalId}`
}
