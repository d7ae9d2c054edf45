import * as Flags from '@oclif/core/flags'

/** How an environment is removed. */
export const removalFlags = {
  'keep-snapshot': Flags.boolean({
    description:
      'Take a snapshot of the database first, and wait for it before anything is deleted. It costs money until you delete it.',
    env: 'MCPGW_KEEP_SNAPSHOT',
  }),
  'delete-foreign': Flags.boolean({
    description:
      "Delete endpoints, unused network interfaces and security groups that others put into the environment's VPC, such as those of GuardDuty; by default they are only listed.",
    env: 'MCPGW_DELETE_FOREIGN',
  }),
  'lift-protection': Flags.boolean({
    description:
      "Lift the deletion protection of the environment's stacks, database cluster and load balancers first; without it, a protected environment is refused.",
    env: 'MCPGW_LIFT_PROTECTION',
  }),
  express: Flags.boolean({
    description:
      "Delete the stacks in CloudFormation's express mode, which does not wait until resources are gone; mcpgw itself then waits until everything that is billed is gone.",
    env: 'MCPGW_EXPRESS',
  }),
  'force-delete-stack': Flags.boolean({
    description:
      'If resources prevent a stack from being deleted, delete the stack without them; they are then deleted individually where possible, and listed.',
    env: 'MCPGW_FORCE_DELETE_STACK',
  }),
  'head-start': Flags.string({
    description:
      'What to start deleting ahead of CloudFormation, separated by commas: database-writer, database-cluster, distributions, services, nat-gateways, database-proxy, vpc-endpoints; or none. Default: all but database-proxy.',
    env: 'MCPGW_HEAD_START',
    helpValue: 'KINDS',
  }),
  'delete-snapshots': Flags.boolean({
    description:
      'Permanently delete snapshots and automated backups of the database, including those of earlier teardowns; by default they are only listed, with their cost.',
    env: 'MCPGW_DELETE_SNAPSHOTS',
    exclusive: ['keep-snapshot'],
  }),
  certificate: Flags.string({
    description:
      'If nothing remains, write a certificate of that and of what was checked to a new file: JSON for .json, a printable page for .html.',
    env: 'MCPGW_CERTIFICATE',
    helpValue: 'FILE',
    exclusive: ['dry-run'],
  }),
}
