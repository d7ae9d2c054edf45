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
    '<%= config.bin %> teardown --rehearse --yes --json',
  ]

  static override flags = {
    ...awsFlags,
    ...secretsFlags,
    yes: yesFlag,
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
      exclusive: ['keep-snapshot', 'delete-foreign', 'delete-snapshots'],
    }),
    certificate: Flags.string({
      description:
        'When nothing remains, write that with what was looked for to a new file: JSON, or a page to print, by its ending, .json or .html.',
      env: 'MCPGW_CERTIFICATE',
      helpValue: 'FILE',
    }),
    timeout: timeoutFlag('How long to wait; the deletion continues in AWS after that.'),
  }

  protected override async perform(): Promise<Ending> {
    const {flags} = await this.parse(Teardown)
    const load = async () => (await import('../app/specifications/teardown.js')).teardownCommand
    return this.runSpecified(load, flags)
  }
}
