import {BaseCommand, type Outcome} from '../app/base-command.js'
import {contentFlags, mannerFlags} from '../app/deploy-flags.js'
import {awsFlags, yesFlag} from '../app/flags.js'
import {hidden} from '../app/hidden-flags.js'

/** Taken so that the call of a deployment can be checked by changing one word; no check depends on them. */
const taken = hidden({
  timeout: mannerFlags.timeout,
  verify: mannerFlags.verify,
  realm: mannerFlags.realm,
  students: mannerFlags.students,
  yes: yesFlag,
})

export default class Preflight extends BaseCommand {
  static override summary = 'Check what would make a deployment fail, and change nothing.'
  static override description =
    'Makes the checks that deploy makes before it begins: account, permissions, quotas, names that are taken, what stands, zones, domain, images. Takes the flags of deploy. The exit code is 3 when something blocks.'
  static override examples = [
    '<%= config.bin %> preflight --rehearse',
    '<%= config.bin %> preflight --images s3://my-bucket/mcp-gateway/v1.0.7/',
    '<%= config.bin %> preflight --skip-check permissions --json',
  ]

  static override flags = {
    ...awsFlags,
    ...contentFlags,
    ...mannerFlags,
    ...taken,
  }

  protected override async perform(): Promise<Outcome> {
    const {flags} = await this.parse(Preflight)
    const {runPreflight} = await import('../app/specifications/preflight.js')
    return runPreflight(flags)
  }
}
