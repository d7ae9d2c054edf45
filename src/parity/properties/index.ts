import {ecr} from './ecr.js'
import {ecs} from './ecs.js'
import {efs} from './efs.js'
import {iam} from './iam.js'
import {listeners} from './listeners.js'
import {loadBalancers} from './load-balancers.js'
import {monitoring} from './monitoring.js'
import {names} from './names.js'
import {network} from './network.js'
import {rds} from './rds.js'
import {rdsProxy} from './rds-proxy.js'
import type {TypeTable} from './row.js'
import {scaling} from './scaling.js'
import {secrets} from './secrets.js'
import {securityGroups} from './security-groups.js'
import {targetGroups} from './target-groups.js'
import {taskDefinitions} from './task-definitions.js'

export {withoutCounterpart} from './names.js'
export type {Normaliser, PropertyRow, TypeTable} from './row.js'

/** All that is compared. A Terraform type has a table for each CloudFormation type that it is mapped to. */
export const typeTables: readonly TypeTable[] = [
  ...network,
  ...securityGroups,
  ...iam,
  ...ecs,
  ...taskDefinitions,
  ...scaling,
  ...ecr,
  ...loadBalancers,
  ...listeners,
  ...targetGroups,
  ...rds,
  ...rdsProxy,
  ...secrets,
  ...efs,
  ...monitoring,
  ...names,
]

const byTypes = new Map(typeTables.map(table => [`${table.terraform} ${table.cloudFormation}`, table]))

/** How a Terraform type is compared with a CloudFormation type. */
export function tableFor(terraform: string, cloudFormation: string): TypeTable | undefined {
  return byTypes.get(`${terraform} ${cloudFormation}`)
}
