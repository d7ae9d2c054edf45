import * as Flags from '@oclif/core/flags'
import {BaseCommand} from '../app/base-command.js'
import {accountAliasFlag, awsFlags, timeoutFlag, yesFlag} from '../app/flags.js'
import type {Ending} from '../app/outcome.js'
import {secretsFlags} from '../app/secrets-flags.js'

export default class Teardown extends BaseCommand {
  static override summary = 'Remove an environment in reverse order, leaving nothing that costs money.'
  static override description =
    'Only touches what has the tag of the environment or belongs to its stacks. Termination protection is never removed.'
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
        'Look at what is there and tell what would go, what stays and how long it takes; delete nothing.',
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
        "Delete endpoints, unused network interfaces and security groups that others put into the environment's VPC, such as those of GuardDuty; without it they are only named.",
      env: 'MCPGW_DELETE_FOREIGN',
    }),
    express: Flags.boolean({
      description:
        "Delete the stacks in CloudFormation's express mode, which waits for nothing; mcpgw then waits itself until what is billed is gone.",
      env: 'MCPGW_EXPRESS',
    }),
    'force-delete-stack': Flags.boolean({
      description:
        'When a stack cannot be deleted whole, delete it without what cannot be deleted; that is deleted by itself as far as possible, and named.',
      env: 'MCPGW_FORCE_DELETE_STACK',
    }),
    'head-start': Flags.string({
      description:
        'What to begin to delete before CloudFormation comes to it, separated by commas: database-writer, database-cluster, distributions, services, nat-gateways, database-proxy, vpc-endpoints; or none. Without it: the first five.',
      env: 'MCPGW_HEAD_START',
      helpValue: 'KINDS',
    }),
    'delete-snapshots': Flags.boolean({
      description:
        'Delete snapshots and automated backups of the database for good, those of earlier teardowns too; without it they are only named, with what they cost.',
      env: 'MCPGW_DELETE_SNAPSHOTS',
      exclusive: ['keep-snapshot'],
    }),
    prove: Flags.boolean({
      description:
        'Remove nothing: only look for what is there of the environment, in any account, and end with the proof.',
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
        'When nothing remains, write that with what was looked for to a new file: JSON, or a page to print, by its ending, .json or .html.',
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
