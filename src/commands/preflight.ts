import {BaseCommand} from '../app/base-command.js'
import {configurationFlags, executionFlags} from '../app/deploy-flags.js'
import {awsFlags, yesFlag} from '../app/flags.js'
import {hidden} from '../app/hidden-flags.js'
import type {Ending} from '../app/outcome.js'

/** Taken so that the call of a deployment can be checked by changing one word; no check depends on them. */
const taken = hidden({
  timeout: executionFlags.timeout,
  verify: executionFlags.verify,
  realm: executionFlags.realm,
  students: executionFlags.students,
  yes: yesFlag,
})

export default class Preflight extends BaseCommand {
  static override summary = 'Check what would make a deployment fail, and change nothing.'
  static override description =
    'Makes the checks that deploy makes before it begins: account, permissions, quotas, names that are taken, what exists, zones, domain, images. Takes the flags of deploy. The exit code is 3 when something blocks.'
  static override examples = [
    '<%= config.bin %> preflight --rehearse',
    '<%= config.bin %> preflight --images s3://my-bucket/mcp-gateway/v1.0.7/',
    '<%= config.bin %> preflight --skip-check permissions --json',
  ]

  static override flags = {
    ...awsFlags,
    ...configurationFlags,
    ...executionFlags,
    ...taken,
  }

  protected override async perform(): Promise<Ending> {
    const {flags} = await this.parse(Preflight)
    const load = async () => (await import('../app/specifications/preflight.js')).preflightCommand
    return this.runSpecified(load, flags)
  }
}
