import {BaseCommand, type Outcome} from './shared/base-command.js'
import {awsFlags} from './shared/flags.js'
import {secretsFlags} from './shared/hide-secrets.js'

export default class Verify extends BaseCommand {
  static override summary =
    'Check that 8 services, 4 target groups and all endpoints of an environment are healthy.'
  static override description =
    'Changes nothing. Exit code 1 when something is wrong; each line says what to do.'
  static override examples = [
    '<%= config.bin %> verify --environment demo',
    '<%= config.bin %> verify --rehearse --json',
  ]

  static override flags = {...awsFlags, ...secretsFlags}

  protected override async perform(): Promise<Outcome> {
    const {flags} = await this.parse(Verify)
    const {runVerify} = await import('./shared/run-verify.js')
    return runVerify(flags)
  }
}
