import * as Flags from '@oclif/core/flags'
import {BaseCommand} from '../app/base-command.js'
import {awsFlags} from '../app/flags.js'
import type {Ending} from '../app/outcome.js'

export default class Credentials extends BaseCommand {
  static override summary = 'Show where to log in: addresses, user names, and where the passwords are stored.'
  static override description =
    'Changes nothing. Passwords are read and shown only with --reveal; together with --user, only the password is printed.'
  static override examples = [
    '<%= config.bin %> credentials --environment demo',
    '<%= config.bin %> credentials --user admin --reveal',
    '<%= config.bin %> credentials --reveal --json',
    '<%= config.bin %> credentials --open',
  ]

  static override flags = {
    ...awsFlags,
    user: Flags.string({
      char: 'u',
      description: 'Show only this user: admin, keycloak-admin, mcp-gateway-m2m, or a student.',
      env: 'MCPGW_USER',
      helpValue: 'NAME',
    }),
    reveal: Flags.boolean({
      description: 'Show the passwords, on standard output only.',
      env: 'MCPGW_REVEAL',
    }),
    open: Flags.boolean({
      description: 'Open the registry in the browser.',
      env: 'MCPGW_OPEN',
    }),
  }

  protected override async perform(): Promise<Ending> {
    const {flags} = await this.parse(Credentials)
    const load = async () => (await import('../app/specifications/credentials.js')).credentialsCommand
    return this.runSpecified(load, flags)
  }
}
