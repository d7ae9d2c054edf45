import {BaseCommand, type Outcome} from '../app/base-command.js'
import {awsFlags, timeoutFlag} from '../app/flags.js'
import {secretsFlags} from '../app/hide-secrets.js'

export default class Watch extends BaseCommand {
  static override summary = 'Follow whatever runs on an environment, whoever started it, from any machine.'
  static override description =
    'Changes nothing. Ctrl-C ends the watching, not what is watched. Exit code 1 when it did not end well.'
  static override examples = [
    '<%= config.bin %> watch --environment demo',
    '<%= config.bin %> watch --rehearse --json',
  ]

  static override flags = {
    ...awsFlags,
    ...secretsFlags,
    timeout: timeoutFlag('How long to watch; the operation goes on in AWS after that.'),
  }

  protected override async perform(): Promise<Outcome> {
    const {flags} = await this.parse(Watch)
    const {runWatch} = await import('../app/specifications/watch.js')
    return runWatch(flags)
  }
}
