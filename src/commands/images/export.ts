import * as Flags from '@oclif/core/flags'
import {BaseCommand} from '../../app/base-command.js'
import {accountAliasFlag, awsFlags, timeoutFlag, yesFlag} from '../../app/flags.js'
import type {Ending} from '../../app/outcome.js'

export default class ImagesExport extends BaseCommand {
  static override summary = 'Write the container images of an environment to a bucket, for others to import.'
  static override description =
    'The build project of the environment does the work; nothing passes through this machine. It can write to the bucket only during the export. Safe to run again at any time: an export in progress is followed, and images that are already there are left as they are.'
  static override examples = [
    '<%= config.bin %> images export --to s3://my-bucket/mcp-gateway/v1.0.7/',
    '<%= config.bin %> images export --to s3://my-bucket/mcp-gateway/v1.0.7/ --environment demo --json',
  ]

  static override flags = {
    ...awsFlags,
    yes: yesFlag,
    'account-alias': accountAliasFlag,
    to: Flags.string({
      description: 'Where to write the tarballs, their checksums and a manifest.',
      required: true,
      env: 'MCPGW_IMAGES_TO',
      helpValue: 's3://BUCKET/PREFIX/',
    }),
    timeout: timeoutFlag('How long to wait; the export continues in AWS after that.'),
  }

  protected override async perform(): Promise<Ending> {
    const {flags} = await this.parse(ImagesExport)
    const load = async () => (await import('../../app/specifications/images-export.js')).imagesExportCommand
    return this.runSpecified(load, flags)
  }
}
