import {accessPointMutations} from './access-points.js'
import {adminGuardMutations} from './admin-guard.js'
import {containerMutations} from './containers.js'
import {databaseMutations} from './database.js'
import {deletionMutations} from './deletion.js'
import {dependencyMutations} from './dependencies.js'
import {domainMutations} from './domains.js'
import {imagePullMutations, taskSecretMutations} from './execution-roles.js'
import {fargateMutations} from './fargate.js'
import {flowMutations} from './flows.js'
import {headingMutations} from './headings.js'
import {containerHealthMutations, targetHealthMutations} from './health.js'
import {idleTimeoutMutations} from './idle-timeouts.js'
import {imageBuildMutations} from './image-build.js'
import {importMutations} from './imports.js'
import {layoutMutations} from './layout.js'
import {loadBalancingMutations} from './load-balancing.js'
import {loggingMutations} from './logging.js'
import type {Mutation} from './mutation.js'
import {namesApartMutations, namesFitMutations} from './names.js'
import {originHeaderMutations} from './origin-header.js'
import {noEchoMutations, terraformDefaultMutations} from './parameters.js'
import {parameterMutations} from './passed-parameters.js'
import {leastPrivilegeMutations} from './permissions.js'
import {permissionsBoundaryMutations} from './permissions-boundary.js'
import {portMutations} from './ports.js'
import {presentationMutations} from './presentation.js'
import {privatePathMutations} from './private-paths.js'
import {retentionMutations} from './retention.js'
import {alarmMutations, scalingMutations} from './scaling.js'
import {secretMutations} from './secrets.js'
import {taskIngressMutations} from './task-ingress.js'
import {taskRoomMutations} from './task-room.js'
import {terraformValueMutations} from './terraform-values.js'
import {trustMutations} from './trust.js'
import {typeMutations} from './types.js'
import {variableMutations} from './variables.js'

/** Every deliberate defect. */
export const mutations: readonly Mutation[] = [
  ...fargateMutations,
  ...loggingMutations,
  ...containerHealthMutations,
  ...targetHealthMutations,
  ...accessPointMutations,
  ...domainMutations,
  ...leastPrivilegeMutations,
  ...taskSecretMutations,
  ...imagePullMutations,
  ...noEchoMutations,
  ...retentionMutations,
  ...taskIngressMutations,
  ...terraformDefaultMutations,
  ...terraformValueMutations,
  ...namesFitMutations,
  ...namesApartMutations,
  ...importMutations,
  ...typeMutations,
  ...deletionMutations,
  ...secretMutations,
  ...flowMutations,
  ...portMutations,
  ...loadBalancingMutations,
  ...parameterMutations,
  ...presentationMutations,
  ...layoutMutations,
  ...headingMutations,
  ...dependencyMutations,
  ...scalingMutations,
  ...alarmMutations,
  ...imageBuildMutations,
  ...containerMutations,
  ...privatePathMutations,
  ...variableMutations,
  ...idleTimeoutMutations,
  ...databaseMutations,
  ...taskRoomMutations,
  ...originHeaderMutations,
  ...adminGuardMutations,
  ...trustMutations,
  ...permissionsBoundaryMutations,
]
