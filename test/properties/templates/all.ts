import {accessPoints} from './properties/access-points.js'
import {adminGuard} from './properties/admin-guard.js'
import {alarms} from './properties/alarms.js'
import {containerHealth} from './properties/container-health.js'
import {containers} from './properties/containers.js'
import {database} from './properties/database.js'
import {deletion} from './properties/deletion.js'
import {dependencies} from './properties/dependencies.js'
import {domains} from './properties/domains.js'
import {fargate} from './properties/fargate.js'
import {flows} from './properties/flows.js'
import {idleTimeouts} from './properties/idle-timeouts.js'
import {imageBuild} from './properties/image-build.js'
import {imagePulls} from './properties/image-pulls.js'
import {imports} from './properties/imports.js'
import {layout} from './properties/layout.js'
import {leastPrivilege} from './properties/least-privilege.js'
import {loadBalancing} from './properties/load-balancing.js'
import {logging} from './properties/logging.js'
import {namesApart} from './properties/names-apart.js'
import {namesFit} from './properties/names-fit.js'
import {noEcho} from './properties/no-echo.js'
import {originHeader} from './properties/origin-header.js'
import {parameters} from './properties/parameters.js'
import {permissionsBoundary} from './properties/permissions-boundary.js'
import {ports} from './properties/ports.js'
import {presentation} from './properties/presentation.js'
import {privatePathsRefused} from './properties/private-paths.js'
import {retention} from './properties/retention.js'
import {scaling} from './properties/scaling.js'
import {secrets} from './properties/secrets.js'
import {targetHealth} from './properties/target-health.js'
import {taskIngress} from './properties/task-ingress.js'
import {taskRoom} from './properties/task-room.js'
import {taskSecrets} from './properties/task-secrets.js'
import {terraformDefaults} from './properties/terraform-defaults.js'
import {sameFigures} from './properties/terraform-values.js'
import {trust} from './properties/trust.js'
import {types} from './properties/types.js'
import {givenVariables} from './properties/variables.js'
import type {Property} from './property.js'

/** Every property of the templates. */
export const properties: readonly Property[] = [
  fargate,
  logging,
  containerHealth,
  targetHealth,
  accessPoints,
  domains,
  leastPrivilege,
  noEcho,
  retention,
  taskIngress,
  taskSecrets,
  imagePulls,
  terraformDefaults,
  sameFigures,
  namesFit,
  namesApart,
  imports,
  types,
  deletion,
  secrets,
  flows,
  ports,
  loadBalancing,
  parameters,
  presentation,
  layout,
  dependencies,
  scaling,
  alarms,
  imageBuild,
  containers,
  privatePathsRefused,
  givenVariables,
  idleTimeouts,
  database,
  taskRoom,
  originHeader,
  adminGuard,
  trust,
  permissionsBoundary,
]
