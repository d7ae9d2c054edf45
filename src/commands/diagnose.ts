import * as Flags from '@oclif/core/flags'
import {BaseCommand} from '../app/base-command.js'
import {awsFlags} from '../app/flags.js'
import type {Ending} from '../app/outcome.js'
import {secretsFlags} from '../app/secrets-flags.js'

export default class Diagnose extends BaseCommand {
  static override summary = 'Explain why a deployment or a teardown failed.'
  static override description =
    'Changes nothing. Looks at what AWS still tells of the stacks, whoever made them, or with --run at what was recorded when it happened. Exit code 0 also when something had failed.'
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
        'Explain a recorded run, by its id; latest for the last one, with --environment the last one of it. AWS is not asked.',
      env: 'MCPGW_RUN',
      helpValue: 'ID|latest',
      exclusive: ['stack'],
    }),
    stack: Flags.string({
      description:
        'Explain this stack instead of the environment, by name or, when it is deleted, by its id.',
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
