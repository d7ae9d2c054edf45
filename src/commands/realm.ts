import {BaseCommand} from '../app/base-command.js'
import {accountAliasFlag, awsFlags, studentsFlag, timeoutFlag} from '../app/flags.js'
import type {Ending} from '../app/outcome.js'
import {secretsFlags} from '../app/secrets-flags.js'

export default class Realm extends BaseCommand {
  static override summary =
    'Make the Keycloak realm that a class logs in to, or what it lacks: clients, groups, administrator, students.'
  static override description =
    'deploy does it too. Run again at any moment, also for more students: what is there is kept, what was changed by hand is put right, no password is changed and nobody is removed.'
  static override examples = [
    '<%= config.bin %> realm --environment demo --students 30',
    '<%= config.bin %> realm --students ada,grace,linus',
    '<%= config.bin %> realm --rehearse --json',
  ]

  static override flags = {
    ...awsFlags,
    'account-alias': accountAliasFlag,
    students: studentsFlag,
    timeout: timeoutFlag('How long to keep trying; what was made until then stays.'),
    ...secretsFlags,
    parameters: {
      ...secretsFlags.parameters,
      description:
        'The parameters file of deploy: Students in it says who the students are, and the secrets in it are hidden wherever AWS or a log repeats them.',
    },
  }

  protected override async perform(): Promise<Ending> {
    const {flags} = await this.parse(Realm)
    const load = async () => (await import('../app/specifications/realm.js')).realmCommand
    return this.runSpecified(load, flags)
  }
}
