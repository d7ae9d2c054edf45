import * as Flags from '@oclif/core/flags'
import {BaseCommand} from '../app/base-command.js'
import {awsFlags} from '../app/flags.js'
import type {Ending} from '../app/outcome.js'
import {secretsFlags} from '../app/secrets-flags.js'

export default class Diagnose extends BaseCommand {
  static override summary = 'Explain why a deployment or a teardown failed.'
  static override description =
    'Changes nothing. Reads what AWS still reports about the stacks, whoever created them, or with --run what was recorded at the time. The exit code is 0 even when it finds a failure.'
  static override examples = [
    '<%= config.bin %> diagnose --environment demo',
    '<%= config.bin %> diagnose --run latest',
    '<%= config.bin %> diagnose --stack some-stack --json',
  ]

  static override flags = {
    ...awsFlags,
    ...secretsFlags,
    run: Flags.string({
      description:
        'Explain a recorded run, by its ID; latest for the most recent run, or with --environment the most recent run of that environment. AWS is not called.',
      env: 'MCPGW_RUN',
      helpValue: 'ID|latest',
      exclusive: ['stack'],
    }),
    stack: Flags.string({
      description:
        'Explain this stack instead of the environment, by name or, if it has been deleted, by ID.',
      env: 'MCPGW_STACK',
      helpValue: 'NAME|ID',
    }),
  }

  protected override async perform(): Promise<Ending> {
    const {flags, metadata} = await this.parse(Diagnose)
    const {run} = flags
    const specifications = () => import('../app/specifications/diagnose.js')
    // The name that nobody gave means none: `latest` is then the latest of all.
    const ofEnvironment = metadata.flags.environment?.setFromDefault ? undefined : flags.environment
    return run === undefined
      ? this.runSpecified(async () => (await specifications()).diagnoseCommand, flags)
      : this.runLocal(async () => (await specifications()).diagnoseRunCommand, {...flags, run, ofEnvironment})
  }
}
