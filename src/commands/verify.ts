import * as Flags from '@oclif/core/flags'
import {BaseCommand} from '../app/base-command.js'
import {awsFlags, reportFlag} from '../app/flags.js'
import type {Ending} from '../app/outcome.js'
import {secretsFlags} from '../app/secrets-flags.js'

export default class Verify extends BaseCommand {
  static override summary =
    'Check that all 8 services, 4 target groups, endpoints and resources are healthy, that a student can log in and that a program can list tools.'
  static override description =
    'Changes nothing; it logs in with its own account. The exit code is 1 when something is wrong; each line says what to do.'
  static override examples = [
    '<%= config.bin %> verify --environment demo',
    '<%= config.bin %> verify --rehearse --json',
    '<%= config.bin %> verify --shallow',
  ]

  static override flags = {
    ...awsFlags,
    output: reportFlag,
    shallow: Flags.boolean({
      description: 'Skip the resources, the login and the tool call; no secret is read.',
      env: 'MCPGW_SHALLOW',
    }),
    ...secretsFlags,
  }

  protected override async perform(): Promise<Ending> {
    const {flags} = await this.parse(Verify)
    const load = async () => (await import('../app/specifications/verify.js')).verifyCommand
    return this.runSpecified(load, flags)
  }
}
