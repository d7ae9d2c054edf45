import {BaseCommand} from '../app/base-command.js'
import {accountAliasFlag, awsFlags, studentsFlag, timeoutFlag} from '../app/flags.js'
import type {Ending} from '../app/outcome.js'
import {secretsFlags} from '../app/secrets-flags.js'

export default class Realm extends BaseCommand {
  static override summary =
    'Create the Keycloak realm that a class logs in to, or whatever is missing from it: clients, groups, administrator, students.'
  static override description =
    'deploy does this too. Safe to run again at any time, also to add students: what exists is kept, changes made by hand are corrected, no password is changed and nobody is removed.'
  static override examples = [
    '<%= config.bin %> realm --environment demo --students 30',
    '<%= config.bin %> realm --students ada,grace,linus',
    '<%= config.bin %> realm --rehearse --json',
  ]

  static override flags = {
    ...awsFlags,
    'account-alias': accountAliasFlag,
    students: studentsFlag,
    timeout: timeoutFlag('How long to keep trying; what has been created by then stays.'),
    ...secretsFlags,
    parameters: {
      ...secretsFlags.parameters,
      description:
        'The parameters file used with deploy; Students in it lists the students, and secrets in it are hidden wherever AWS or a log repeats them.',
    },
  }

  protected override async perform(): Promise<Ending> {
    const {flags} = await this.parse(Realm)
    const load = async () => (await import('../app/specifications/realm.js')).realmCommand
    return this.runSpecified(load, flags)
  }
}
