import * as Flags from '@oclif/core/flags'
import {BaseCommand} from '../app/base-command.js'
import {accountAliasFlag, awsFlags, timeoutFlag, yesFlag} from '../app/flags.js'
import type {Ending} from '../app/outcome.js'
import {removalFlags} from '../app/removal-flags.js'
import {secretsFlags} from '../app/secrets-flags.js'

export default class Teardown extends BaseCommand {
  static override summary = 'Remove an environment in reverse order, leaving nothing that costs money.'
  static override description =
    'Only touches resources that have the tag of the environment or belong to its stacks. Deletion protection is lifted only with --lift-protection.'
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
    ...removalFlags,
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
        'lift-protection',
      ],
    }),
    timeout: timeoutFlag('How long to wait; the deletion continues in AWS after that.'),
  }

  protected override async perform(): Promise<Ending> {
    const {flags} = await this.parse(Teardown)
    const load = async () => (await import('../app/specifications/teardown.js')).teardownCommand
    return this.runSpecified(load, flags)
  }
}
