import * as Flags from '@oclif/core/flags'
import {BaseCommand} from '../app/base-command.js'
import {configurationFlags, executionFlags} from '../app/deploy-flags.js'
import {accountAliasFlag, awsFlags, yesFlag} from '../app/flags.js'
import type {Ending} from '../app/outcome.js'
import {removalFlags} from '../app/removal-flags.js'

export default class Reset extends BaseCommand {
  static override summary =
    'Tear an environment down, prove that nothing remains, and deploy it again, empty.'
  static override description =
    'Keeps the layout and the parameters of the stacks, but no data and no secrets. Safe to run again at any time: it continues where it was interrupted.'
  static override examples = [
    '<%= config.bin %> reset --environment demo --dry-run',
    '<%= config.bin %> reset --environment demo',
    '<%= config.bin %> reset --environment demo --students 20 --set TargetCpuUtilization=60',
    '<%= config.bin %> reset --rehearse --yes --json',
  ]

  static override flags = {
    ...awsFlags,
    yes: yesFlag,
    'dry-run': Flags.boolean({
      description:
        'Show what would be deleted, kept and deployed again, and how long it would take, without changing anything.',
      env: 'MCPGW_DRY_RUN',
    }),
    'account-alias': accountAliasFlag,
    ...removalFlags,
    'allow-remaining': Flags.boolean({
      description: 'Deploy even if something of the environment remains, or could not be checked.',
      env: 'MCPGW_ALLOW_REMAINING',
    }),
    ...configurationFlags,
    layout: Flags.string({
      description: 'One root stack with nested stacks, or four stacks side by side. Default: as before.',
      options: ['nested', 'individual'],
      env: 'MCPGW_LAYOUT',
    }),
    ...executionFlags,
    express: Flags.boolean({
      description:
        "Delete the stacks in CloudFormation's express mode, and create those of the individual layout in it, as teardown and deploy do.",
      env: 'MCPGW_EXPRESS',
    }),
    replace: Flags.boolean({
      description: 'Start over: tear down what an interrupted reset has begun to deploy.',
      env: 'MCPGW_REPLACE',
    }),
  }

  protected override async perform(): Promise<Ending> {
    const {flags} = await this.parse(Reset)
    const load = async () => (await import('../app/specifications/reset.js')).resetCommand
    return this.runSpecified(load, flags)
  }
}
