import * as Flags from '@oclif/core/flags'
import {BaseCommand} from '../app/base-command.js'
import {accountAliasFlag, awsFlags, timeoutFlag, yesFlag} from '../app/flags.js'
import type {Ending} from '../app/outcome.js'
import {secretsFlags} from '../app/secrets-flags.js'

export default class Teardown extends BaseCommand {
  static override summary = 'Remove an environment in reverse order, leaving nothing that costs money.'
  static override description =
    'Only touches resources that have the tag of the environment or belong to its stacks. Termination protection is never disabled.'
  static override examples = [
    '<%= config.bin %> teardown --environment demo',
    '<%= config.bin %> teardown --environment demo --keep-snapshot',
    '<%= config.bin %> teardown --environment demo --certificate demo.html',
    '<%= config.bin %> teardown --environment demo --prove',
    '<%= config.bin %> teardown --environment demo --dry-run',
    '<%= config.bin %> teardown --rehearse --yes --json',
  ]

  static override flags = {
    ...awsFlags,
    ...secretsFlags,
    yes: yesFlag,
    'dry-run': Flags.boolean({
      description:
        'Show what would be deleted, what would be kept and how long it would take, without deleting anything.',
      env: 'MCPGW_DRY_RUN',
    }),
    'account-alias': accountAliasFlag,
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
        'What to start deleting ahead of CloudFormation, separated by commas: database-writer, database-cluster, distributions, services, nat-gateways, database-proxy, vpc-endpoints; or none. Default: the first five.',
      env: 'MCPGW_HEAD_START',
      helpValue: 'KINDS',
    }),
    'delete-snapshots': Flags.boolean({
      description:
        'Permanently delete snapshots and automated backups of the database, including those of earlier teardowns; by default they are only listed, with their cost.',
      env: 'MCPGW_DELETE_SNAPSHOTS',
      exclusive: ['keep-snapshot'],
    }),
    prove: Flags.boolean({
      description:
        'Remove nothing: only check what is left of the environment, in any account, and report the proof.',
      env: 'MCPGW_PROVE',
      exclusive: [
        'keep-snapshot',
        'delete-foreign',
        'delete-snapshots',
        'dry-run',
        'express',
        'force-delete-stack',
        'head-start',
      ],
    }),
    certificate: Flags.string({
      description:
        'If nothing remains, write a certificate of that and of what was checked to a new file: JSON for .json, a printable page for .html.',
      env: 'MCPGW_CERTIFICATE',
      helpValue: 'FILE',
      exclusive: ['dry-run'],
    }),
    timeout: timeoutFlag('How long to wait; the deletion continues in AWS after that.'),
  }

  protected override async perform(): Promise<Ending> {
    const {flags} = await this.parse(Teardown)
    const load = async () => (await import('../app/specifications/teardown.js')).teardownCommand
    return this.runSpecified(load, flags)
  }
}
