import * as Flags from '@oclif/core/flags'
import {BaseCommand} from '../app/base-command.js'
import {configurationFlags, executionFlags} from '../app/deploy-flags.js'
import {awsFlags, outputFlags, yesFlag} from '../app/flags.js'
import {hidden} from '../app/hidden-flags.js'
import type {Ending} from '../app/outcome.js'

/** Taken so that the call of a deployment can be planned by changing one word; nothing of the plan depends on them. */
const {environment, region, ...ofAnyDeployment} = {...awsFlags, yes: yesFlag, ...executionFlags}

export default class Plan extends BaseCommand {
  static override summary =
    'Show what deploy would create, or teardown delete, how long it takes, and what determines that.'
  static override description =
    'Does not call AWS and needs no credentials: it reads the templates and adds up typical durations. What already exists is not considered. The other flags of deploy are accepted and have no effect.'
  static override examples = [
    '<%= config.bin %> plan',
    '<%= config.bin %> plan --images s3://my-bucket/mcp-gateway/v1.0.7/ --verbose',
    '<%= config.bin %> plan --teardown',
    '<%= config.bin %> plan --layout individual --parameters params.yaml --json',
  ]

  static override flags = {
    ...hidden(ofAnyDeployment),
    ...outputFlags,
    verbose: Flags.boolean({
      char: 'v',
      description: 'List every resource.',
      env: 'MCPGW_VERBOSE',
      helpGroup: 'OUTPUT',
    }),
    teardown: Flags.boolean({
      description: 'Plan the teardown of a whole environment instead of its creation.',
      env: 'MCPGW_PLAN_TEARDOWN',
    }),
    express: Flags.boolean({
      description: 'With --teardown: plan it as `teardown --express` does it.',
      env: 'MCPGW_EXPRESS',
    }),
    'head-start': Flags.string({
      description:
        'With --teardown: plan it as `teardown --head-start` does it, with these head starts or none.',
      env: 'MCPGW_HEAD_START',
      helpValue: 'KINDS',
    }),
    environment,
    region,
    ...configurationFlags,
  }

  protected override async perform(): Promise<Ending> {
    const {flags} = await this.parse(Plan)
    const load = async () => (await import('../app/specifications/plan.js')).planCommand
    return this.runLocal(load, flags)
  }
}
