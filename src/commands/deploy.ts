import * as Flags from '@oclif/core/flags'
import {BaseCommand, type Outcome} from './shared/base-command.js'
import {awsFlags, yesFlag} from './shared/flags.js'

export default class Deploy extends BaseCommand {
  static override summary = 'Create or update an environment, wait for the image build, and verify it.'
  static override description =
    'Run again at any moment: what is under way is followed, what is there is updated, what failed is started anew.'
  static override examples = [
    '<%= config.bin %> deploy --rehearse',
    '<%= config.bin %> deploy --environment demo --parameters params.yaml --set TargetCpuUtilization=60',
    '<%= config.bin %> deploy --images s3://my-bucket/mcp-gateway/v1.0.7/',
    '<%= config.bin %> deploy --layout nested --replace --yes',
  ]

  static override flags = {
    ...awsFlags,
    yes: yesFlag,
    layout: Flags.string({
      description: 'One root stack with nested stacks, or four stacks side by side.',
      options: ['nested', 'individual'],
      default: 'nested',
      env: 'MCPGW_LAYOUT',
    }),
    parameters: Flags.string({
      char: 'p',
      description:
        'JSON or YAML file with template parameters: a map, or a list of {ParameterKey, ParameterValue}.',
      env: 'MCPGW_PARAMETERS',
      helpValue: 'FILE',
    }),
    set: Flags.string({
      description: 'One template parameter; repeatable, wins over the file.',
      multiple: true,
      multipleNonGreedy: true,
      env: 'MCPGW_SET',
      helpValue: 'KEY=VALUE',
    }),
    'template-bucket': Flags.string({
      description: 'Bucket for the templates; created when missing. Without it: one that mcpgw makes.',
      env: 'MCPGW_TEMPLATE_BUCKET',
      helpValue: 'BUCKET',
    }),
    'template-prefix': Flags.string({
      description: 'Key prefix for the templates in the bucket.',
      env: 'MCPGW_TEMPLATE_PREFIX',
      helpValue: 'PREFIX/',
    }),
    images: Flags.string({
      description: 'Import prebuilt images from here instead of building them.',
      env: 'MCPGW_IMAGES',
      helpValue: 's3://BUCKET/PREFIX/',
    }),
    replace: Flags.boolean({
      description: 'Tear down what stands under this name first, whichever layout it has.',
      env: 'MCPGW_REPLACE',
    }),
    'on-failure': Flags.string({
      description:
        'What CloudFormation does when a resource fails: undo, keep everything to look at, or delete.',
      options: ['rollback', 'keep', 'delete'],
      default: 'rollback',
      env: 'MCPGW_ON_FAILURE',
    }),
    timeout: Flags.string({
      description: 'How long to wait; the operation goes on in AWS after that.',
      default: '90m',
      env: 'MCPGW_TIMEOUT',
      helpValue: 'DURATION',
    }),
    verify: Flags.boolean({
      description: 'Verify at the end that everything is healthy.',
      default: true,
      allowNo: true,
      env: 'MCPGW_VERIFY',
    }),
  }

  protected override async perform(): Promise<Outcome> {
    const {flags, raw} = await this.parse(Deploy)
    const {refuseContradictoryFlags} = await import('./shared/input/contradictory-flags.js')
    refuseContradictoryFlags(raw)
    const {runDeploy} = await import('./shared/run-deploy.js')
    return runDeploy(flags)
  }
}
