import {builds} from './builds.js'
import {cloudFormation} from './cloudformation.js'
import {containers} from './containers.js'
import {data} from './data.js'
import {deletion} from './deletion.js'
import {edge} from './edge.js'
import {general} from './general.js'
import {identity} from './identity.js'
import type {KnownFailure} from './known-failure.js'
import {loadBalancers} from './load-balancers.js'
import {names} from './names.js'
import {network} from './network.js'
import {quotas} from './quotas.js'
import {tasks} from './tasks.js'

/** One part of the catalogue with its title in docs/failures.md. */
export interface FailureArea {
  readonly title: string
  readonly failures: readonly KnownFailure[]
}

/** The whole catalogue. The first entry that fits counts, and what fits almost everything is at the end. */
export const areas: readonly FailureArea[] = [
  {title: 'Quotas', failures: quotas},
  {title: 'Names that are taken', failures: names},
  {title: 'Identity and permissions', failures: identity},
  {title: 'Network', failures: network},
  {title: 'Load balancers', failures: loadBalancers},
  {title: 'Data', failures: data},
  {title: 'Services', failures: containers},
  {title: 'Tasks', failures: tasks},
  {title: 'Image build', failures: builds},
  {title: 'Domains, certificates, CloudFront', failures: edge},
  {title: 'Stacks and templates', failures: cloudFormation},
  {title: 'Deletion', failures: deletion},
  {title: 'Anything else', failures: general},
]

export const knownFailures: readonly KnownFailure[] = areas.flatMap(({failures}) => failures)
