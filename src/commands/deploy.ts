import {BaseCommand} from '../app/base-command.js'
import {configurationFlags, executionFlags} from '../app/deploy-flags.js'
import {accountAliasFlag, awsFlags, yesFlag} from '../app/flags.js'
import type {Ending} from '../app/outcome.js'

export default class Deploy extends BaseCommand {
  static override summary = 'Create or update an environment, wait for the image build, and verify it.'
  static override description =
    'Safe to run again at any time: it follows an operation in progress, updates what exists and retries what failed.'
  static override examples = [
    '<%= config.bin %> deploy --rehearse',
    '<%= config.bin %> deploy --environment demo --parameters params.yaml --set TargetCpuUtilization=60',
    '<%= config.bin %> deploy --images s3://my-bucket/mcp-gateway/v1.0.7/',
    '<%= config.bin %> deploy --layout nested --replace --yes',
  ]

  static override flags = {
    ...awsFlags,
    yes: yesFlag,
    'account-alias': accountAliasFlag,
    ...configurationFlags,
    ...executionFlags,
  }

  protected override async perform(): Promise<Ending> {
    const {flags} = await this.parse(Deploy)
    const load = async () => (await import('../app/specifications/deploy.js')).deployCommand
    return this.runSpecified(load, flags)
  }
}
