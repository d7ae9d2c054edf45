import {BaseCommand} from '../app/base-command.js'
import {accountAliasFlag, awsFlags, timeoutFlag, yesFlag} from '../app/flags.js'
import type {Ending} from '../app/outcome.js'
import {secretsFlags} from '../app/secrets-flags.js'

export default class Cancel extends BaseCommand {
  static override summary =
    'Stop the creation or update that runs on an environment, and wait until it is undone.'
  static override description =
    'An update goes back to what was before. A creation can only be stopped by deleting the stack, which is asked about first. Rollbacks and deletions cannot be stopped.'
  static override examples = [
    '<%= config.bin %> cancel --environment demo',
    '<%= config.bin %> cancel --rehearse --yes --json',
  ]

  static override flags = {
    ...awsFlags,
    ...secretsFlags,
    yes: yesFlag,
    'account-alias': accountAliasFlag,
    timeout: timeoutFlag('How long to wait; CloudFormation keeps undoing it after that.'),
  }

  protected override async perform(): Promise<Ending> {
    const {flags} = await this.parse(Cancel)
    const load = async () => (await import('../app/specifications/cancel.js')).cancelCommand
    return this.runSpecified(load, flags)
  }
}
