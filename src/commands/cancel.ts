import {BaseCommand} from '../app/base-command.js'
import {accountAliasFlag, awsFlags, timeoutFlag, yesFlag} from '../app/flags.js'
import type {Ending} from '../app/outcome.js'
import {secretsFlags} from '../app/secrets-flags.js'

export default class Cancel extends BaseCommand {
  static override summary =
    'Cancel the creation or update of an environment that is in progress, and wait for the rollback.'
  static override description =
    'An update is rolled back to the previous state. A creation can only be cancelled by deleting the stack. You are asked first. Rollbacks and deletions cannot be cancelled.'
  static override examples = [
    '<%= config.bin %> cancel --environment demo',
    '<%= config.bin %> cancel --rehearse --yes --json',
  ]

  static override flags = {
    ...awsFlags,
    ...secretsFlags,
    yes: yesFlag,
    'account-alias': accountAliasFlag,
    timeout: timeoutFlag('How long to wait; the rollback continues in AWS after that.'),
  }

  protected override async perform(): Promise<Ending> {
    const {flags} = await this.parse(Cancel)
    const load = async () => (await import('../app/specifications/cancel.js')).cancelCommand
    return this.runSpecified(load, flags)
  }
}
