import {BaseCommand} from '../app/base-command.js'
import {awsFlags, timeoutFlag} from '../app/flags.js'
import type {Ending} from '../app/outcome.js'
import {secretsFlags} from '../app/secrets-flags.js'

export default class Watch extends BaseCommand {
  static override summary =
    'Follow any operation in progress on an environment, whoever started it, from any machine.'
  static override description =
    'Changes nothing. Ctrl-C stops watching; the operation continues. The exit code is 1 when the operation fails.'
  static override examples = [
    '<%= config.bin %> watch --environment demo',
    '<%= config.bin %> watch --rehearse --json',
  ]

  static override flags = {
    ...awsFlags,
    ...secretsFlags,
    timeout: timeoutFlag('How long to watch; the operation continues in AWS after that.'),
  }

  protected override async perform(): Promise<Ending> {
    const {flags} = await this.parse(Watch)
    const load = async () => (await import('../app/specifications/watch.js')).watchCommand
    return this.runSpecified(load, flags)
  }
}
