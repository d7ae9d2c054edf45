import * as Flags from '@oclif/core/flags'
import {BaseCommand} from '../app/base-command.js'
import {defaultEnvironment} from '../app/command-line.js'
import {configurationFlags} from '../app/deploy-flags.js'
import {outputFlags} from '../app/flags.js'
import type {Ending} from '../app/outcome.js'

export default class Parity extends BaseCommand {
  static override summary = 'Compare the templates with a Terraform plan, resource by resource.'
  static override description =
    'Only reads files: it calls neither AWS nor Terraform, and needs no credentials. Parameters are derived from the variables of the plan, so its region, name and addresses make no difference. The exit code is 0 when the only differences are accepted ones, 1 when there are others, and 5 when the plan is incomplete: docs/parity.md.'
  static override examples = [
    '<%= config.bin %> parity --tf-plan plan.json',
    'tofu show -json plan.out | <%= config.bin %> parity --tf-plan - --tf-state state.json --strict',
    '<%= config.bin %> parity --tf-plan new.json --against old.json --markdown changes.md',
  ]

  static override flags = {
    'tf-plan': Flags.string({
      description: 'The plan as JSON, from `terraform show -json` or `tofu show -json`; - is standard input.',
      required: true,
      env: 'MCPGW_TF_PLAN',
      helpValue: 'FILE|-',
    }),
    'tf-state': Flags.string({
      description: 'The state as JSON, from the same commands; it fills in what the plan leaves unknown.',
      env: 'MCPGW_TF_STATE',
      helpValue: 'FILE|-',
    }),
    against: Flags.string({
      description: 'An older plan: also list what was added, removed and changed since.',
      env: 'MCPGW_AGAINST',
      helpValue: 'FILE|-',
    }),
    cfn: Flags.string({
      description: 'Folder with the five templates to compare, instead of the ones that come with mcpgw.',
      env: 'MCPGW_CFN',
      helpValue: 'FOLDER',
    }),
    parameters: Flags.string({
      char: 'p',
      description: 'JSON or YAML file with template parameters, which override those derived from the plan.',
      env: 'MCPGW_PARAMETERS',
      helpValue: 'FILE',
    }),
    set: configurationFlags.set,
    strict: Flags.boolean({
      description:
        'Also exit with 1 for outdated entries: accepted differences that no longer occur, patterns that match nothing, unknown variables.',
      env: 'MCPGW_STRICT',
    }),
    markdown: Flags.string({
      description: 'Also write the comparison to this file, as Markdown.',
      env: 'MCPGW_MARKDOWN',
      helpValue: 'FILE',
      helpGroup: 'OUTPUT',
    }),
    ...outputFlags,
    verbose: Flags.boolean({
      char: 'v',
      description: 'List everything, including what is equal, accepted or unknown.',
      env: 'MCPGW_VERBOSE',
      helpGroup: 'OUTPUT',
    }),
  }

  protected override async perform(): Promise<Ending> {
    const {flags} = await this.parse(Parity)
    const load = async () => (await import('../app/specifications/parity.js')).parityCommand
    // The environment is the plan's.
    return this.runLocal(load, {...flags, environment: defaultEnvironment})
  }
}
