/**
 * What the commands hand back, exactly as `--json` prints it (described in docs/errors.md). Scripts depend on
 * every name here: add, never rename. Workflows make these, `report` shows them to people.
 */
export type * from './results/cancel.js'
export type * from './results/certificate.js'
export type * from './results/cost.js'
export type * from './results/credentials.js'
export type * from './results/deploy.js'
export type * from './results/diagnosis.js'
export type * from './results/health.js'
export type * from './results/images.js'
export type * from './results/parity.js'
export type * from './results/plan.js'
export type * from './results/preflight.js'
export type * from './results/proof.js'
export type * from './results/realm.js'
export type * from './results/rehearse.js'
export type * from './results/reset.js'
export type * from './results/teardown.js'
export type * from './results/teardown-forecast.js'
export type * from './results/timings.js'
export type * from './results/watch.js'
