import * as Flags from '@oclif/core/flags'
import {BaseCommand} from '../app/base-command.js'
import {defaultEnvironment} from '../app/command-line.js'
import {configurationFlags} from '../app/deploy-flags.js'
import {outputFlags} from '../app/flags.js'
import type {Ending} from '../app/outcome.js'

export default class Parity extends BaseCommand {
  static override summary = 'Compare the templates with a Terraform plan, resource by resource.'
  static override description =
    'Reads files alone: asks nothing of AWS, runs no Terraform, and needs no credentials. Parameters follow from the variables of the plan, so that its region, name and addresses make no difference. Exit code 0 when nothing differs but what is accepted with a reason, 1 when something does, 5 when the plan is only part of one: docs/parity.md.'
  static override examples = [
    '<%= config.bin %> parity --tf-plan plan.json',
    'tofu show -json plan.out | <%= config.bin %> parity --tf-plan - --tf-state state.json --strict',
    '<%= config.bin %> parity --tf-plan new.json --against old.json --markdown changes.md',
  ]

  static override flags = {
    'tf-plan': Flags.string({
      description: 'The plan as JSON, of `terraform show -json` or `tofu show -json`; - is standard input.',
      required: true,
      env: 'MCPGW_TF_PLAN',
      helpValue: 'FILE|-',
    }),
    'tf-state': Flags.string({
      description: 'The state as JSON, of the same commands: it fills in what the plan leaves unknown.',
      env: 'MCPGW_TF_STATE',
      helpValue: 'FILE|-',
    }),
    against: Flags.string({
      description: 'An older plan: list also what came, went and changed since.',
      env: 'MCPGW_AGAINST',
      helpValue: 'FILE|-',
    }),
    cfn: Flags.string({
      description: 'Folder with the five templates to compare, instead of those of this program.',
      env: 'MCPGW_CFN',
      helpValue: 'FOLDER',
    }),
    parameters: Flags.string({
      char: 'p',
      description:
        'JSON or YAML file with template parameters, which win over what follows from the variables of the plan.',
      env: 'MCPGW_PARAMETERS',
      helpValue: 'FILE',
    }),
    set: configurationFlags.set,
    strict: Flags.boolean({
      description:
        'End with 1 also for what is out of date: accepted differences that no longer occur, patterns that match nothing, unknown variables.',
      env: 'MCPGW_STRICT',
    }),
    markdown: Flags.string({
      description: 'Write the comparison to this file, too, as Markdown.',
      env: 'MCPGW_MARKDOWN',
      helpValue: 'FILE',
      helpGroup: 'OUTPUT',
    }),
    ...outputFlags,
    verbose: Flags.boolean({
      char: 'v',
      description: 'List everything: what is the same, accepted and unknown as well.',
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
