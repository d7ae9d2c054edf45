import * as Flags from '@oclif/core/flags'
import {BaseCommand} from '../../app/base-command.js'
import {defaultEnvironment} from '../../app/command-line.js'
import {awsFlags} from '../../app/flags.js'
import type {Ending} from '../../app/outcome.js'

/** A bucket belongs to no environment. */
const {environment: _, ...accountFlags} = awsFlags

export default class ImagesCheck extends BaseCommand {
  static override summary =
    'Check whether a bucket holds a complete set of container images, and which version.'
  static override description =
    'Changes nothing and downloads no images: it reads the manifest and the checksums, and compares them with what S3 reports about the tarballs. The exit code is 1 when a tarball is missing or not the exported one, or when the images have a different version from the templates.'
  static override examples = [
    '<%= config.bin %> images check --from s3://my-bucket/mcp-gateway/v1.0.7/',
    '<%= config.bin %> images check --from s3://my-bucket/mcp-gateway/v1.0.7/ --json',
  ]

  static override flags = {
    ...accountFlags,
    from: Flags.string({
      description: 'Where the tarballs are.',
      required: true,
      env: 'MCPGW_IMAGES_FROM',
      helpValue: 's3://BUCKET/PREFIX/',
    }),
  }

  protected override async perform(): Promise<Ending> {
    const {flags} = await this.parse(ImagesCheck)
    const load = async () => (await import('../../app/specifications/images-check.js')).imagesCheckCommand
    return this.runSpecified(load, {...flags, environment: defaultEnvironment})
  }
}
