import type {Check} from './check.js'
import {account} from './checks/account.js'
import {addresses} from './checks/addresses.js'
import {agentModel} from './checks/agent-model.js'
import {allowed} from './checks/allowed.js'
import {buckets} from './checks/buckets.js'
import {clock} from './checks/clock.js'
import {cloudFront} from './checks/cloudfront.js'
import {databaseVersion} from './checks/database-version.js'
import {fargate} from './checks/fargate.js'
import {hostedZone} from './checks/hosted-zone.js'
import {imageBuild} from './checks/image-build.js'
import {images} from './checks/images.js'
import {keycloakAdmin} from './checks/keycloak-admin.js'
import {permissions} from './checks/permissions.js'
import {permissionsBoundary} from './checks/permissions-boundary.js'
import {elasticIps, loadBalancers, vpcs} from './checks/quotas.js'
import {serviceLinkedRoles} from './checks/service-linked-roles.js'
import {stacks} from './checks/stacks.js'
import {balancerNames, logGroups, parameters, repositories, roles, secrets} from './checks/taken-names.js'
import {zones} from './checks/zones.js'

/** Every check, in the order in which findings are shown; `npm run docs:tables` writes their rows of docs/preflight.md. */
export const checks: readonly Check[] = [
  account,
  clock,
  allowed,
  permissions,
  permissionsBoundary,
  stacks,
  zones,
  addresses,
  elasticIps,
  vpcs,
  loadBalancers,
  fargate,
  databaseVersion,
  imageBuild,
  cloudFront,
  secrets,
  logGroups,
  repositories,
  parameters,
  roles,
  balancerNames,
  buckets,
  hostedZone,
  agentModel,
  keycloakAdmin,
  images,
  serviceLinkedRoles,
]

export const checkIds: readonly string[] = checks.map(({id}) => id)
