/** How an operation goes about it: in express mode it does not wait until resources are ready, or gone. */
export interface DeploymentConfig {
  mode: 'STANDARD' | 'EXPRESS'
  /** By default the mode decides. */
  disableRollback?: boolean
}
